internal import ArgumentParser
internal import ReadCommands
internal import TrustModel

/// What every command takes that changes a repository of content trust.
struct PublishingOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("The repository, as docker writes it.", valueName: "gun"), transform: Repository.argument)
  var repository: Repository

  @OptionGroup var place: MetadataPlaceOptions
  @OptionGroup var passphraseOptions: PassphraseOptions

  @Flag(name: .customLong("dry-run"), help: "Show the plan, and change nothing.")
  var dryRun = false

  @Flag(name: [.long, .customShort("y")], help: "Do what the plan says without a question.")
  var yes = false

  var server: String? { place.server }
  var folder: String? { place.folder }
  var allowsFirstUse: Bool { place.allowsFirstUse }

  func validate() throws {
    if yes, dryRun { throw ValidationError("--yes and --dry-run exclude each other") }
  }
}

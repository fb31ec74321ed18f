internal import ArgumentParser
internal import TrustModel

/// What every command takes that changes a repository of content trust.
struct PublishingOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("The repository, as docker writes it.", valueName: "gun"), transform: Repository.changed)
  var repository: Repository

  @Option(
    help: ArgumentHelp(
      "The server of signed metadata; by default as configured for the registry, DOCKER_CONTENT_TRUST_SERVER, or the registry itself.",
      valueName: "url"))
  var server: String?

  @Option(
    name: .customLong("trust-dir"),
    help: ArgumentHelp(
      "The folder of docker or notary; by default docker's own, and the keys of ~/.notary too.", valueName: "dir"))
  var folder: String?

  @Flag(
    name: .customLong("trust-on-first-use"),
    help: "Take the first root that the server shows, where none was kept and none is pinned.")
  var allowsFirstUse = false

  @OptionGroup var passphraseOptions: PassphraseOptions

  @Flag(name: .customLong("dry-run"), help: "Show the plan, and change nothing.")
  var dryRun = false

  @Flag(name: [.long, .customShort("y")], help: "Do what the plan says without a question.")
  var yes = false

  func validate() throws {
    if yes, dryRun { throw ValidationError("--yes and --dry-run exclude each other") }
  }
}

extension Repository {
  /// Reads the name of a repository that is to be changed.
  @Sendable static func changed(_ text: String) throws -> Repository {
    do {
      return try Repository(text)
    } catch {
      throw ValidationError("\(error)")
    }
  }
}

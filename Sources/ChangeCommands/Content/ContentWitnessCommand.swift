internal import ArgumentParser
internal import ContentChange
internal import ReadCommands
internal import SignedMetadata
internal import TrustModel

/// `keyreeve content witness`: signs roles anew as they are.
struct ContentWitnessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "witness", abstract: "Sign roles anew as they are, so that they count (again), and longer.",
    discussion: "Of use after a signer's key was replaced, and before a role expires.")

  @OptionGroup var options: CommonOptions
  @OptionGroup var publishing: PublishingOptions
  @OptionGroup var staging: StagingOptions

  @Argument(help: "The roles: targets, targets/releases.", transform: RoleName.argument)
  var roles: [RoleName]

  func run() throws {
    let session = try PublishingSession(options, publishing)
    if staging.isStaged { return try session.stage(roles.map { StagedChange($0, .witness) }) }
    try session.publish("witness") { change in
      for role in roles { try change.draft.witness(role) }
    }
  }
}

internal import ArgumentParser
internal import ContentChange
internal import ContentSigning
internal import ContentTrust
internal import ReadCommands
internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

/// `keyreeve content signer`: who may sign tags, as docker has it.
struct ContentSignerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "signer", abstract: "Add and remove those who may sign tags, as docker trust signer does.",
    subcommands: [ContentSignerAddCommand.self, ContentSignerRemoveCommand.self])
}

/// `keyreeve content signer add`: delegates to `targets/NAME` and `targets/releases`.
struct ContentSignerAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Let a signer sign: by targets/NAME, and by targets/releases, which docker asks.",
    discussion: """
      Docker asks targets/releases, one role for all signers: each of their keys signs all of their paths there, under one \
      threshold. --threshold holds there as well where no signer has another one; where one has, and where paths differ, the plan \
      says who can sign what for docker.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var publishing: PublishingOptions
  @OptionGroup var staging: StagingOptions
  @OptionGroup var standing: StandingOptions

  @Argument(help: "The name of the signer.")
  var name: String

  @Argument(help: ArgumentHelp("Files with public keys or certificates; - for standard input.", valueName: "key"))
  var keys: [String]

  @Option(help: ArgumentHelp("How many keys of the signer must sign for targets/NAME.", valueName: "n"))
  var threshold: Int?

  @Option(
    help: ArgumentHelp("The beginning of the tags that targets/NAME may sign; all by default.", valueName: "path"))
  var path: [String] = []

  func validate() throws {
    try SignerName.check(name)
    try PathArgument.check(path, forAll: "where that is meant, leave --path out, since all is the default")
    if let threshold, threshold < 1 { throw ValidationError("--threshold is at least 1") }
    if staging.isStaged, threshold ?? 1 > 1 {
      throw ValidationError(
        "--stage and --threshold exclude each other: notary sets no threshold of a role that is there")
    }
  }

  func run() throws {
    let session = try PublishingSession(options, publishing)
    let listed = try withReasons { try keys.map { try PublicKeyInput.key(in: $0, at: session.now) } }
    let edits = edits(listed)
    if staging.isStaged { return try session.stage(edits.map { StagedChange($0.role, .delegation($0)) }) }
    try session.publish("signer add") { change in
      for edit in edits { try change.draft.edit(edit) }
      try change.raiseReleases(to: threshold)
      for edit in edits {
        try change.checkThreshold(edit.role)
        try change.settle(edit.role, standing, holding: session.keys.holds)
      }
    }
  }

  private func edits(_ keys: [ListedKey]) -> [DelegationEdit] {
    [SignerName.role(name), SignerName.releases].map { role in
      var edit = DelegationEdit(role, .create)
      edit.addedKeys = keys
      edit.addedPaths = path.isEmpty ? [""] : path.map { JSONString($0) }
      if role != SignerName.releases { edit.threshold = threshold }
      return edit
    }
  }
}

extension DraftedChange {
  /// Has docker's role ask for as many keys as every signer's own does.
  ///
  /// - Parameter asked: the threshold that was asked for; nil leaves what is.
  fileprivate mutating func raiseReleases(to asked: Int?) throws {
    guard let asked, ReleasesRole(draft)?.commonThreshold == asked else { return }
    var edit = DelegationEdit(SignerName.releases, .update)
    edit.threshold = asked
    try draft.edit(edit)
  }

  /// Refuses a threshold that the keys of a role cannot reach.
  func checkThreshold(_ role: RoleName) throws {
    guard let holders = draft.holders(of: role), holders.keys.count < holders.threshold else { return }
    throw CommandFailure(
      .usage,
      "\(role) would have \(holders.keys.count) key\(holders.keys.count == 1 ? "" : "s") where \(holders.threshold) must sign: "
        + "name more keys, or a lower --threshold")
  }
}

internal import ArgumentParser
internal import ContentChange
internal import ContentSigning
internal import ReadCommands
internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

/// `keyreeve content delegation`: roles that sign for others.
struct ContentDelegationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delegation", abstract: "Roles below targets: keys, thresholds and paths.",
    subcommands: [
      ContentDelegationAddCommand.self, ContentDelegationRemoveCommand.self, ContentDelegationListCommand.self,
    ])
}

/// `keyreeve content delegation add`: makes a role, or adds keys and paths to one.
struct ContentDelegationAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Delegate to a role, or add keys and paths to one.")

  @OptionGroup var options: CommonOptions
  @OptionGroup var publishing: PublishingOptions
  @OptionGroup var staging: StagingOptions
  @OptionGroup var standing: StandingOptions

  @Argument(help: "The role: targets/NAME, targets/NAME/OTHER.", transform: RoleName.delegation)
  var role: RoleName

  @Argument(help: ArgumentHelp("Files with public keys or certificates; - for standard input.", valueName: "key"))
  var keys: [String] = []

  @Option(help: ArgumentHelp("The beginning of names that it may sign.", valueName: "path"))
  var path: [String] = []

  @Flag(name: .customLong("all-paths"), help: "It may sign every name.")
  var allPaths = false

  @Option(help: ArgumentHelp("How many of its keys must sign.", valueName: "n"))
  var threshold: Int?

  func validate() throws {
    if allPaths, !path.isEmpty { throw ValidationError("--path and --all-paths exclude each other") }
    try PathArgument.check(path, forAll: "where that is meant, say --all-paths")
    guard !keys.isEmpty || !path.isEmpty || allPaths || threshold != nil else {
      throw ValidationError("name keys, --path or --all-paths, or a --threshold")
    }
    if let threshold, threshold < 1 { throw ValidationError("--threshold is at least 1") }
  }

  func run() throws {
    let session = try PublishingSession(options, publishing)
    var edit = DelegationEdit(role, .create)
    edit.addedKeys = try withReasons { try keys.map { try PublicKeyInput.key(in: $0, at: session.now) } }
    edit.addedPaths = allPaths ? [""] : path.map { JSONString($0) }
    edit.threshold = threshold
    let made = edit
    if staging.isStaged { return try session.stage([StagedChange(role, .delegation(made))]) }
    try session.publish("delegation add") { change in
      try change.draft.edit(made)
      try change.checkThreshold(role)
      try change.settle(role, standing, holding: session.keys.holds)
    }
  }
}

/// `keyreeve content delegation remove`: takes a role away, or keys and paths from one.
struct ContentDelegationRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Take a role away with everything below it; or keys and paths from it.")

  @OptionGroup var options: CommonOptions
  @OptionGroup var publishing: PublishingOptions
  @OptionGroup var staging: StagingOptions
  @OptionGroup var standing: StandingOptions

  @Argument(help: "The role.", transform: RoleName.removed)
  var role: RoleName

  @Option(help: ArgumentHelp("Take this key from it.", valueName: "id"))
  var key: [String] = []

  @Option(help: ArgumentHelp("Take this path from it.", valueName: "path"))
  var path: [String] = []

  func validate() throws {
    for id in key where KeyID(id) == nil {
      throw ValidationError("--key takes the whole identifier of a key: 64 hexadecimal digits")
    }
  }

  func run() throws {
    let session = try PublishingSession(options, publishing)
    var edit = DelegationEdit(role, key.isEmpty && path.isEmpty ? .delete : .update)
    (edit.removedKeys, edit.removedPaths) = (key.compactMap { KeyID($0) }, path.map { JSONString($0) })
    let made = edit
    if staging.isStaged { return try session.stage([StagedChange(role, .delegation(made))]) }
    try session.publish("delegation remove") { change in
      try check(change.draft)
      try change.draft.edit(made)
      if made.action == .update { try change.settle(role, standing, holding: session.keys.holds) }
    }
  }

  private func check(_ draft: RepositoryDraft) throws {
    guard let holders = draft.holders(of: role) else { return }
    for id in key.compactMap({ KeyID($0) }) where !holders.keys.contains(where: { $0.canonicalID == id || $0.id == id })
    {
      throw CommandFailure(
        .notFound,
        "\(role) has no key \(id): keyreeve content delegation list \(draft.repository) shows those that it has")
    }
  }
}

internal import ArgumentParser
internal import ContentChange
internal import ContentSigning
internal import ContentTrust
internal import ReadCommands
internal import SignedMetadata
internal import TrustModel

/// `keyreeve content init`: makes a repository on a server that has none.
struct ContentInitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make a repository: a root of its own, and keys for its tags.",
    discussion: """
      The root key that is here is used, before those that others have taken the place of; where there are several, say which one by --root-key. A new one is made only where there \
      is none, or by --new-root-key. A repository that was seen here before is never begun anew.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var publishing: PublishingOptions

  @Option(name: .customLong("root-key"), help: ArgumentHelp("The root key, or its first digits.", valueName: "id"))
  var rootKey: String?

  @Flag(name: .customLong("new-root-key"), help: "Make a new root key.")
  var isNewRoot = false

  @Option(
    name: .customLong("root-certificate"),
    help: ArgumentHelp("A certificate of the root key for this repository, in place of a new one.", valueName: "file"))
  var certificate: String?

  @Flag(
    exclusivity: .exclusive,
    help:
      "Who signs the list of what belongs together: the server, as docker has it, or a key that is made here, as notary has it."
  )
  var snapshot = SnapshotHolder.serverManagesSnapshot

  @Flag(name: .customLong("publish"), help: "Publish the changes that wait in the same step.")
  var publishesStaged = false

  func validate() throws {
    if isNewRoot, rootKey != nil { throw ValidationError("--root-key and --new-root-key exclude each other") }
    if let rootKey, rootKey.utf8.count < 7 { throw ValidationError("--root-key takes at least the first 7 digits") }
    if isNewRoot, certificate != nil { throw ValidationError("a new root key has no certificate yet") }
  }

  func run() throws {
    try withReasons {
      let session = try PublishingSession(options, publishing)
      let entries = publishesStaged ? try session.staged.entries() : []
      try entries.checkUsable(session.repository)
      try RepositoryBeginning(session).check()
      let root = try RootKeyChoice(in: session.folders, options.state, named: rootKey, isNew: isNewRoot)
      let founding = try FoundingKeys(session, root: root.id, hasSnapshot: snapshot == .localSnapshot)
      try founding.agree(certificate: certificate)
      guard !publishing.dryRun else { return try founding.reportPlan() }
      try RepositoryBeginning(session).publish(founding, certificate: certificate, entries)
    }
  }
}

/// Who signs snapshots.
enum SnapshotHolder: String, EnumerableFlag {
  case serverManagesSnapshot, localSnapshot
}

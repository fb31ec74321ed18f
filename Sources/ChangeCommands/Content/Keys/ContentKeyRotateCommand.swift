internal import ArgumentParser
internal import ContentChange
internal import ContentSigning
internal import ContentTrust
internal import ReadCommands
internal import SignedMetadata
internal import TrustModel

/// `keyreeve content key rotate`: another key for a role, so that nobody is locked out wherever it ends.
struct ContentKeyRotateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate", abstract: "Put another key in the place of a role's key.",
    discussion: """
      What is done is written down first, then the new key, then it is published and read back; only then is the old key \
      superseded, and its file stays. What was interrupted is finished or taken back by the next change. Of the snapshot the \
      server holds the key with --server-managed; that of the timestamp is always the server's, and in a folder, which has no \
      server, both are made and held here. A new root is signed by the \
      old key and the new one, and by those of older roots with --sign-with-previous.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var publishing: PublishingOptions
  @OptionGroup var protection: NewPassphraseOptions

  @Argument(help: "root, targets, snapshot or timestamp.")
  var role: String

  @Flag(name: .customLong("server-managed"), help: "The server makes and holds the new key: of snapshot and timestamp.")
  var isServerManaged = false

  @Flag(name: .customLong("local"), help: "The new key is made and held here.")
  var isLocal = false

  @Option(help: ArgumentHelp("Take this key: a file, or the identifier of one that is here.", valueName: "file|id"))
  var key: String?

  @Option(help: ArgumentHelp("Which key goes, where the role has several.", valueName: "id"))
  var replace: String?

  @Option(
    name: .customLong("sign-with-previous"),
    help: ArgumentHelp(
      "Sign a new root with the keys of so many older roots, too, as far as they are here.", valueName: "n"))
  var previous = 0

  func validate() throws {
    guard RoleName.topLevel.map(\.description).contains(where: { $0.utf8.elementsEqual(role.utf8) }) else {
      throw ValidationError(
        "'\(VisibleText(role, limit: 80))' has no key of its own: root, targets, snapshot or timestamp")
    }
    if isServerManaged, isLocal { throw ValidationError("--server-managed and --local exclude each other") }
    if isServerManaged, key != nil { throw ValidationError("--server-managed and --key exclude each other") }
    if isServerManaged, role == "root" || role == "targets" {
      throw ValidationError("no server holds the key of \(role)")
    }
    if role == "timestamp", isLocal || key != nil { throw ValidationError("the key of the timestamp is the server's") }
    if role != "root", previous != 0 { throw ValidationError("--sign-with-previous is for the root alone") }
    guard (0...EarlierRoots.limit).contains(previous) else {
      throw ValidationError("--sign-with-previous takes 0 to \(EarlierRoots.limit)")
    }
    if let replace, KeyID(replace) == nil { throw ValidationError("--replace takes a whole identifier of a key") }
  }

  func run() throws {
    let session = try PublishingSession(options, publishing)
    if isServerManaged, session.hostKeys != nil {
      throw CommandFailure(
        .usage,
        "--server-managed: \(session.host.name) is a folder, and has no server that could hold the key; without it the key is made"
          + " and held here")
    }
    try session.settleRotations()
    try withReasons {
      let role = RoleName(stringLiteral: role)
      let reading = try session.readAged()
      let old = try KeyReplacement.outgoing(
        role, of: reading.trusted.root, named: replace.flatMap { KeyID($0) }.map { [$0] } ?? [],
        repository: session.repository)
      try session.checkKeys(reading, replacing: [role])
      let new = try newKey(RoleKeyOffer(session: session, role: role, protection: protection), old)
      let earlier = try EarlierRoots.keys(previous, before: reading, at: session.now, answer: session.answer)
      let change = KeyChange([new.replacing(old, of: role)], earlierRootKeys: earlier)
      try KeyChangeRun(verb: "rotate", session: session, notes: notes(earlier, session)).run(change)
    }
  }

  private func newKey(_ offer: RoleKeyOffer, _ old: [ListedKey]) throws -> KeyReplacementKey {
    if let key { return try offer.given(key) }
    switch offer.role {
    case .timestamp: return try offer.server()
    case .snapshot: return try isServerSide(offer, old) ? offer.server() : offer.made()
    default: return try offer.made()
    }
  }

  /// Unless somebody says otherwise, whoever held the snapshot's key goes on to hold it.
  private func isServerSide(_ offer: RoleKeyOffer, _ old: [ListedKey]) -> Bool {
    if isServerManaged || isLocal { return isServerManaged }
    return !old.contains { offer.session.keys.holds($0.canonicalID) }
  }

  private func notes(_ earlier: [ListedKey], _ session: PublishingSession) -> [String] {
    let absent = Set(earlier.map(\.canonicalID)).filter { !session.keys.holds($0) }.sorted()
    return absent.map { "key \($0) of an older root is not here, and does not sign" }
  }
}

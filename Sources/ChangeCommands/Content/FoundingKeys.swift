internal import ContentChange
internal import ContentSigning
internal import ContentTrust
internal import ReadCommands
internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

/// The keys of a repository that is to be made: those that are here, and those that are made for it.
final class FoundingKeys {
  private let session: PublishingSession
  private let root: KeyID?
  private let targets: KeyID?
  private let snapshot: KeyID?
  /// Whether the snapshot is signed here.
  let hasSnapshot: Bool
  /// What is said of the first tag; nil where none is signed.
  var firstTag: String?
  /// The keys that were made, and their files: named wherever it ends.
  private(set) var made: [String] = []

  init(_ session: PublishingSession, root: KeyID?, hasSnapshot: Bool) throws {
    (self.session, self.root, self.hasSnapshot) = (session, root, hasSnapshot)
    targets = try Self.only("targets", session)
    snapshot = hasSnapshot ? try Self.only("snapshot", session) : nil
  }

  /// A key of the repository from an earlier attempt; with several nobody can say which one is meant.
  private static func only(_ role: String, _ session: PublishingSession) throws -> KeyID? {
    let ids = try RootKeyChoice.ids(of: role, session.repository, in: session.folders)
    guard ids.count < 2 else {
      throw CommandFailure(
        .declined,
        "\(ids.count) \(role) keys of \(session.repository) are here: \(ids.map(\.description).joined(separator: ", ")); put all "
          + "but one away, by keyreeve content key export and keyreeve content key remove")
    }
    return ids.first
  }

  // MARK: Plan

  /// The plan, line by line.
  var plan: [String] {
    func line(_ role: String, _ id: KeyID?) -> String {
      "  \(role) key  \(id.map { "\($0), which is here" } ?? "a new one")"
    }
    return ["\(session.repository) on \(session.host.name), new:", line("root", root), line("targets", targets)]
      + (hasSnapshot ? [line("snapshot", snapshot)] : []) + hostLines
      + ["  root until \(expiry(.root)), targets until \(expiry(.targets)); \(firstTag ?? "no tag is signed")"]
      + (root == nil
        ? ["  without the new root key nothing of it can ever be changed: keep a copy, by keyreeve backup FILE"] : [])
  }

  /// What a server signs with keys of its own, and whoever publishes into a folder with keys that are made here.
  private var hostLines: [String] {
    guard session.hostKeys != nil else {
      return [hasSnapshot ? "  timestamp signed by the server" : "  snapshot and timestamp signed by the server"]
    }
    return (hasSnapshot ? [] : [hostLine("snapshot")]) + [hostLine("timestamp")]
  }

  private func hostLine(_ role: String) -> String {
    let ids = spare(role)
    let which = ids.count > 1 ? "one of \(ids.count) that are here" : ids.first.map { "\($0), which is here" }
    return "  \(role) key  \(which ?? "a new one, made here: there is no server that signs")"
  }

  private func spare(_ role: String) -> [KeyID] {
    (try? RootKeyChoice.ids(of: role, session.repository, in: session.folders)) ?? []
  }

  private func expiry(_ role: RoleName) -> String { session.now.advanced(by: Lifetime.seconds(of: role)).date }

  /// Shows the plan and asks.
  func agree(certificate: String?) throws {
    guard !session.publishing.dryRun else { return }
    for line in plan { Output.complain(line) }
    if let certificate { Output.complain("  root certificate from \(VisibleText(certificate))") }
    try session.agree("Make it?", otherwise: "nothing was made")
  }

  /// Prints the plan of a dry run.
  func reportPlan() throws {
    let document: JSON = [
      "schema": "keyreeve.founding/1", "repository": JSON(session.repository.name), "server": JSON(session.host.name),
      "dryRun": .bool(true), "rootKey": JSON(root?.description), "targetsKey": JSON(targets?.description),
      "snapshotKey": JSON(snapshot?.description),
      "snapshotBy": JSON(hasSnapshot || session.hostKeys != nil ? "here" : "server"),
      "timestampBy": JSON(session.hostKeys == nil ? "server" : "here"),
    ]
    try Output(session.options).result(document) { _ in plan + ["dry run: nothing was made"] }
  }

  // MARK: Making

  /// Opens the keys that are here, makes the others, and has `body` check and use them before any of them gets a file.
  func prepare(_ certificates: [UInt8]?) throws -> (founding: RepositoryFounding, write: () throws -> Void) {
    let root = try key("root", root)
    let targets = try key("targets", targets)
    let snapshot = hasSnapshot ? try key("snapshot", snapshot) : nil
    let founding = RepositoryFounding(
      root: root.key, certificates: certificates, targets: targets.key, snapshot: snapshot?.key)
    let prepared = [root, targets] + (snapshot.map { [$0] } ?? [])
    return (founding, { [self] in for key in prepared { try write(key) } })
  }

  private struct Prepared {
    let key: PrivateSigningKey
    let headers: SigningKeyHeaders
    /// Of a key that is new.
    let passphrase: SecretOctets?
  }

  private func key(_ role: String, _ id: KeyID?) throws -> Prepared {
    let owner = SigningKeyHeaders.hasRepository(role) ? session.repository.name : nil
    let headers = SigningKeyHeaders(role: role, repository: owner)
    if let id {
      let request = KeyRequest(
        id, role: role, repository: owner, purpose: "to sign the first \(role) of \(session.repository)")
      return Prepared(key: try session.ring.neededKey(request, id), headers: headers, passphrase: nil)
    }
    let request = KeyRequest(nil, role: role, repository: owner, purpose: "to sign \(role) of \(session.repository)")
    let passphrase = try session.newPassphrase(for: request)
    return Prepared(key: try PrivateSigningKey(new: .p256), headers: headers, passphrase: passphrase)
  }

  /// Names the keys that `body` has the host make, where these lie here, also where it fails.
  func notingHostKeys<Value>(_ body: () throws -> Value) rethrows -> Value {
    defer {
      for key in session.madeHostKeys {
        made.append(key)
        Output.complain("made \(key)")
      }
    }
    return try body()
  }

  private func write(_ prepared: Prepared) throws {
    guard let passphrase = prepared.passphrase else { return }
    let folder = SigningKeyFolder(session.folder, user: Environment.userID)
    let log = SigningKeyLog(session.options, folder: session.publishing.folder)
    let file = try log.record(
      "generate", prepared.key.id, prepared.headers, file: folder.file(of: prepared.key.id),
      back: log.removal(prepared.key.id, isNeeded: true)
    ) { try folder.add(prepared.key, prepared.headers, passphrase: passphrase) }
    session.ring.keep(prepared.key)
    made.append("\(prepared.headers.role ?? "") key \(prepared.key.id) in \(VisibleText(file))")
    Output.complain("made \(made[made.count - 1])")
  }
}

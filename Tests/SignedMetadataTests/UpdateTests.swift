import SignedMetadata
import StrictJSON
import Testing
import TrustModel

/// The workflow in both dialects; each row of the catalogue (security.md, section 3.1) by its number.
@Suite("Updates of signed metadata")
struct UpdateTests {
  private static let dialects: [Dialect] = [.tuf, .notary]

  private func start(_ dialect: Dialect) throws -> (MadeRepository, Client) {
    let repository = try MadeRepository(dialect, targets: 2)
    let client = Client(root: repository.documents[.root])
    return (repository, client)
  }

  @Test(
    "A first update asks for what is new and keeps it; a second one asks for root and timestamp alone",
    arguments: dialects)
  func twice(dialect: Dialect) throws {
    let (repository, client) = try start(dialect)
    let first = client.update(from: repository)
    #expect(first.error == nil)
    #expect(first.requests.first == "2.root.json" && first.requests[1] == "timestamp.json" && first.requests.count == 4)
    #expect(first.stored == [.timestamp, .snapshot, .targets])
    #expect(first.update?.targets?.targets["file1"]?.length == 1)
    let second = client.update(from: repository)
    #expect(second.error == nil && second.requests == ["2.root.json", "timestamp.json"] && second.stored.isEmpty)
  }

  @Test("Addresses are those of the dialect")
  func addresses() throws {
    let (tuf, client) = try start(.tuf)
    #expect(
      client.update(from: tuf).requests == ["2.root.json", "timestamp.json", "1.snapshot.json", "1.targets.json"])
    let (notary, other) = try start(.notary)
    let requests = other.update(from: notary).requests
    #expect(requests[2].wholeMatch(of: /snapshot\.[0-9a-f]{64}\.json/) != nil)
    #expect(requests[3].wholeMatch(of: /targets\.[0-9a-f]{64}\.json/) != nil)
  }

  @Test(
    "T-01 to T-03: a lower version is refused, and nothing of it is kept", arguments: dialects,
    [RoleName.timestamp, .snapshot, .targets])
  func rollback(dialect: Dialect, role: RoleName) throws {
    var (repository, client) = try start(dialect)
    for name in [RoleName.timestamp, .snapshot, .targets] { repository.roles[name]?.version = 5 }
    try repository.publish()
    #expect(client.update(from: repository).error == nil)
    let kept = client[role]
    for name in [RoleName.timestamp, .snapshot, .targets] where name != role { repository.roles[name]?.version += 1 }
    repository.roles[role]?.version = 4
    try repository.publish()
    let error = client.update(from: repository).error
    guard case .rollback(seen: 5, offered: 4)? = error?.rule else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(error?.reason == .stale && client[role] == kept)
  }

  @Test("T-07: a floor holds where the kept documents are damaged", arguments: dialects)
  func floors(dialect: Dialect) throws {
    var (repository, client) = try start(dialect)
    let old = repository
    repository.roles[.timestamp]?.version = 7
    try repository.publish()
    #expect(client.update(from: repository).error == nil)
    client[.timestamp] = [0x7b]
    guard case .rollback(seen: 7, offered: 1)? = client.update(from: old).error?.rule else {
      Issue.record("an older timestamp was taken")
      return
    }
  }

  @Test(
    "T-08: after a rotation of its keys a role may count from 1 again", arguments: dialects,
    [RoleName.timestamp, .snapshot])
  func fastForward(dialect: Dialect, role: RoleName) throws {
    var (repository, client) = try start(dialect)
    repository.roles[role]?.version = 9_007_199_254_740_991
    try repository.publish()
    #expect(client.update(from: repository).error == nil)
    repository.roles[role]?.version = 1
    // An equal timestamp is no news, whatever it lists.
    if role == .snapshot { repository.roles[.timestamp]?.version = 2 }
    try repository.publish()
    #expect(client.update(from: repository).error?.reason == .stale)
    try repository.rotate { roles in
      roles[.timestamp]?.keys = [try MadeKey()]
      roles[.snapshot]?.keys = [try MadeKey()]
    }
    try repository.publish()
    #expect(client.update(from: repository).error == nil)
  }

  @Test(
    "T-10, T-11, T-13: what has expired is refused, also at that very second in TUF", arguments: dialects,
    [RoleName.root, .timestamp, .snapshot, .targets])
  func expired(dialect: Dialect, role: RoleName) throws {
    var (repository, client) = try start(dialect)
    repository.roles[role]?.expires = dialect == .tuf ? "2026-11-21T12:00:00Z" : "2026-11-21T11:59:59Z"
    if role == .root { try repository.rotate { _ in } }
    try repository.publish()
    let outcome = client.update(from: repository)
    guard case .expired? = outcome.error?.rule else {
      Issue.record("\(String(describing: outcome.error))")
      return
    }
    #expect(outcome.error?.role == role)
    // An expired root is kept, since the next one follows it; anything else is not.
    #expect(outcome.stored.contains(role) == (role == .root))
  }

  @Test("T-15: documents of two states do not mix", arguments: dialects)
  func mixed(dialect: Dialect) throws {
    var (repository, client) = try start(dialect)
    let old = repository.documents[.targets]
    repository.roles[.targets]?.version = 2
    try repository.publish()
    repository.serve[.targets] = old
    let error = try #require(client.update(from: repository).error)
    #expect(error.reason == .stale || error.reason == .tampered)
  }

  @Test(
    "T-16: another length or digest than the listed one is refused", arguments: dialects, [RoleName.snapshot, .targets])
  func altered(dialect: Dialect, role: RoleName) throws {
    var (repository, client) = try start(dialect)
    repository.listsHashes = true
    try repository.publish()
    let octets = try #require(repository.documents[role])
    repository.serve[role] = octets + [0x20]
    guard case .length? = client.update(from: repository).error?.rule else {
      Issue.record("a longer document was taken")
      return
    }
    var changed = octets
    changed[changed.count - 2] ^= 1
    repository.serve[role] = changed
    #expect(client.update(from: repository).error?.rule == .hash)
  }

  @Test("T-17: a document at its limit is read, one octet more is refused", arguments: dialects)
  func limits(dialect: Dialect) throws {
    let (repository, client) = try start(dialect)
    var limits = MetadataLimits()
    limits.timestamp = try #require(repository.documents[.timestamp]).count
    #expect(client.update(from: repository, limits: limits).error == nil)
    limits.timestamp -= 1
    let other = Client(root: repository.documents[.root])
    #expect(other.update(from: repository, limits: limits).error?.rule == .tooLong(limit: limits.timestamp))
  }

  @Test("T-19, T-24: roots are walked one by one; the age of those on the way does not matter", arguments: dialects)
  func chain(dialect: Dialect) throws {
    var (repository, client) = try start(dialect)
    for number in 0..<4 {
      try repository.rotate { roles in
        roles[.root]?.keys = [try MadeKey()]
        roles[.root]?.expires = number == 1 ? "2020-01-01T00:00:00Z" : "2030-01-01T00:00:00Z"
      }
    }
    try repository.publish()
    let outcome = client.update(from: repository)
    #expect(outcome.error == nil)
    #expect(outcome.stored.filter { $0 == .root }.count == 4)
    #expect(outcome.update?.trusted.root.head.version == 5)
  }

  @Test("T-20: a new root needs the old keys and its own", arguments: dialects, [true, false])
  func rootSigners(dialect: Dialect, byOld: Bool) throws {
    var (repository, client) = try start(dialect)
    let old = try #require(repository.roles[.root]).keys
    let new = [try MadeKey()]
    repository.roles[.root]?.keys = new
    repository.roles[.root]?.version = 2
    try repository.publishRoot(signedBy: byOld ? old : new)
    let outcome = client.update(from: repository)
    #expect(outcome.error?.rule == .threshold(good: 0, needed: 1))
    #expect(!outcome.stored.contains(.root))
  }

  @Test("T-21: the next root has the next version", arguments: dialects, [Int64(1), 3, 4])
  func rootVersion(dialect: Dialect, version: Int64) throws {
    var (repository, client) = try start(dialect)
    repository.roles[.root]?.version = version
    try repository.publishRoot()
    repository.serve[.root] = repository.roots[version]
    #expect(client.update(from: repository).error?.rule == .version(expected: 2, offered: version))
  }

  @Test(
    "T-22: the walk ends at its limit; TUF goes on with the last root, Notary with the latest, which its snapshot lists",
    arguments: dialects)
  func endless(dialect: Dialect) throws {
    var (repository, client) = try start(dialect)
    for _ in 0..<5 { try repository.rotate { _ in } }
    try repository.publish()
    var limits = MetadataLimits()
    limits.rotations = 3
    let outcome = client.update(from: repository, limits: limits)
    #expect(outcome.error == nil)
    #expect(outcome.update?.trusted.root.head.version == (dialect == .tuf ? 4 : 6))
  }

  @Test("T-25: after a rotation the old timestamp key counts no more", arguments: dialects)
  func revoked(dialect: Dialect) throws {
    var (repository, client) = try start(dialect)
    let old = repository.documents[.timestamp]
    try repository.rotate { $0[.timestamp]?.keys = [try MadeKey()] }
    try repository.publish()
    repository.serve[.timestamp] = old
    #expect(client.update(from: repository).error?.rule == .threshold(good: 0, needed: 1))
  }

  @Test("Without a server what was kept counts until it expires, in Notary alone")
  func offline() throws {
    let (notary, client) = try start(.notary)
    #expect(client.update(from: notary).error == nil)
    let outcome = client.update(from: notary, reaching: false)
    #expect(outcome.error == nil && outcome.update?.offline == "no route to host")
    let later = Timestamp(rfc3339: "2031-01-01T00:00:00Z") ?? MadeRepository.now
    #expect(client.update(from: notary, at: later, reaching: false).error?.reason == .stale)
    let (tuf, other) = try start(.tuf)
    #expect(other.update(from: tuf).error == nil)
    #expect(other.update(from: tuf, reaching: false).error?.reason == .failed)
  }

  @Test(
    "A document that the server does not have ends the update, not the state", arguments: dialects,
    [RoleName.timestamp, .snapshot, .targets])
  func absent(dialect: Dialect, role: RoleName) throws {
    var (repository, client) = try start(dialect)
    repository.gone = [role]
    let outcome = client.update(from: repository)
    #expect(outcome.error == MetadataError(role, .absent))
    repository.gone = []
    #expect(client.update(from: repository).error == nil)
  }

  @Test("Every kind of key signs", arguments: dialects, [MadeKey.Kind.p256, .p384, .ed25519, .rsa])
  func kinds(dialect: Dialect, kind: MadeKey.Kind) throws {
    var (repository, client) = try start(dialect)
    try repository.rotate { $0[.targets]?.keys = [try MadeKey(kind)] }
    try repository.publish()
    #expect(client.update(from: repository).error == nil)
  }
}

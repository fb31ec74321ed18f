import SignedMetadata
import Testing
import TrustModel

/// A server that has lost a root on the way to the latest one, and roots older than what was seen.
@Suite("Lost and older roots")
struct LostRootTests {
  private func start(_ dialect: Dialect = .notary) throws -> (MadeRepository, Client) {
    let repository = try MadeRepository(dialect, targets: 1)
    let client = Client(root: repository.documents[.root])
    #expect(client.update(from: repository).error == nil)
    return (repository, client)
  }

  @Test("With the same root key the latest root is taken, as Notary does, and everything begins once more")
  func sameKey() throws {
    var (repository, client) = try start()
    for _ in 2...4 { try repository.rotate { $0[.timestamp]?.keys = [try MadeKey()] } }
    try repository.publish()
    repository.lose(root: 3)
    let outcome = client.update(from: repository)
    #expect(outcome.error == nil)
    #expect(
      outcome.requests.prefix(5) == ["2.root.json", "3.root.json", "timestamp.json", "root.json", "timestamp.json"])
    #expect(outcome.update?.trusted.root.head.version == 4 && client[.root] == repository.documents[.root])
    #expect(client.update(from: repository).error == nil)
  }

  @Test("With another root key on the way nothing proves the latest root, and the gap is named")
  func otherKey() throws {
    var (repository, client) = try start()
    let kept = client[.root]
    for _ in 2...3 {
      try repository.rotate {
        $0[.root]?.keys = [try MadeKey()]
        $0[.timestamp]?.keys = [try MadeKey()]
      }
    }
    try repository.publish()
    repository.lose(root: 2)
    let outcome = client.update(from: repository)
    #expect(outcome.error?.rule == .gap(missing: 2, latest: 3) && outcome.error?.reason == .stale)
    #expect(client[.root] == kept)
  }

  @Test("Without a newer root the first refusal counts, and the latest root is asked for once")
  func nothingNewer() throws {
    var (repository, client) = try start()
    repository.roles[.timestamp]?.keys = [try MadeKey()]
    try repository.publish()
    let outcome = client.update(from: repository)
    #expect(outcome.error == MetadataError(.timestamp, .threshold(good: 0, needed: 1)))
    #expect(outcome.requests == ["2.root.json", "timestamp.json", "root.json"])
  }

  @Test("A root that skips a version under the name of the next one is refused still (T-21)")
  func skipped() throws {
    var (repository, client) = try start()
    for _ in 2...3 { try repository.rotate { _ in } }
    repository.serve[.root] = repository.documents[.root]
    let outcome = client.update(from: repository)
    #expect(outcome.error?.rule == .version(expected: 2, offered: 3) && outcome.requests == ["2.root.json"])
  }

  @Test("Of two root keys that must sign, one is not enough, neither for the next root nor for the latest one (T-20)")
  func threshold() throws {
    var (repository, client) = try start()
    let keys = [try MadeKey(), try MadeKey()]
    try repository.rotate {
      $0[.root]?.keys = keys
      $0[.root]?.threshold = 2
    }
    try repository.release()
    #expect(client.update(from: repository).error == nil)
    let kept = client[.root]
    repository.roles[.root]?.version = 3
    repository.roles[.timestamp]?.keys = [try MadeKey()]
    try repository.publishRoot(signedBy: [keys[0]])
    try repository.publish()
    #expect(client.update(from: repository).error == MetadataError(.root, .threshold(good: 1, needed: 2)))
    repository.lose(root: 3)
    #expect(client.update(from: repository).error?.rule == .gap(missing: 3, latest: 3))
    #expect(client[.root] == kept)
  }

  @Test("TUF knows no latest root")
  func tuf() throws {
    var (repository, client) = try start(.tuf)
    for _ in 2...3 { try repository.rotate { $0[.timestamp]?.keys = [try MadeKey()] } }
    try repository.publish()
    repository.lose(root: 2)
    #expect(!client.update(from: repository).requests.contains("root.json"))
  }

  @Test(
    "A root older than one that was trusted is refused, also where an older one was put back",
    arguments: [Dialect.tuf, .notary])
  func older(dialect: Dialect) throws {
    var (repository, client) = try start(dialect)
    let old = repository
    for _ in 2...3 { try repository.rotate { _ in } }
    try repository.release()
    #expect(client.update(from: repository).error == nil)
    client[.root] = old.documents[.root]
    #expect(client.update(from: old).error == MetadataError(.root, .rollback(seen: 3, offered: 1)))
    #expect(client.update(from: repository).error == nil)
  }
}

import SignedMetadata
import StrictJSON
import Testing
import TrustModel

/// Rows of the catalogue (security.md, section 3.1) about what a server may do to an update.
@Suite("Servers that deceive")
struct CatalogueTests {
  private static let dialects: [Dialect] = [.tuf, .notary]

  private func start(_ dialect: Dialect) throws -> (MadeRepository, Client) {
    let repository = try MadeRepository(dialect, targets: 2)
    return (repository, Client(root: repository.documents[.root]))
  }

  @Test("T-06: what was kept still holds a lower version off once it has expired", arguments: dialects, [true, false])
  func expiredFloor(dialect: Dialect, listsHashes: Bool) throws {
    var (repository, client) = try start(dialect)
    repository.listsHashes = listsHashes
    repository.roles[.timestamp]?.version = 5
    repository.roles[.timestamp]?.expires = "2026-11-22T12:00:00Z"
    try repository.publish()
    #expect(client.update(from: repository).error == nil)
    repository.roles[.timestamp]?.version = 4
    repository.roles[.timestamp]?.expires = "2030-01-01T00:00:00Z"
    try repository.publish()
    let later = try #require(Timestamp(rfc3339: "2026-12-01T00:00:00Z"))
    guard case .rollback(seen: 5, offered: 4)? = client.update(from: repository, at: later).error?.rule else {
      Issue.record("an expired timestamp holds nothing off")
      return
    }
  }

  @Test("T-14: an update is judged by the moment it began, to the second", arguments: dialects)
  func fixedMoment(dialect: Dialect) throws {
    var (repository, client) = try start(dialect)
    for role in RoleName.topLevel { repository.roles[role]?.expires = "2026-11-21T12:00:01Z" }
    try repository.rotate { _ in }
    try repository.publish()
    #expect(client.update(from: repository).error == nil)
  }

  @Test("T-30: a threshold above the number of keys is never met", arguments: dialects)
  func tooFew(dialect: Dialect) throws {
    var (repository, client) = try start(dialect)
    try repository.rotate { $0[.targets]?.threshold = 2 }
    try repository.publish()
    #expect(client.update(from: repository).error?.rule == .threshold(good: 1, needed: 2))
  }

  @Test("T-32: identifiers have one spelling, the digits of a signature two")
  func capitals() throws {
    func error(_ change: @escaping (inout JSON) -> Void) throws -> MetadataError? {
      var (repository, client) = try start(.tuf)
      repository.forge[.timestamp] = { document in
        guard var signature = document["signatures"]?.array?.first else { return }
        change(&signature)
        document.set(["signatures"], .array([signature]))
      }
      try repository.publish()
      return client.update(from: repository).error
    }
    func upper(_ name: JSONString) -> (inout JSON) -> Void {
      { $0.set([name], JSON(($0[name]?.string?.text ?? "").uppercased())) }
    }
    #expect(try error(upper("sig")) == nil)
    #expect(try error(upper("keyid"))?.rule == .threshold(good: 0, needed: 1))
  }

  @Test("T-58: an update that dies anywhere leaves what the next one can go on from", arguments: dialects, 0..<4)
  func dies(dialect: Dialect, after answers: Int) throws {
    var (repository, client) = try start(dialect)
    #expect(client.update(from: repository).error == nil)
    try repository.rotate { roles in
      for role in [RoleName.timestamp, .snapshot, .targets] { roles[role]?.version = 2 }
    }
    try repository.publish()
    let gone: [Set<RoleName>] = [
      [.root, .timestamp, .snapshot, .targets], [.timestamp, .snapshot, .targets], [.snapshot, .targets], [.targets],
    ]
    repository.gone = gone[answers]
    // In Notary nothing of the server means that what was kept counts; a missing document never does.
    _ = client.update(from: repository)
    repository.gone = []
    let outcome = client.update(from: repository)
    #expect(outcome.error == nil && outcome.update?.trusted.snapshot?.head.version == 2)
  }

  @Test(
    "T-59: pages, empty answers and other documents in place of a root or timestamp end the update, not the state",
    arguments: dialects, ["<html>login</html>", "", "{}", "null"])
  func pages(dialect: Dialect, text: String) throws {
    for role in [RoleName.root, .timestamp] {
      var (repository, client) = try start(dialect)
      #expect(client.update(from: repository).error == nil)
      let kept = client[.root]
      if role == .root { try repository.rotate { _ in } }
      repository.serve[role] = Array(text.utf8)
      #expect(client.update(from: repository).error?.reason == .malformed)
      #expect(client[.root] == kept)
      repository.serve = [:]
      #expect(client.update(from: repository).error == nil)
    }
  }

  @Test(
    "J-03, J-05: names of another composition are other names, and a signature does not carry over", arguments: dialects
  )
  func composition(dialect: Dialect) throws {
    var (repository, client) = try start(dialect)
    let (composed, decomposed): (JSONString, JSONString) = ("caf\u{e9}", "cafe\u{301}")
    repository.roles[.targets]?.targets = [(composed, [1]), (decomposed, [2, 2])]
    try repository.publish()
    let targets = try #require(client.update(from: repository).update?.targets)
    #expect(targets.targets[composed]?.length == 1 && targets.targets[decomposed]?.length == 2)
    repository.roles[.targets]?.targets = [(composed, [1])]
    repository.forge[.targets] = { document in
      guard let entry = document["signed"]?["targets"]?[composed] else { return }
      document.set(["signed", "targets"], .object([.init(decomposed, entry)]))
    }
    try repository.publish()
    let other = Client(root: repository.documents[.root])
    #expect(other.update(from: repository).error?.rule == .threshold(good: 0, needed: 1))
  }

  @Test("J-16: a fraction where a whole number is meant is refused, whoever signed it", arguments: dialects)
  func fraction(dialect: Dialect) throws {
    var (repository, client) = try start(dialect)
    repository.spoil[.timestamp] = { $0.set(["version"], .decimal("1.0")) }
    try repository.publish()
    #expect(client.update(from: repository).error?.reason == .malformed)
  }
}

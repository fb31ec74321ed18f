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
      if role == .root {
        try repository.rotate { _ in }
        try repository.release()
      }
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

  @Test("A newer root that is withheld shows in the snapshot, which lists it")
  func withheldRoot() throws {
    var (repository, client) = try start(.notary)
    #expect(client.update(from: repository).error == nil)
    try repository.rotate { _ in }
    try repository.release()
    repository.gone = [.root]
    #expect(client.update(from: repository).error == MetadataError(.root, .mixed))
    #expect(MetadataError(.root, .mixed).reason == .stale)
    repository.gone = []
    #expect(client.update(from: repository).error == nil)
  }

  /// A walk to a role that decides and one that does not, both below targets.
  private func walk(_ change: (inout MadeRepository) throws -> Void) throws -> (
    step: DelegationWalk.Step, DelegationWalk
  ) {
    var repository = try MadeRepository(.notary)
    let client = Client(root: repository.documents[.root])
    for name in ["targets/releases", "targets/alice"] as [RoleName] {
      repository.roles[name] = MadeRepository.Role(keys: [try MadeKey()])
    }
    repository.roles[.targets]?.delegations = ["targets/releases", "targets/alice"].map { .init(name: $0, paths: [""]) }
    repository.roles["targets/releases"]?.targets = [("v1", [1])]
    try repository.release()
    var first = try #require(client.update(from: repository).update)
    var all = DelegationWalk(deciding: ["targets/releases"])
    var step = all.start(in: &first)
    while case .fetch(let request) = step { step = all.take(repository.answer(request), in: &first) }
    client.keep(first)
    try change(&repository)
    var update = try #require(client.update(from: repository).update)
    var walk = DelegationWalk(deciding: ["targets/releases"])
    step = walk.start(in: &update)
    while case .fetch(let request) = step { step = walk.take(repository.answer(request), in: &update) }
    return (step, walk)
  }

  @Test("A role that decides and is withheld, altered, rolled back or dropped ends the walk: nothing after it counts")
  func withheldRole() throws {
    let changes: [(String, (inout MadeRepository) throws -> Void)] = [
      (
        "withheld",
        { repository in
          repository.roles["targets/releases"]?.version = 2
          try repository.release()
          repository.gone = ["targets/releases"]
        }
      ),
      (
        "altered",
        { repository in
          repository.roles["targets/releases"]?.version = 2
          try repository.release()
          repository.serve["targets/releases"] = Array("{}".utf8)
        }
      ),
      (
        "dropped",
        { repository in
          repository.spoil[.snapshot] = { $0.set(["meta", "targets/releases"], nil) }
          try repository.release()
        }
      ),
    ]
    for (name, change) in changes {
      guard case .failed = try walk(change).step else {
        Issue.record("\(name): the walk went on")
        continue
      }
    }
    let (step, other) = try walk { repository in
      repository.roles["targets/alice"]?.version = 2
      try repository.release()
      repository.gone = ["targets/alice"]
    }
    guard case .finished = step else {
      Issue.record("a role that decides nothing ended the walk")
      return
    }
    #expect(other.passedOver.map(\.role) == ["targets/alice"])
  }

  @Test("A document that is longer than what is signed for it was altered, however long it is", arguments: dialects)
  func longer(dialect: Dialect) throws {
    var (repository, client) = try start(dialect)
    repository.listsHashes = true
    try repository.publish()
    let length = Int64(try #require(repository.documents[.snapshot]).count)
    var update = try MetadataUpdate(dialect, from: client.kept, at: MadeRepository.now)
    var step = update.start()
    while case .fetch(let request) = step {
      step = update.take(request.role == .snapshot ? .longer(than: request.limit) : repository.answer(request))
    }
    guard case .failed(let error) = step else {
      Issue.record("it was taken")
      return
    }
    #expect(error == MetadataError(.snapshot, .length(expected: length, offered: length + 1)))
    #expect(error.reason == .tampered)
  }
}

import SignedMetadata
import StrictJSON
import Testing
import TrustModel

/// The search through delegations in TUF, and the walk through them in Notary.
@Suite("Delegations of signed metadata")
struct DelegationTests {
  private typealias Delegated = MadeRepository.Delegated

  private func repository(_ tree: [(String, [Delegated], [JSONString])]) throws -> (MadeRepository, Client) {
    var repository = try MadeRepository(.tuf)
    let client = Client(root: repository.documents[.root])
    for (name, delegations, targets) in tree {
      let role = RoleName(JSONString(name))
      if repository.roles[role] == nil { repository.roles[role] = MadeRepository.Role(keys: [try MadeKey()]) }
      repository.roles[role]?.delegations = delegations
      repository.roles[role]?.targets = targets.map { ($0, [1]) }
    }
    try repository.publish()
    return (repository, client)
  }

  @Test("T-46: depth first, in the order listed")
  func order() throws {
    let (repository, client) = try repository([
      ("targets", [Delegated(name: "A"), Delegated(name: "B")], []), ("A", [Delegated(name: "C")], []),
      ("B", [], ["x"]),
      ("C", [], []),
    ])
    let found = client.find("x", in: repository)
    #expect(found.visited == ["A", "C", "B"])
    guard case .found(_, by: "B") = found.step else {
      Issue.record("\(found.step)")
      return
    }
  }

  @Test("T-45: behind a terminating delegation nothing is asked")
  func terminating() throws {
    let (repository, client) = try repository([
      ("targets", [Delegated(name: "A", isTerminating: true), Delegated(name: "B")], []), ("A", [], []),
      ("B", [], ["x"]),
    ])
    let found = client.find("x", in: repository)
    #expect(found.visited == ["A"])
    guard case .notFound = found.step else {
      Issue.record("\(found.step)")
      return
    }
  }

  @Test("T-43: a circle ends")
  func circle() throws {
    let (repository, client) = try repository([
      ("targets", [Delegated(name: "A")], []), ("A", [Delegated(name: "B")], []), ("B", [Delegated(name: "A")], []),
    ])
    #expect(client.find("x", in: repository).visited == ["A", "B"])
  }

  @Test("T-43: as many roles as the limit says are visited, and no more")
  func many() throws {
    let names = (0..<40).map { "role\($0)" }
    let (repository, client) = try repository(
      [("targets", names.map { Delegated(name: JSONString($0)) }, [])] + names.map { ($0, [], []) })
    #expect(client.find("x", in: repository).visited.count == MetadataLimits().visitedRoles)
  }

  @Test("T-44: a role that two lead to counts under each by that one's keys alone")
  func diamond() throws {
    var (repository, client) = try repository([
      ("targets", [Delegated(name: "A", paths: ["a*"]), Delegated(name: "B", paths: ["b*"])], []),
      ("A", [Delegated(name: "C")], []), ("B", [Delegated(name: "C")], []), ("C", [], ["a1", "b1"]),
    ])
    let stranger = try MadeKey()
    repository.spoil["B"] = { body in
      body.set(["delegations", "keys"], .object([.init(JSONString(stranger.id(.tuf)), stranger.object(.tuf))]))
      guard var role = body["delegations"]?["roles"]?.array?.first else { return }
      role.set(["keyids"], JSON([stranger.id(.tuf)]))
      body.set(["delegations", "roles"], .array([role]))
    }
    try repository.publish()
    var update = try #require(client.update(from: repository).update)
    guard case .found = Client.find("a1", in: repository, &update).step else {
      Issue.record("the role counts under A")
      return
    }
    guard case .failed(let error) = Client.find("b1", in: repository, &update).step else {
      Issue.record("the role was taken under B as it was under A")
      return
    }
    #expect(error.rule == .threshold(good: 0, needed: 1))
  }

  @Test("T-11: an expired delegated role is refused")
  func expired() throws {
    var (repository, client) = try repository([("targets", [Delegated(name: "A")], []), ("A", [], ["x"])])
    repository.roles["A"]?.expires = "2026-11-21T12:00:00Z"
    try repository.publish()
    guard case .failed(let error) = client.find("x", in: repository).step, case .expired = error.rule else {
      Issue.record("an expired role counts")
      return
    }
  }

  @Test("T-04, T-05: a delegated role with a lower version, or gone, is refused", arguments: [true, false])
  func rollback(isGone: Bool) throws {
    var (repository, client) = try repository([("targets", [Delegated(name: "A")], []), ("A", [], ["x"])])
    repository.roles["A"]?.version = 3
    try repository.publish()
    #expect(client.update(from: repository).error == nil)
    if isGone {
      repository.roles["A"] = nil
      repository.roles[.targets]?.delegations = []
    } else {
      repository.roles["A"]?.version = 2
    }
    for name in [RoleName.targets, .snapshot, .timestamp] { repository.roles[name]?.version = 2 }
    try repository.publish()
    #expect(client.update(from: repository).error?.reason == .stale)
  }

  @Test(
    "T-47: patterns stand for characters within one part",
    arguments: [
      ("*.txt", "a.txt", true), ("*.txt", "d/a.txt", false), ("d/?", "d/x", true), ("d/?", "d/", false),
      ("d/*", "d/e/f", false),
      ("a*b*c", "axxbyyc", true), ("a*b*c", "axxbyy", false), ("[ab]", "a", false), ("[ab]", "[ab]", true),
      ("**", "a/b", false),
      ("README", "readme", false), ("*", "", true), ("?", "é", false),
    ])
  func patterns(pattern: String, name: String, matches: Bool) throws {
    let (repository, client) = try repository([
      ("targets", [Delegated(name: "A", paths: [JSONString(pattern)])], []), ("A", [], [JSONString(name)]),
    ])
    #expect(client.find(JSONString(name), in: repository).visited.contains("A") == matches)
  }

  @Test("T-53: two delegations of one name are refused")
  func twice() throws {
    let (repository, client) = try repository([
      ("targets", [Delegated(name: "A"), Delegated(name: "A")], []), ("A", [], []),
    ])
    #expect(client.update(from: repository).error?.reason == .malformed)
  }

  @Test("T-49: names of roles are parts of addresses and of file names", arguments: ["../x", "?", "#", "a/b", "%2e"])
  func names(name: String) throws {
    let (repository, client) = try repository([
      ("targets", [Delegated(name: JSONString(name))], []), (name, [], ["x"]),
    ])
    guard case .found = client.find("x", in: repository).step else {
      Issue.record("not found")
      return
    }
    let encoded = RoleName(JSONString(name)).percentEncoded
    #expect(!encoded.contains("/") && !encoded.contains("?") && !encoded.contains("#"))
  }

  @Test(
    "T-49: a delegation of Notary is called after its delegator",
    arguments: ["targets/../x", "other", "targets/A", "targets/", "targets/a/b"])
  func notaryNames(name: String) throws {
    var repository = try MadeRepository(.notary)
    let client = Client(root: repository.documents[.root])
    repository.roles[RoleName(JSONString(name))] = MadeRepository.Role(keys: [try MadeKey()])
    repository.roles[.targets]?.delegations = [Delegated(name: JSONString(name), paths: [""])]
    try repository.publish()
    #expect(client.update(from: repository).error?.reason == .malformed)
  }

  @Test("T-48: prefixes are those of the text, within those of the delegator; what is expired is passed over")
  func walk() throws {
    var repository = try MadeRepository(.notary)
    let client = Client(root: repository.documents[.root])
    for name in ["targets/a", "targets/a/b", "targets/old"] as [RoleName] {
      repository.roles[name] = MadeRepository.Role(keys: [try MadeKey()])
    }
    repository.roles[.targets]?.delegations = [
      Delegated(name: "targets/a", paths: ["v1"]), Delegated(name: "targets/old", paths: [""]),
    ]
    repository.roles["targets/a"]?.delegations = [Delegated(name: "targets/a/b", paths: [""])]
    repository.roles["targets/old"]?.expires = "2020-01-01T00:00:00Z"
    try repository.publish()
    var update = try #require(client.update(from: repository).update)
    var walk = DelegationWalk()
    var step = walk.start(in: &update)
    while case .fetch(let request) = step { step = walk.take(repository.answer(request), in: &update) }
    #expect(walk.roles.map(\.name) == [.targets, "targets/a", "targets/a/b"])
    #expect(walk.passedOver.map(\.role) == ["targets/old"])
    let inner = try #require(walk.roles.last)
    #expect(inner.mayName("v1.2") && inner.mayName("v10") && !inner.mayName("v2"))
  }
}

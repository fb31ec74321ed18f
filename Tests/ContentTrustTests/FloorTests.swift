import ContentTrust
import SignedMetadata
import Stores
import StrictJSON
import TestSupport
import Testing
import TrustModel

/// The versions seen outlive the folders of docker and notary.
@Suite("Floors of content trust", .timeLimit(.minutes(3)))
struct FloorTests {
  private func deleteCache(_ desk: ContentDesk) throws {
    _ = try ChildProcess.run(["rm", "-rf", desk.machine.located("/home/.docker/trust")])
  }

  @Test("With the cache gone an older state is refused, and the repository is known by its keys without a question")
  func olderState() throws {
    let desk = try ContentDesk()
    let old = try desk.reading(from: KeptMetadata { _ in nil })
    try desk.sign("v2")
    #expect(try desk.content("list").status == 0)
    try deleteCache(desk)
    let known = try desk.run(["content", "list", ContentDesk.name, "--json"])
    #expect(known.status == 0 && known.text.contains("\"anchor\": \"remembered\""), "\(known.errorText)")
    try deleteCache(desk)
    let floors = try SeenVersions.read(try Repository(ContentDesk.name), in: desk.state)
    var served: [RoleName: [UInt8]] = [.root: try #require(old.firstRoot)]
    for (role, octets) in old.advance.documents { served[role] = octets }
    let answers = served
    let reader = RepositoryReader(
      try Repository(ContentDesk.name), from: KeptMetadata(floors: floors) { _ in nil }, pins: TrustPins(),
      at: old.trusted.now
    ) { request in
      request.address == "2.root.json" ? .absent : answers[request.role].map { .octets($0) } ?? .absent
    }
    let error = #expect(throws: MetadataError.self) { try reader.read() }
    guard case .rollback? = error?.rule else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("A 404 where there was data is no invitation to begin anew")
  func withheld() throws {
    let desk = try ContentDesk()
    #expect(try desk.content("list").status == 0)
    try desk.peer.notary(["delete", ContentDesk.name, "--remote"])
    let asked = try desk.content("lookup", ["v1", "--json"])
    #expect(asked.status == 16 && asked.text.contains("\"accepted\": false"), "\(asked.text)\(asked.errorText)")
    let offline = try desk.content("lookup", ["v1", "--offline", "--json"])
    #expect(offline.status == 0 && offline.text.contains("0 days old"), "\(offline.text)\(offline.errorText)")
    let kept = try desk.content("list")
    #expect(kept.status == 16 && kept.errorText.contains("may hide it"), "\(kept.errorText)")
    try deleteCache(desk)
    let gone = try desk.content("list")
    #expect(gone.status == 16 && gone.errorText.contains(ContentDesk.record), "\(gone.errorText)")
  }

  @Test("A repository made anew with other keys is refused until the record is removed")
  func madeAnew() throws {
    let desk = try ContentDesk()
    #expect(try desk.content("list").status == 0)
    try desk.peer.notary(["delete", ContentDesk.name, "--remote"])
    try desk.peer.makeRepository(ContentDesk.name, targets: ["v9"])
    try deleteCache(desk)
    let refused = try desk.content("list")
    #expect(refused.status == 12 && refused.errorText.contains("+seen.json"), "\(refused.errorText)")
    try desk.machine.remove(ContentDesk.record)
    #expect(try desk.content("list").text.contains("v9"))
  }

  @Test("A chain with other keys that docker has taken over on first use is not taken over with it")
  func replaced() throws {
    let desk = try ContentDesk()
    #expect(try desk.content("list").status == 0)
    try desk.peer.notary(["delete", ContentDesk.name, "--remote"])
    try desk.peer.makeRepository(ContentDesk.name, targets: ["v9"])
    try deleteCache(desk)
    #expect(try desk.docker(["trust", "inspect", ContentDesk.name]).text.contains("\"v9\""))
    for words in [[], ["--offline"]] {
      let refused = try desk.run(["content", "list", ContentDesk.name] + words)
      #expect(refused.status == 12 && refused.errorText.contains("+seen.json"), "\(refused.errorText)")
    }
    try desk.machine.remove(ContentDesk.record)
    #expect(try desk.run(["content", "list", ContentDesk.name]).text.contains("v9"))
  }

  @Test("T-12: a clock that went back is said so, and what expires is judged by the later moment")
  func clock() throws {
    let desk = try ContentDesk()
    #expect(try desk.content("list").status == 0)
    let repository = try Repository(ContentDesk.name)
    var floors = try SeenVersions.read(repository, in: desk.state)
    let seen = try #require(floors.seen)
    #expect(try !desk.content("list").errorText.contains("the clock"))
    // A timestamp is good for two weeks.
    for (days, status) in [(2, 0), (30, 16)] as [(Int64, Int32)] {
      floors.seen = seen.advanced(by: days * 86_400)
      try desk.machine.write(ContentDesk.record, SeenVersions.octets(floors, of: repository))
      #expect(try SeenVersions.read(repository, in: desk.state) == floors)
      let outcome = try desk.content("list")
      #expect(outcome.status == status && outcome.errorText.contains("the clock went back"), "\(outcome.errorText)")
    }
    #expect(try desk.content("list", ["--at", "\(seen)"]).status == 0)
  }

  @Test(
    "A record that is damaged is none to go around",
    arguments: ["{", "{\"schema\":\"keyreeve.seen/1\"}", "", "{\"schema\":\"keyreeve.seen/1\",\"seen\":7}"])
  func damaged(text: String) throws {
    let desk = try ContentDesk()
    try desk.machine.write(ContentDesk.record, Array(text.utf8))
    let outcome = try desk.content("list")
    #expect(outcome.status == 1 && outcome.errorText.contains("+seen.json"), "\(outcome.errorText)")
    #expect(desk.kept("root.json") == nil)
  }

  @Test("A root that was kept and cannot be read is not replaced by a first one")
  func unreadableRoot() throws {
    let desk = try ContentDesk()
    try desk.machine.link(ContentDesk.metadata + "/root.json", to: "/nowhere")
    let outcome = try desk.content("list")
    #expect(outcome.status == 1 && outcome.errorText.contains("root.json"), "\(outcome.errorText)")
  }

  // MARK: The file

  private func floors(_ count: Int) -> VersionFloors {
    var floors = VersionFloors([.root: .init(version: 3, keys: "k")])
    for index in 1..<count { floors.floors[RoleName(JSONString("targets/r\(index)"))] = .init(version: 1, keys: "k") }
    return floors
  }

  @Test("A file holds so many roles and octets, and one more of either is refused")
  func limits() throws {
    let machine = try SandboxMachine()
    let state = StateDirectory(sysroot: Sysroot(machine.path), user: 0) { _ in nil }
    let repository = try Repository(ContentDesk.name)
    let full = floors(SeenVersions.roleLimit)
    try machine.write(ContentDesk.record, SeenVersions.octets(full, of: repository))
    #expect(try SeenVersions.read(repository, in: state) == full)
    let written = SeenVersions.octets(floors(SeenVersions.roleLimit + 1), of: repository)
    try machine.write(ContentDesk.record, written)
    #expect(try SeenVersions.read(repository, in: state).floors.count == SeenVersions.roleLimit)
    let one = String(decoding: written, as: UTF8.self)
      .replacing("\"root\"", with: "\"more\": {\"version\": 1, \"keys\": \"k\"}, \"root\"", maxReplacements: 1)
    try machine.write(ContentDesk.record, Array(one.utf8))
    #expect(throws: SeenVersions.Damaged.self) { try SeenVersions.read(repository, in: state) }
    let small = SeenVersions.octets(floors(1), of: repository)
    let padding = [UInt8](repeating: 0x20, count: SeenVersions.octetLimit - small.count)
    try machine.write(ContentDesk.record, small + padding)
    #expect(try SeenVersions.read(repository, in: state).floors.count == 1)
    try machine.write(ContentDesk.record, small + padding + [0x20])
    #expect(throws: SeenVersions.Damaged.self) { try SeenVersions.read(repository, in: state) }
  }

  @Test("The record of one repository is none of another one")
  func otherName() throws {
    let machine = try SandboxMachine()
    let state = StateDirectory(sysroot: Sysroot(machine.path), user: 0) { _ in nil }
    try machine.write(ContentDesk.record, SeenVersions.octets(floors(1), of: try Repository("example.com/other")))
    #expect(throws: SeenVersions.Damaged.self) { try SeenVersions.read(try Repository(ContentDesk.name), in: state) }
  }

  @Test("Of two records the newer root decides where keys differ, and else the higher version")
  func merging() {
    let old = VersionFloors([.root: .init(version: 1, keys: "a"), .timestamp: .init(version: 900, keys: "a")])
    let new = VersionFloors([.root: .init(version: 2, keys: "b"), .timestamp: .init(version: 2, keys: "b")])
    #expect(old.merged(with: new) == new && new.merged(with: old) == new)
    let newer = VersionFloors([.root: .init(version: 2, keys: "b"), .timestamp: .init(version: 5, keys: "b")])
    #expect(new.merged(with: newer) == newer && newer.merged(with: new) == newer)
    #expect(old.merged(with: VersionFloors()) == old)
  }
}

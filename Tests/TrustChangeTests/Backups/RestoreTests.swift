import Stores
import TestSupport
import Testing
import TrustChange
import TrustModel
import TrustVerify

@Suite("Restoring a backup")
struct RestoreTests {
  @Test("An emptied machine gets every file back, as one change a store, and each can be taken back")
  func wholeMachine() throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    let (key, mask) = (try freshKey(), try freshKey().fingerprint)
    try machine.fill(key, mask: mask)
    let files = try machine.stored
    let archive = try desk.backup()
    #expect(try desk.restore(archive).changes.isEmpty)
    try machine.empty()
    let plan = try desk.restore(archive)
    #expect(plan.changes.map(\.verb) == [.restore, .restore, .restore])
    #expect(plan.parts.map { $0.count(.add) } == [2, 2, 2])
    #expect(plan.changes[0].effects.map(\.acceptedAfter) == [1, 1])
    let ids = try desk.apply(plan)
    #expect(try machine.stored == files)
    #expect(try desk.accepted("example.com") == [key.fingerprint])
    #expect(try desk.restore(archive).changes.isEmpty)
    for id in ids { try desk.apply(try desk.undo(id)) }
    #expect(try machine.stored.isEmpty)
    #expect(try desk.journal.problems.isEmpty)
    #expect(try desk.journal.entries.allSatisfy { $0.outcome == .done })
  }

  @Test(
    "Private files are 0600 in directories 0700 and so is what the log keeps of them, whatever the umask (B-05)",
    arguments: [0, 0o022, 0o077, 0o777] as [UInt32])
  func modes(mask: UInt32) throws {
    let machine = try SandboxMachine()
    let key = try freshKey()
    try machine.fill(key)
    let archive = try Desk(machine).backup()
    try machine.empty()
    let path = machine.path
    try OwnThread.run(umask: mask) {
      let desk = Desk(path)
      try desk.apply(try desk.restore(archive))
      return ()
    }
    for (file, mode) in try machine.modes(Kept.trust) {
      #expect(mode == (file.hasSuffix(".key") || file.hasSuffix(".json") ? "f600" : "d700"), "\(file)")
    }
    #expect(machine.mode("/root/.docker") == 0o700)
    #expect(machine.mode(Kept.openPath) == 0o644)
    #expect(machine.mode(Kept.secretPath) == 0o600)
    #expect(machine.mode("/etc/keyreeve") == 0o755)
    #expect(machine.mode(key.place()) == 0o644)
    let contents = "/var/lib/keyreeve/journal/contents/"
    for (octets, mode) in [(Kept.key, 0o600), (Kept.metadata(3), 0o600), (key.octets, 0o644)] as [([UInt8], UInt32)] {
      #expect(machine.mode(contents + Journal.digest(of: octets)) == mode)
    }
    #expect(machine.mode(contents + Journal.digest(of: machine.contents(Kept.secretPath) ?? [])) == 0o600)
  }

  @Test("What was kept for everybody's eyes is for the owner's alone once a private file holds the same")
  func tightened() throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    let key = try freshKey()
    try desk.apply(try desk.trust(key.octets))
    let stored = try #require(machine.contents(key.place()))
    let kept = "/var/lib/keyreeve/journal/contents/" + Journal.digest(of: stored)
    #expect(machine.mode(kept) == 0o644)
    try machine.write(Kept.keyPath, stored)
    let archive = try desk.backup()
    try machine.remove(Kept.keyPath)
    let ids = try desk.apply(try desk.restore(archive))
    #expect(machine.mode(kept) == 0o600)
    try desk.apply(try desk.undo(ids[0]))
    #expect(machine.mode(kept) == 0o600)
  }

  @Test("A private key with other contents is overwritten only by force, and what it held comes back by undo (B-03)")
  func privateKey() throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    try machine.fill(try freshKey())
    let archive = try desk.backup()
    let own = Kept.key + [0x0a]
    try machine.write(Kept.keyPath, own, mode: 0o600)
    try machine.remove(Kept.openPath)
    let plan = try desk.restore(archive)
    #expect(plan.refusals.map(\.file) == [Kept.keyPath])
    // Not even the other stores are begun.
    #expect(plan.changes.isEmpty)
    #expect(try desk.restore(archive, only: [.configuration]).changes.count == 1)
    let ids = try desk.apply(try desk.restore(archive, only: [.contentTrust], force: true))
    #expect(machine.contents(Kept.keyPath) == Kept.key)
    try desk.apply(try desk.undo(try #require(ids.first)))
    #expect(machine.contents(Kept.keyPath) == own)
    #expect(machine.mode(Kept.keyPath) == 0o600)
  }

  /// What the backup and the machine hold of one metadata file, and what becomes of it without and with force.
  static let shapes: [(kept: [UInt8], here: [UInt8], RestorePlan.Action, forced: RestorePlan.Action)] = [
    (Kept.metadata(3), Kept.metadata(5), .skip, .skip), (Kept.metadata(5), Kept.metadata(3), .replace, .replace),
    (Kept.metadata(3), Kept.metadata(3), .leave, .leave),
    (Kept.metadata(3), Kept.metadata(3, #","x":1"#), .refuse, .replace),
    (Kept.metadata(3), [1, 2], .replace, .replace), ([1, 2], Kept.metadata(3), .skip, .skip),
    ([1, 2], [3], .replace, .replace),
  ]

  @Test("Metadata never goes back to an older version, not even by force (B-03)", arguments: shapes.indices)
  func versions(index: Int) throws {
    let (kept, here, action, forced) = Self.shapes[index]
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    try machine.write(Kept.metadataPath, kept)
    let archive = try desk.backup()
    try machine.write(Kept.metadataPath, here)
    for (force, action) in [(false, action), (true, forced)] {
      let plan = try desk.restore(archive, force: force)
      #expect(plan.parts.flatMap(\.rows).map(\.action) == [action])
      #expect(plan.changes.isEmpty == (action != .replace))
    }
    try desk.apply(try desk.restore(archive, force: true))
    #expect(machine.contents(Kept.metadataPath) == (forced == .replace ? kept : here))
  }

  @Test("Neither does an undo bring older metadata back; what was updated since stays too")
  func undoOfMetadata() throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    try machine.write(Kept.metadataPath, Kept.metadata(5))
    try machine.write(Kept.keyPath, Kept.key)
    let archive = try desk.backup()
    try machine.write(Kept.metadataPath, Kept.metadata(3))
    try machine.remove(Kept.keyPath)
    let id = try #require(try desk.apply(try desk.restore(archive)).first)
    let change = try desk.change(try desk.undo(id))
    #expect(change.edits.map(\.file) == [Kept.keyPath])
    #expect(change.warnings.count == 1)
    try machine.write(Kept.metadataPath, Kept.metadata(6))
    #expect(try desk.change(try desk.undo(id)).warnings.first?.contains("updated since") == true)
    try desk.apply(try desk.undo(id))
    #expect(machine.contents(Kept.metadataPath) == Kept.metadata(6))
    #expect(machine.contents(Kept.keyPath) == nil)
  }

  @Test("Files that the backup does not hold are listed and left, masks too")
  func extras() throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    let mask = try freshKey().fingerprint
    try machine.fill(try freshKey())
    let archive = try desk.backup()
    let more = [try machine.mask(mask), Kept.trust + "/private/other.key", "/etc/keyreeve/30.conf"]
    for path in more.dropFirst() { try machine.write(path, [1]) }
    try machine.remove(Kept.keyPath)
    let plan = try desk.restore(archive)
    #expect(Set(plan.parts.flatMap(\.rows).filter { $0.action == .extra }.map(\.file)) == Set(more))
    try desk.apply(plan)
    for path in more { #expect(machine.contents(path) != nil) }
  }

  @Test("Content trust comes back to where this user has it now")
  func otherPlace() throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    try machine.write(Kept.keyPath, Kept.key)
    let archive = try desk.backup()
    let stores = MachineStores(sysroot: desk.sysroot) { ["DOCKER_CONFIG": "/data/docker"][$0] }
    let plan = try desk.planner.restore(archive, from: "backup.tar", to: stores)
    let ids = try desk.apply(plan)
    let file = Kept.keyPath.replacing(Kept.trust, with: "/data/docker/trust")
    #expect(machine.contents(file) == Kept.key)
    // Undo needs no environment: the log says where the store lay.
    try desk.apply(try desk.undo(ids[0]))
    #expect(machine.contents(file) == nil)
  }

  @Test("A store of which the backup holds nothing is named, and nothing is changed")
  func absent() throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    try machine.write(Kept.openPath, [1])
    let archive = try desk.backup()
    try machine.fill(try freshKey())
    let plan = try desk.restore(archive)
    #expect(plan.absent == [.trustedKeys, .contentTrust])
    #expect(plan.parts.map(\.store) == [.configuration])
  }

  @Test("Changes that waited to be published come back with a warning")
  func staged() throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    let path = Kept.trust + "/tuf/reg.example/app/changelist/1.change"
    try machine.write(path, Array("{}".utf8))
    let archive = try desk.backup()
    try machine.remove(path)
    let change = try #require(try desk.restore(archive).changes.first)
    #expect(change.warnings.contains { $0.contains("published") })
  }
}

import ContentChange
import ContentSigning
import ContentTrust
import SignedMetadata
import Stores
import StrictJSON
import TestSupport
import Testing
import TrustModel

/// Repositories that are published into a folder.
@Suite("A folder as the host of a repository", .timeLimit(.minutes(3)))
struct FolderHostTests {
  @Test("What is published is read back, with a timestamp and a snapshot by keys of the user; later changes follow")
  func published() throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    try desk.sign("v2")
    let reading = try desk.read()
    #expect(reading.roles[0].document.targets["v2"] != nil && reading.trusted.timestamp?.head.version == 2)
    let names = Set(desk.machine.names(in: FolderDesk.tree) ?? [])
    #expect(names.isSuperset(of: ["root.json", "1.root.json", "targets.json", "snapshot.json", "timestamp.json"]))
    #expect(desk.machine.mode(FolderDesk.tree + "/root.json") == 0o644)
    #expect(desk.machine.names(in: FolderDesk.tree + "/..") == ["tuf"])
  }

  @Test("A snapshot that nobody sends is made by the folder, over what was listed before")
  func ownSnapshot() throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    /// Leaves the snapshot away, as publishers do for a server that signs it.
    struct WithoutSnapshot: RepositoryHost {
      let real: FolderHost
      var name: String { real.name }
      func publish(_ documents: [PublishedDocument]) throws(PublishingError) {
        try real.publish(documents.filter { $0.role != .snapshot })
      }
      func ownKey(of role: RoleName, isNew: Bool) throws(PublishingError) -> ListedKey {
        try real.ownKey(of: role, isNew: isNew)
      }
      func deleteRepository() throws(PublishingError) { try real.deleteRepository() }
    }
    // The publisher finds another snapshot when it reads back: its own was not sent.
    _ = try? desk.publisher(WithoutSnapshot(real: desk.host())).publish(at: FolderDesk.now) {
      $0.changeTargets(of: .targets) { $0.set("v2", to: FolderDesk.target) }
    } review: { _ in
    }
    #expect(try desk.read().roles[0].document.targets["v2"] != nil)
    #expect(try desk.read().trusted.snapshot?.head.version == 2)
  }

  @Test("A new root, and a new timestamp key, are followed from the root before")
  func rotated() throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    let old = try desk.read()
    let host = desk.host()
    let current = try host.ownKey(of: .timestamp, isNew: false)
    let next = try host.ownKey(of: .timestamp, isNew: true)
    #expect(old.trusted.root.keys(of: .timestamp).keys[0].id == current.id && current != next)
    // One that was made and not used is handed out again.
    #expect(try host.ownKey(of: .timestamp, isNew: true) == next)
    try desk.publisher().publish(at: FolderDesk.now) {
      $0.changeRoot { $0.roles[.timestamp] = .init([next]) }
    } review: { _ in
    }
    let kept = KeptMetadata(root: old.update.rootOctets, floors: old.advance.floors)
    let reading = try RepositoryReader(desk.repository, from: kept, pins: TrustPins(), at: FolderDesk.now) {
      desk.folder.answer($0, of: desk.repository)
    }.read()
    #expect(reading.trusted.root.head.version == 2 && reading.trusted.root.keys(of: .timestamp).keys[0].id == next.id)
    #expect(reading.trusted.timestamp?.head.version == 2)
    // The former key is never handed out as a new one.
    let another = try host.ownKey(of: .timestamp, isNew: true)
    #expect(another.id != current.id && another.id != next.id)
  }

  @Test("What notary-server would refuse is refused, and nothing is changed")
  func refused() throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    let before = try desk.read()
    let host = desk.host()
    let root = before.update.rootOctets
    let targets = before.roles[0].document.octets
    func altered(_ octets: [UInt8], _ from: String, _ to: String) -> [UInt8] {
      Array(String(decoding: octets, as: UTF8.self).replacing(from, with: to).utf8)
    }
    // An old version is somebody else's.
    for documents in [[PublishedDocument(.targets, targets)], [.init(.root, altered(root, "2036", "2035"))]] {
      #expect(throws: PublishingError.self) { try host.publish(documents) }
      do { try host.publish(documents) } catch { #expect("\(error)".contains("somebody else"), "\(error)") }
    }
    // Unsigned, a root that skips a version, one that nobody signed, a timestamp, a role that nothing leads to, one twice, no JSON.
    let newer = PublishedDocument(.targets, altered(targets, "\"version\":1", "\"version\":2"))
    let rows: [[PublishedDocument]] = [
      [newer], [.init(.root, altered(root, "\"version\":1", "\"version\":3"))],
      [.init(.root, altered(root, "\"version\":1", "\"version\":2"))], [.init(.timestamp, targets)],
      [.init("targets/nobody", altered(targets, "\"version\":1", "\"version\":2"))], [newer, newer],
      [.init(.targets, Array("{".utf8))], [.init("targets/../x", targets)], [.init("else", targets)],
    ]
    for row in rows {
      do {
        try host.publish(row)
        Issue.record("taken: \(row.map(\.role))")
      } catch {
        guard case .refused = error else { throw error }
      }
    }
    let after = try desk.read()
    #expect(after.trusted.timestamp?.head.version == 1 && after.update.rootOctets == root)
    #expect(desk.machine.names(in: FolderDesk.tree + "/..") == ["tuf"])
  }

  @Test("Whoever is overtaken makes the change once more; a repository that is deleted is gone at once")
  func overtaken() throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    var tries = 0
    try desk.publisher().publish(at: FolderDesk.now) {
      $0.changeTargets(of: .targets) { $0.set("ours", to: FolderDesk.target) }
    } review: { _ in
      tries += 1
      if tries == 1 { try desk.sign("theirs") }
    }
    let targets = try desk.read().roles[0].document.targets
    #expect(tries == 2 && targets["ours"] != nil && targets["theirs"] != nil)
    try desk.host().deleteRepository()
    #expect(desk.machine.names(in: "/srv/trust/v2/example.com/team/app/_trust") == [])
    #expect(throws: MetadataError.self) { try desk.read() }
    #expect(try desk.folder.repositories() == [])
  }

  @Test("An expired repository is brought back to life: targets and timestamp signed anew")
  func expired() throws {
    let desk = try FolderDesk()
    let long = FolderDesk.now.advanced(by: -4 * 365 * 86_400)
    try desk.makeRepository(at: long)
    #expect(throws: MetadataError.self) { try desk.read() }
    let standing = try desk.read(at: long)
    try RepositoryPublisher(to: desk.host(), with: desk.keys) {
      (try? desk.read()) ?? standing
    }.publish(at: FolderDesk.now) {
      $0.renew(.targets)
    } review: { _ in
    }
    #expect(try desk.read().roles[0].document.head.version == 2)
  }

  @Test("Documents that nothing lists any more go after a day, those of the state before stay")
  func pruned() throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    func digests() -> [String] {
      (desk.machine.names(in: FolderDesk.tree) ?? []).filter { $0.hasPrefix("targets.") && $0 != "targets.json" }
    }
    for version in ["v2", "v3"] {
      for name in digests() {
        _ = try ChildProcess.run(["touch", "-d", "2 days ago", desk.machine.located(FolderDesk.tree + "/" + name)])
      }
      try desk.sign(JSONString(version))
    }
    #expect(digests().count == 2)
  }
}

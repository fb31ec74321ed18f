import OpenPGP
import Stores
import TestSupport
import Testing
import TrustChange
import TrustModel
import TrustVerify

@Suite("Rotating keys")
struct RotationTests {
  private let machine: SandboxMachine
  private let desk: Desk
  private let (old, new): (MadeCertificate, MadeCertificate)
  private let host: Scope

  init() throws {
    machine = try SandboxMachine()
    desk = Desk(machine)
    (old, new) = (try freshKey(), try freshKey("New <new@example.com>"))
    host = try scope("example.com")
  }

  private func rotate(due: Timestamp? = nil) throws -> Plan {
    let candidate = try #require(try desk.review(new.octets).first)
    return try desk.planner.rotate(from: old.fingerprint, to: candidate, in: host, due: due)
  }

  @Test("An administrator's key is taken away as the new one comes, and undo brings it back, all as one change")
  func administratorKey() throws {
    try machine.place(old, in: host, .administrator)
    let change = try desk.change(try rotate())
    #expect(change.edits.map(\.verb) == ["create", "remove"])
    #expect(change.effects.map(\.acceptedBefore) == [1] && change.effects.map(\.acceptedAfter) == [1])
    let id = try desk.apply(.change(change))
    #expect(try desk.accepted("example.com/hello") == [new.fingerprint])
    #expect(try desk.journal.entries.count == 1)
    try desk.apply(try desk.undo(id))
    #expect(try desk.accepted("example.com/hello") == [old.fingerprint])
  }

  @Test("A key of the distribution is switched off, also where the administrator has a copy")
  func distributionKey() throws {
    try machine.place(old, in: host, .distribution)
    try machine.place(old, in: host, .administrator)
    try desk.apply(try rotate())
    #expect(try desk.accepted("example.com/hello") == [new.fingerprint])
    #expect(machine.contents(old.place(host)) == [])
  }

  @Test("With an overlap both count; the audit watches it, and the end is one command")
  func overlap() throws {
    try machine.place(old, in: host, .distribution)
    let due = Moment.now.advanced(by: 86_400)
    let id = try desk.apply(try rotate(due: due))
    #expect(try desk.accepted("example.com/hello") == [old.fingerprint, new.fingerprint])
    #expect(try desk.journal[id]?.retirement?.due == due)
    func finding(_ now: Timestamp) throws -> Finding? {
      Auditor(desk.layers, journal: try desk.journal, at: now).findings.first { $0.id.hasPrefix("rotation") }
    }
    #expect(try finding(Moment.now)?.id == "rotation-open")
    #expect(try finding(Moment.now)?.severity == .note)
    #expect(try finding(due.advanced(by: -1))?.id == "rotation-open")
    #expect(try finding(due)?.id == "rotation-overdue")
    #expect(try finding(due)?.severity == .warning)
    #expect(
      try finding(due)?.fix?.prefix(7)
        == ["keyreeve", "rotate", "--prefix", "example.com", "--from", "\(old.fingerprint)", "--finish"])
    try desk.apply(try desk.planner.finishRotation(from: old.fingerprint, in: host))
    #expect(try desk.accepted("example.com/hello") == [new.fingerprint])
    #expect(try finding(due) == nil)
    #expect(try desk.planner.finishRotation(from: old.fingerprint, in: host).isNothing)
  }

  @Test("A rotation that was taken back is not watched any more")
  func undone() throws {
    try machine.place(old, in: host, .distribution)
    let id = try desk.apply(try rotate(due: Moment.now.advanced(by: 86_400)))
    try desk.apply(try desk.undo(id))
    let later = Moment.now.advanced(by: 90_000)
    #expect(
      !Auditor(desk.layers, journal: try desk.journal, at: later).findings.contains { $0.id.hasPrefix("rotation") })
  }

  @Test("A new key that is trusted already: only the old one is retired, or only the date is noted")
  func alreadyTrusted() throws {
    try machine.place(old, in: host, .distribution)
    try machine.place(new, in: host, .administrator)
    #expect(try desk.change(try rotate()).edits.count == 1)
    let id = try desk.apply(try rotate(due: Moment.now.advanced(by: 86_400)))
    #expect(try desk.journal[id]?.edits.isEmpty == true)
  }

  @Test("What cannot be rotated is refused, with the reason")
  func refusals() throws {
    #expect(throws: ChangeError.self) { try rotate() }
    try machine.place(old, in: try scope("other.example"), .distribution)
    do {
      _ = try rotate()
      Issue.record("a key of another scope was rotated")
    } catch let error as ChangeError {
      #expect(error.reason == .notFound && error.description.contains("--prefix other.example"), "\(error)")
    }
    try machine.place(old, in: host, .distribution)
    try machine.mask(old.fingerprint, in: host)
    #expect(throws: ChangeError.self) { try rotate() }
    let same = try #require(try desk.review(old.octets).first)
    #expect(throws: ChangeError.self) { try desk.planner.rotate(from: old.fingerprint, to: same, in: host) }
  }

  @Test("A rotation that a crash cut in two is finished by the next start, whichever file was written")
  func interrupted() throws {
    try machine.place(old, in: host, .administrator)
    let change = try desk.change(try rotate())
    _ = try desk.log.apply(change, at: Moment.now)
    // As after a crash between the two files: the end is missing in the log, and the old key is back.
    let log = desk.state.place + "/journal/log.jsonl"
    let lines = try #require(machine.contents(log)).split(separator: 0x0a)
    try machine.write(log, Array(lines[0]) + [0x0a])
    try machine.place(old, in: host, .administrator)
    let report = try desk.log.recover(at: Moment.now)
    #expect(report.count == 1)
    #expect(try desk.accepted("example.com/hello") == [new.fingerprint])
    #expect(try desk.journal.entries.first?.outcome == .done)
  }

  @Test("The plan says whether the new key carries a signature by the old one")
  func certification() throws {
    try machine.place(old, in: host, .administrator)
    #expect(try desk.change(try rotate()).warnings.contains { $0.contains("no signature by the old one") })
  }
}

@Suite("Refreshed keys")
struct RefreshTests {
  private let machine: SandboxMachine
  private let desk: Desk
  private let key: MadeKey
  private let host: Scope

  init() throws {
    machine = try SandboxMachine()
    desk = Desk(machine)
    key = try MadeKey.ed25519()
    host = try scope("example.com")
  }

  private func certificate(until end: Timestamp? = nil, userID: String = "Signer <signer@example.com>") throws
    -> MadeCertificate
  {
    guard let end else { return try .simple(key, userID: userID) }
    let expiry = MadeSubpacket.keyExpires(key, at: end)
    return try .simple(
      key, userID: userID, certification: .selfCertification().with { $0.hashed.append(expiry) })
  }

  private func difference(_ new: MadeCertificate) throws -> KeyDifference? {
    desk.planner.difference(of: try #require(try desk.review(new.octets).first), in: host)
  }

  @Test("A later expiry is taken over without being asked for by name, and shown")
  func laterExpiry() throws {
    let soon = Moment.now.advanced(by: 86_400)
    try machine.place(try certificate(until: soon), in: host, .administrator)
    let new = try certificate(until: soon.advanced(by: 400 * 86_400))
    #expect(try difference(new)?.losses == [])
    let change = try desk.change(try desk.trust(new.octets, in: host))
    #expect(change.summary.hasPrefix("refresh") && change.differences.count == 1)
    #expect(change.notes.contains { $0.contains("expires: \(soon.date) ->") }, "\(change.notes)")
    try desk.apply(.change(change))
    #expect(try desk.accepted("example.com/x") == [new.fingerprint])
  }

  @Test("New subkeys are taken over; an old copy without them is not")
  func subkeys() throws {
    let plain = try certificate()
    var richer = plain
    try richer.addSubkey(.ed25519())
    try machine.place(plain, in: host, .administrator)
    let id = try desk.apply(try desk.trust(richer.octets, in: host))
    #expect(id == 1)
    #expect(try difference(plain)?.losses.count == 1)
    do {
      _ = try desk.trust(plain.octets, in: host)
      Issue.record("a poorer copy was taken over")
    } catch let error as ChangeError {
      #expect(error.reason == .declined && error.description.contains("--replace"), "\(error)")
    }
    try desk.apply(try desk.trust(plain.octets, in: host, replacing: true))
  }

  @Test("A shorter validity is a loss; so is a revocation that is gone")
  func losses() throws {
    try machine.place(try certificate(), in: host, .administrator)
    #expect(try difference(try certificate(until: Moment.now.advanced(by: 1000)))?.losses.count == 1)
    var revoked = try certificate()
    try revoked.addOverKey(.revocation(0x20, .reason(1, "new key")))
    try machine.place(revoked, in: host, .administrator)
    #expect(try difference(try certificate())?.losses == ["the revocation"])
  }

  @Test("A revoked copy may take the place of a stored one, though revoked keys are never trusted anew")
  func revocation() throws {
    var revoked = try certificate()
    try revoked.addOverKey(.revocation(0x20, .reason(1, "new key")))
    #expect(throws: ChangeError.self) { try desk.trust(revoked.octets, in: host) }
    try machine.place(try certificate(), in: host, .administrator)
    let change = try desk.change(try desk.trust(revoked.octets, in: host))
    #expect(change.withdrawsTrust)
    try desk.apply(.change(change))
    #expect(try desk.accepted("example.com/x").isEmpty)
  }

  @Test("A key of the distribution is refreshed by an administrator's copy over it")
  func distribution() throws {
    try machine.place(try certificate(until: Moment.now.advanced(by: 1000)), in: host, .distribution)
    let new = try certificate()
    let change = try desk.change(try desk.trust(new.octets, in: host))
    #expect(change.edits.map(\.verb) == ["create"] && change.differences.count == 1)
  }

  @Test("The same key is nothing to do")
  func same() throws {
    try machine.place(try certificate(), in: host, .administrator)
    #expect(try desk.trust(try #require(machine.contents(certificate().place(host))), in: host).isNothing)
  }
}

extension Plan {
  /// Whether nothing needs to be done.
  var isNothing: Bool { if case .nothing = self { true } else { false } }
}

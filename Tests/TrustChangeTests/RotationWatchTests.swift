import OpenPGP
import Stores
import TestSupport
import Testing
import TrustChange
import TrustModel
import TrustVerify

/// What the audit says of rotations with an overlap, and what a crash leaves of them.
@Suite("Rotations that are watched")
struct RotationWatchTests {
  private let machine: SandboxMachine
  private let desk: Desk
  private let (old, new): (MadeCertificate, MadeCertificate)
  private let host: Scope
  private let due = Moment.now.advanced(by: 86_400)

  init() throws {
    machine = try SandboxMachine()
    desk = Desk(machine)
    (old, new) = (try freshKey(), try freshKey("New <new@example.com>"))
    host = try scope("example.com")
  }

  private func rotate(
    _ from: MadeCertificate, _ to: MadeCertificate, due: Timestamp? = nil, in scope: Scope? = nil,
    replacing: Bool = false
  ) throws -> Plan {
    let candidate = try #require(try desk.review(to.octets).first)
    return try desk.planner.rotate(
      from: from.fingerprint, to: candidate, in: scope ?? host, due: due, replacing: replacing)
  }

  private func findings(at now: Timestamp) throws -> [Finding] {
    Auditor(desk.layers, journal: try desk.journal, at: now).findings.filter { $0.id.hasPrefix("rotation") }
  }

  @Test("A second rotation away from the same key moves the date")
  func moved() throws {
    try machine.place(old, in: host, .administrator)
    try desk.apply(try rotate(old, new, due: due))
    try desk.apply(try rotate(old, new, due: due.advanced(by: 86_400)))
    #expect(try findings(at: due).map(\.id) == ["rotation-open"])
    #expect(try findings(at: due.advanced(by: 86_400)).map(\.id) == ["rotation-overdue"])
    // With the second one taken back, the first date is in force again.
    try desk.apply(try desk.undo(2))
    #expect(try findings(at: due).map(\.id) == ["rotation-overdue"])
  }

  @Test("After its end a key that is trusted again is trusted on purpose; an end that is taken back is none")
  func backAgain() throws {
    try machine.place(old, in: host, .distribution)
    try desk.apply(try rotate(old, new, due: due))
    let end = try desk.apply(try desk.planner.finishRotation(from: old.fingerprint, in: host))
    let undo = try desk.apply(try desk.undo(end))
    #expect(try findings(at: due).map(\.id) == ["rotation-overdue"])
    try desk.apply(try desk.undo(undo))
    #expect(try findings(at: due).isEmpty)
    try desk.apply(try rotate(new, old, replacing: true))
    #expect(try desk.accepted("example.com/hello") == [old.fingerprint])
    #expect(try findings(at: due).isEmpty)
  }

  @Test("A refreshed copy of the old key ends no rotation")
  func notEnded() throws {
    try machine.place(old, in: host, .distribution)
    try desk.apply(try rotate(old, new, due: due))
    var later = old
    try later.addSubkey(.ed25519())
    try desk.apply(try desk.trust(later.octets, in: host))
    #expect(try findings(at: due).map(\.id) == ["rotation-overdue"])
    #expect(try findings(at: due).first?.file == old.place(host))
  }

  @Test("A rotation for every name, and one for a prefix called root, are told from each other")
  func prefixCalledRoot() throws {
    let named = try scope("root")
    for scope in [Scope.root, named] {
      try machine.place(old, in: scope, .administrator)
      let id = try desk.apply(try rotate(old, new, due: due, in: scope))
      #expect(try desk.journal[id]?.retirement?.scope == scope)
    }
    let fixes = try findings(at: due).compactMap(\.fix).map { $0.dropFirst(2).prefix(2).joined(separator: " ") }
    #expect(Set(fixes.map { $0.hasPrefix("--root") ? "--root" : $0 }) == ["--root", "--prefix root"])
  }

  @Test("The fix of a finding is a command that ends it", arguments: [Layer.distribution, .administrator])
  func fix(layer: Layer) throws {
    try machine.place(old, in: host, layer)
    try desk.apply(try rotate(old, new, due: due))
    let fix = try #require(try findings(at: due).first?.fix)
    #expect(fix.suffix(2) == ["--sysroot", machine.path])
    try desk.apply(try desk.planner.finishRotation(from: old.fingerprint, in: host))
    #expect(try findings(at: due).isEmpty)
    #expect(try desk.accepted("example.com/hello") == [new.fingerprint])
  }

  @Test("The copy of a wider scope does not bring the old key back: an empty file keeps it off")
  func widerCopy() throws {
    try machine.place(old, .distribution)
    try machine.place(old, in: host, .administrator)
    let change = try desk.change(try rotate(old, new))
    #expect(change.warnings.contains { $0.contains("every image name other than example.com") }, "\(change.warnings)")
    try desk.apply(.change(change))
    #expect(try desk.accepted("example.com/hello") == [new.fingerprint])
    #expect(try desk.accepted("other.example/hello") == [old.fingerprint])
  }

  @Test("Copies of the old key that stay are named; those that the empty file reaches are not")
  func elsewhere() throws {
    let (part, other) = (try scope("example.com/part"), try scope("other.example"))
    for scope in [host, part] { try machine.place(old, in: scope, .distribution) }
    try machine.place(old, in: other, .administrator)
    let change = try desk.change(try rotate(old, new))
    let stays = change.warnings.filter { $0.contains("stays trusted") }
    #expect(stays.count == 1 && stays[0].contains("other.example"), "\(change.warnings)")
  }

  @Test("A revoked copy is no new key, even where one without the revocation is stored")
  func revokedSuccessor() throws {
    try machine.place(old, in: host, .administrator)
    try machine.place(new, in: host, .administrator)
    var revoked = new
    try revoked.addOverKey(.revocation(0x20, .reason(2, "stolen")))
    do {
      _ = try rotate(old, revoked)
      Issue.record("rotated to a revoked key")
    } catch let error as ChangeError {
      #expect(error.reason == .unfit, "\(error)")
    }
  }

  @Test("A mask over the new key is replaced only where asked for by name")
  func maskedSuccessor() throws {
    try machine.place(old, in: host, .administrator)
    try machine.mask(new.fingerprint, in: host)
    do {
      _ = try rotate(old, new)
      Issue.record("a mask was replaced")
    } catch let error as ChangeError {
      #expect(error.reason == .declined && error.description.contains("--replace"), "\(error)")
    }
    try desk.apply(try rotate(old, new, replacing: true))
    #expect(try desk.accepted("example.com/hello") == [new.fingerprint])
  }

  @Test("A good word of the old key is a note, a bad one a warning", arguments: [false, true])
  func certification(isBad: Bool) throws {
    try machine.place(old, in: host, .administrator)
    var certified = new
    let recipe = MadeSignature(0x10).with { $0.damage = isBad ? .numbers : nil }
    try certified.addOverUserID(octets: Array("New <new@example.com>".utf8), recipe, by: old.primary)
    let change = try desk.change(try rotate(old, certified))
    #expect(change.warnings.contains { $0.contains("DOES NOT HOLD: it does not match") } == isBad)
    #expect(change.notes.contains { $0.contains("good signature by the old one, made 2024-01-01") } == !isBad)
    #expect(change.certification == (isBad ? .bad("it does not match") : .good(Moment.signed)))
  }

  @Test("An overlap survives a crash after the first file, and is gone with one before it", arguments: [true, false])
  func crash(isWritten: Bool) throws {
    try machine.place(old, in: host, .distribution)
    try desk.apply(try rotate(old, new, due: due))
    let log = desk.state.place + "/journal/log.jsonl"
    let lines = try #require(machine.contents(log)).split(separator: 0x0a)
    let begin = try #require(lines.first)
    try machine.write(log, Array(begin) + [0x0a])
    if !isWritten { try machine.remove(new.place(host)) }
    #expect(try findings(at: due).isEmpty)
    try desk.log.recover(at: Moment.now)
    #expect(try findings(at: due).map(\.id) == (isWritten ? ["rotation-overdue"] : []))
    #expect(
      try desk.accepted("example.com/hello")
        == (isWritten ? [old.fingerprint, new.fingerprint] : [old.fingerprint]))
  }
}

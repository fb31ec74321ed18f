import OpenPGP
import TestSupport
import Testing
import TrustChange
import TrustModel
import TrustVerify

/// What a refreshed copy of a key brings and takes away, as gpg judges both copies.
@Suite("Differences between two copies of a key")
struct KeyDifferenceTests {
  private let machine: SandboxMachine
  private let desk: Desk
  private let key: MadeKey
  private let subkey: MadeKey

  init() throws {
    machine = try SandboxMachine()
    desk = Desk(machine)
    (key, subkey) = (try .ed25519(), try .ed25519())
  }

  /// A copy of the key, with whatever `extra` adds.
  private func copy(_ extra: (inout MadeCertificate) throws -> Void = { _ in }) throws -> MadeCertificate {
    var certificate = try MadeCertificate.simple(key)
    try extra(&certificate)
    return certificate
  }

  private func difference(from old: MadeCertificate, to new: MadeCertificate) throws -> KeyDifference {
    try machine.place(old, .administrator)
    let candidate = try #require(try desk.review(new.octets).first)
    return try #require(desk.planner.difference(of: candidate, in: .root))
  }

  private func withSubkey(until end: Timestamp? = nil, isRevoked: Bool = false) throws -> MadeCertificate {
    try copy { certificate in
      let binding = MadeSignature.binding().with {
        if let end { $0.hashed.append(.keyExpires(subkey, at: end)) }
      }
      try certificate.addSubkey(subkey, binding)
      if isRevoked { try certificate.addOverSubkey(subkey, .revocation(0x28, .reason(2, "lost"))) }
    }
  }

  @Test("A subkey's revocation that is gone is a loss; one that is new is none")
  func subkeyRevocation() throws {
    let (plain, revoked) = (try withSubkey(), try withSubkey(isRevoked: true))
    let forth = try difference(from: plain, to: revoked)
    #expect(forth.losses.isEmpty && forth.subkeys.revoked == ["\(subkey.fingerprint)"])
    #expect(forth.lines == ["subkey revoked: \(subkey.fingerprint)"])
    let back = try difference(from: revoked, to: plain)
    #expect(back.losses == ["the revocation of subkey \(subkey.fingerprint)"])
    #expect(throws: ChangeError.self) { try desk.trust(plain.octets) }
    let change = try desk.change(try desk.trust(plain.octets, replacing: true))
    #expect(change.warnings.contains { $0.contains("lost: the revocation of subkey") })
  }

  @Test("A subkey that ends earlier is a loss; one that ends later is none")
  func subkeyEnd() throws {
    let (short, long) = (try withSubkey(until: Moment.future), try withSubkey())
    #expect(try difference(from: short, to: long).losses.isEmpty)
    #expect(
      try difference(from: long, to: short).losses
        == ["validity of subkey \(subkey.fingerprint) after \(Moment.future.date)"])
    #expect(
      try difference(from: long, to: short).lines
        == ["subkey \(subkey.fingerprint) expires: never -> \(Moment.future.date)"])
  }

  @Test("A subkey that somebody else has hung on is nobody's: neither gain nor loss")
  func foreignSubkey() throws {
    let foreign = try copy { try $0.addSubkey(subkey, .binding(), by: .ed25519()) }
    #expect(try difference(from: copy(), to: foreign).subkeys.added.isEmpty)
    #expect(try difference(from: foreign, to: copy()).losses.isEmpty)
    // Bound before, hung on now: what counted is gone.
    #expect(try difference(from: withSubkey(), to: foreign).losses == ["subkey \(subkey.fingerprint)"])
  }

  @Test("User ids: new ones, missing ones, withdrawn ones")
  func userIDs() throws {
    let other = Array("Other <other@example.com>".utf8)
    let more = try copy { try $0.addUserID(octets: other) }
    let withdrawn = try copy {
      try $0.addUserID(octets: other)
      try $0.addOverUserID(octets: other, .revocation(0x30, .reason(32)))
    }
    #expect(try difference(from: copy(), to: more).lines == ["user id added: Other <other@example.com>"])
    #expect(try difference(from: more, to: copy()).losses == ["user id 'Other <other@example.com>'"])
    #expect(try difference(from: more, to: withdrawn).losses.isEmpty)
    #expect(try difference(from: more, to: withdrawn).userIDs.revoked == ["Other <other@example.com>"])
    #expect(
      try difference(from: withdrawn, to: more).losses == ["the revocation of user id 'Other <other@example.com>'"])
  }

  @Test("A user id that anybody could have added, or with hidden characters, is no gain and shown safely")
  func foreignUserID() throws {
    let foreign = try copy { try $0.addUserID("Somebody <else@example.com>", nil) }
    #expect(try difference(from: copy(), to: foreign).userIDs.added.isEmpty)
    let hidden = try copy { try $0.addUserID("Evil \u{1b}[2J\u{202e} <e@example.com>") }
    let shown = try difference(from: copy(), to: hidden).lines.joined()
    #expect(!shown.unicodeScalars.contains { $0 == "\u{1b}" || $0 == "\u{202e}" }, "\(shown)")
  }

  @Test("A revoked copy loses nothing, whatever it lacks: nothing of it counts any more")
  func revokedCopy() throws {
    let bare = try copy { try $0.addOverKey(.revocation(0x20, .reason(2, "stolen"))) }
    let forth = try difference(from: withSubkey(), to: bare)
    #expect(forth.revokes && forth.losses.isEmpty)
    #expect(try difference(from: bare, to: withSubkey()).losses == ["the revocation"])
  }

  @Test("A forged revocation revokes nothing")
  func forgedRevocation() throws {
    let forged = try copy {
      try $0.addOverKey(.revocation(0x20, nil).with { $0.issuer = .lyingFingerprint(key.fingerprint) }, by: .ed25519())
    }
    #expect(try !difference(from: copy(), to: forged).revokes)
  }

  @Test("A copy that has expired is refreshed by one that has not; the other way round it is refused")
  func expired() throws {
    let end = MadeSubpacket.keyExpires(key, at: Moment.lateEnd)
    let short = try MadeCertificate.simple(
      key, certification: .selfCertification().with { $0.hashed.append(end) })
    #expect(try difference(from: short, to: copy()).losses.isEmpty)
    let change = try desk.change(try desk.trust(copy().octets))
    #expect(change.effects.map(\.acceptedBefore) == [0] && change.effects.map(\.acceptedAfter) == [1])
    #expect(change.notes.count == 1 && change.warnings.isEmpty)
    #expect(try difference(from: copy(), to: short).losses == ["validity after \(Moment.lateEnd.date)"])
    #expect(throws: ChangeError.self) { try desk.trust(short.octets, replacing: true) }
  }

  @Test("A key that a wider mask switches off is not there already: to trust it again is a new decision")
  func widerMask() throws {
    let host = try scope("example.com")
    try machine.place(copy(), in: host, .distribution)
    try machine.mask(key.fingerprint)
    let more = try #require(try desk.review(try withSubkey().octets).first)
    #expect(desk.planner.difference(of: more, in: host) == nil)
    #expect(try desk.change(try desk.planner.trust([more], in: host)).summary.hasPrefix("trust"))
  }

  @Test("Over a key of the distribution a refreshed copy is stored beside it, and the plan says so")
  func distribution() throws {
    try machine.place(copy(), .distribution)
    let change = try desk.change(try desk.trust(try withSubkey().octets))
    #expect(change.notes.contains { $0.contains("the distribution's copy stays") }, "\(change.notes)")
    let id = try desk.apply(.change(change))
    #expect(try desk.accepted("example.com/x") == [key.fingerprint])
    try desk.apply(try desk.undo(id))
    #expect(machine.contents(try copy().place()) == nil)
  }
}

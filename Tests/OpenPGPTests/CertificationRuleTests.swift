import OpenPGP
import TestSupport
import Testing
import TrustModel

/// What makes a certification by the old key count or not: its own fields, the old key's life, and how many are tried.
@Suite("Rules for certifications")
struct CertificationRuleTests {
  private static let userID = Array("New <new@example.com>".utf8)

  private let old: MadeKey
  private let new: MadeKey

  init() throws { (old, new) = (try .ed25519(), try .ed25519()) }

  /// What comes of certifications of the new key by the old one (or `signer`), the old key's certificate being `holder`.
  private func outcome(
    _ recipes: [MadeSignature], by signer: MadeKey? = nil, holder: MadeCertificate? = nil
  ) throws -> Certification {
    var certificate = try MadeCertificate.simple(new, userID: "New <new@example.com>")
    for recipe in recipes {
      try certificate.addOverUserID(octets: Self.userID, recipe, by: signer ?? old)
    }
    return Certification.of(
      try Certificate.read(certificate.octets), by: try Certificate.read((holder ?? .simple(old)).octets),
      at: Moment.now)
  }

  private func problem(_ outcome: Certification) -> String? {
    if case .bad(let problem) = outcome { problem } else { nil }
  }

  /// The old key's certificate, revoked in 2025 with this reason code.
  private func revoked(_ code: UInt8?) throws -> MadeCertificate {
    var certificate = MadeCertificate(old)
    try certificate.addOverKey(.revocation(0x20, code.map { .reason($0, "gone") }))
    try certificate.addUserID("Old <old@example.com>")
    return certificate
  }

  @Test("Every type of certification counts", arguments: [UInt8(0x10), 0x11, 0x12, 0x13])
  func types(type: UInt8) throws {
    #expect(try outcome([MadeSignature(type)]) == .good(Moment.signed))
  }

  @Test("The newest good one counts, whatever stands beside it")
  func newest() throws {
    let earlier = MadeSignature.certification.with { $0.created = Moment.earlyEnd }
    #expect(try outcome([earlier, .init(0x10), .init(0x10).with { $0.damage = .numbers }]) == .good(Moment.signed))
  }

  @Test("Its own validity may end")
  func expired() throws {
    func ending(_ seconds: Int64) throws -> Certification {
      try outcome([MadeSignature(0x10).with { $0.hashed = [.expires(after: seconds)] }])
    }
    let left = Moment.now.seconds - Moment.signed.seconds
    #expect(problem(try ending(left))?.contains("validity ended") == true)
    #expect(try ending(left + 1) == .good(Moment.signed))
    #expect(try ending(0) == .good(Moment.signed))
  }

  @Test("A revocation of it counts from its date on, and only one that the old key made")
  func takenBack() throws {
    let later = MadeSignature(0x30).with { $0.created = Moment.lateEnd }
    #expect(problem(try outcome([.init(0x10), later]))?.contains("taken back") == true)
    #expect(problem(try outcome([later, .init(0x10)]))?.contains("taken back") == true)
    let forged = later.with { $0.damage = .numbers }
    #expect(try outcome([.init(0x10), forged]) == .good(Moment.signed))
    let before = MadeSignature(0x30).with { $0.created = Moment.earlyEnd }
    #expect(try outcome([before, .init(0x10)]) == .good(Moment.signed))
    let again = MadeSignature(0x10).with { $0.created = Timestamp(seconds: Moment.lateEnd.seconds + 1) }
    #expect(try outcome([.init(0x10), later, again]) == .good(Timestamp(seconds: Moment.lateEnd.seconds + 1)))
    #expect(try outcome([later]) == .none)
  }

  @Test("A revocation over another user id of the new key takes nothing back")
  func otherUserID() throws {
    var certificate = try MadeCertificate.simple(new, userID: "New <new@example.com>")
    try certificate.addOverUserID(octets: Self.userID, .init(0x10), by: old)
    let other = Array("Other <other@example.com>".utf8)
    try certificate.addUserID(octets: other)
    try certificate.addOverUserID(octets: other, MadeSignature(0x30).with { $0.created = Moment.lateEnd }, by: old)
    let outcome = Certification.of(
      try Certificate.read(certificate.octets), by: try Certificate.read(MadeCertificate.simple(old).octets),
      at: Moment.now)
    #expect(outcome == .good(Moment.signed))
  }

  @Test("A certification of another key that was moved here does not match")
  func moved() throws {
    let victim = try MadeCertificate.simple(.ed25519(), userID: "New <new@example.com>")
    var certificate = try MadeCertificate.simple(new, userID: "New <new@example.com>")
    let packet = try MadeSignature(0x10).packet(by: old, over: .userID(Self.userID, of: victim.primary))
    certificate.packets.append(packet)
    let outcome = Certification.of(
      try Certificate.read(certificate.octets), by: try Certificate.read(MadeCertificate.simple(old).octets),
      at: Moment.now)
    #expect(problem(outcome) == "it does not match")
  }

  @Test("Another key that claims the old one's name does not match")
  func lie() throws {
    let liar = try MadeKey.ed25519()
    let lying = MadeSignature(0x10).with { $0.issuer = .lyingFingerprint(old.fingerprint) }
    #expect(problem(try outcome([lying], by: liar)) == "it does not match")
    #expect(try outcome([.init(0x10).with { $0.issuer = .nowhere }]) == .none)
  }

  @Test("One made outside of the old key's life does not count")
  func life() throws {
    let early = MadeSignature(0x10).with { $0.created = Moment.beforeKeys }
    #expect(problem(try outcome([early]))?.contains("older than the key") == true)
    let end = MadeSubpacket.keyExpires(old, at: Moment.signed)
    let certification = MadeSignature.selfCertification().with { $0.hashed.append(end) }
    let ended = try MadeCertificate.simple(old, certification: certification)
    #expect(problem(try outcome([.init(0x10)], holder: ended))?.contains("had expired") == true)
    let justBefore = MadeSignature(0x10).with { $0.created = Timestamp(seconds: Moment.signed.seconds - 1) }
    #expect(try outcome([justBefore], holder: ended) == .good(Timestamp(seconds: Moment.signed.seconds - 1)))
  }

  @Test(
    "An old key that was compromised, or does not say why it is revoked, vouches for nobody", arguments: [0, 2, 99])
  func hardRevocation(code: UInt8) throws {
    #expect(problem(try outcome([.init(0x10)], holder: revoked(code)))?.contains("revoked") == true)
    #expect(problem(try outcome([.init(0x10)], holder: revoked(nil)))?.contains("revoked") == true)
  }

  @Test("An old key that was superseded vouches for what it certified before that", arguments: [1, 3])
  func softRevocation(code: UInt8) throws {
    #expect(try outcome([.init(0x10)], holder: revoked(code)) == .good(Moment.signed))
    let after = MadeSignature(0x10).with { $0.created = Moment.lateEnd }
    #expect(problem(try outcome([after], holder: revoked(code)))?.contains("revoked") == true)
  }

  @Test("A revocation of the old key that somebody else made changes nothing")
  func foreignRevocation() throws {
    var holder = MadeCertificate(old)
    try holder.addOverKey(
      .revocation(0x20, .reason(2)).with { $0.issuer = .lyingFingerprint(old.fingerprint) }, by: .ed25519())
    try holder.addUserID("Old <old@example.com>")
    #expect(try outcome([.init(0x10)], holder: holder) == .good(Moment.signed))
  }

  @Test("What cannot be understood, and weak hashes, do not count")
  func unsound() throws {
    let critical = MadeSignature(0x10).with { $0.hashed = [.notation("x@example.com", [1], critical: true)] }
    #expect(problem(try outcome([critical])) == "a critical notation")
    for hash in [MadeHash.sha1, .md5] {
      #expect(problem(try outcome([.init(0x10).with { $0.hash = hash }]))?.contains("no longer counts") == true)
    }
  }

  @Test("A weak old key vouches for nobody")
  func weakOldKey() throws {
    let weak = try MadeKey.rsa(1024)
    let result = try outcome([.init(0x10)], by: weak, holder: .simple(weak))
    #expect(problem(result)?.contains("too weak") == true)
  }

  @Test("So many are tried, and no more")
  func limit() throws {
    let bad = MadeSignature(0x10).with { $0.damage = .numbers }
    let fill = [MadeSignature](repeating: bad, count: Certification.limit - 1)
    #expect(try outcome(fill + [.init(0x10)]) == .good(Moment.signed))
    #expect(problem(try outcome(fill + [bad, .init(0x10)])) == "it does not match")
  }
}

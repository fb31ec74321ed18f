import OpenPGP
import TestSupport
import Testing
import TrustModel

/// A revocation counts wherever it stands in the file: the engine is given an order in which it sees it.
@Suite("Revocations anywhere in a certificate")
struct PacketOrderTests {
  @Test("The key's own revocation counts behind every other packet")
  func keyRevocation() throws {
    let primary = try MadeKey.ed25519()
    let revocation = try MadeSignature.revocation(0x20, .reason(2)).packet(by: primary, over: .key(primary))
    let made = try certificate(primary)
    try expectRevoked(made, revocation) { $0.validity == .revoked("compromised") }
  }

  @Test("A subkey's revocation counts behind every other packet")
  func subkeyRevocation() throws {
    let (primary, subkey) = (try MadeKey.ed25519(), try MadeKey.ed25519())
    let revocation = try MadeSignature.revocation(0x28, .reason(2)).packet(
      by: primary, over: .subkey(subkey, of: primary))
    var made = try certificate(primary)
    try made.addSubkey(subkey)
    try made.addSubkey(.p256())
    try expectRevoked(made, revocation) { $0.key(subkey.fingerprint)?.isRevoked == true && $0.validity == .valid }
  }

  @Test("A foreign or broken revocation changes nothing, wherever it stands", arguments: [false, true])
  func worthlessRevocation(isForeign: Bool) throws {
    let (primary, stranger) = (try MadeKey.ed25519(), try MadeKey.ed25519())
    let recipe = MadeSignature.revocation(0x20, .reason(2)).with { $0.damage = isForeign ? nil : .numbers }
    let revocation = try recipe.packet(by: isForeign ? stranger : primary, over: .key(primary))
    try expectRevoked(certificate(primary), revocation) { $0.validity == .valid }
  }

  @Test("The octets for the engine begin with the key, its revocations and direct-key signatures")
  func canonicalOrder() throws {
    let primary = try MadeKey.ed25519()
    var made = try MadeCertificate.simple(primary)
    let direct = try MadeSignature.directKey().packet(by: primary, over: .key(primary), .old)
    let revocation = try MadeSignature.revocation(0x20, nil).packet(by: primary, over: .key(primary), .old)
    made.packets.insert(direct, at: 1)
    made.packets.append(revocation)
    let octets = try Certificate.read(made.octets).octets
    #expect(octets.starts(with: primary.packet(.publicKey, .old) + revocation + direct))
  }

  @Test("Certifications by others and pictures are not given to the engine, but kept in the armored form")
  func leftOut() throws {
    let plain = try MadeCertificate.simple(.ed25519())
    var full = plain
    try full.addOverUserID(octets: Array("Test Signer <signer@example.com>".utf8), .certification, by: .ed25519())
    full.add(.userAttribute, [1, 0])
    let certificate = try Certificate.read(full.octets)
    #expect(certificate.octets == (try Certificate.read(plain.octets).octets))
    #expect(try Certificate.read(certificate.armored).remarks == certificate.remarks)
  }

  private func certificate(_ primary: MadeKey) throws -> MadeCertificate {
    var made = try MadeCertificate.simple(primary)
    try made.addUserID("Second <s@example.com>")
    try made.addSubkey(.ed25519())
    return made
  }

  /// Judges the certificate with `packet` at each place behind the primary key.
  private func expectRevoked(
    _ made: MadeCertificate, _ packet: [UInt8], _ isExpected: (Judgement) -> Bool
  ) throws {
    for place in 1...made.packets.count {
      var changed = made
      changed.packets.insert(packet, at: place)
      let certificate = try Certificate.read(changed.octets)
      let judgement = try #require(
        try Verification.judge.judge([certificate], at: Moment.now)[certificate.fingerprint])
      #expect(isExpected(judgement), "at place \(place) of \(made.packets.count): \(judgement)")
    }
  }
}

import OpenPGP
import TestSupport
import Testing
import TrustModel

@Suite("Reading certificates")
struct CertificateReadingTests {
  @Test("An armored certificate and its binary form are the same certificate")
  func armoredAndBinary() throws {
    let made = try MadeCertificate.simple(.ed25519())
    let binary = try Certificate.read(made.octets)
    let armored = try Certificate.read(MadeArmor.publicKey.wrap(made.octets))
    #expect(binary == armored)
    #expect(binary.fingerprint == made.primary.fingerprint)
    #expect(binary.created == Moment.keyMade)
    #expect(binary.algorithm.description == "ed25519")
    #expect(binary.userIDs.map(\.visible.description) == ["Test Signer <signer@example.com>"])
    #expect(binary.remarks.isEmpty)
    #expect(!binary.isClaimedRevoked)
    #expect(binary.claimedExpiry == nil)
  }

  @Test("The armored form reads back as the same certificate")
  func armoredReadsBack() throws {
    var made = try MadeCertificate.simple(.p256())
    try made.addSubkey(.ed25519())
    let certificate = try Certificate.read(made.octets)
    #expect(try Certificate.read(certificate.armored) == certificate)
  }

  @Test("Subkeys keep their order, algorithm and dates")
  func subkeys() throws {
    let subkeys = [try MadeKey.p384(), try .rsa(2048), try .ecdhShape(), try .ed25519(created: Moment.earlyEnd)]
    var made = try MadeCertificate.simple(.ed25519())
    for subkey in subkeys { try made.addSubkey(subkey) }
    let read = try Certificate.read(made.octets).subkeys
    #expect(read.map(\.fingerprint) == subkeys.map(\.fingerprint))
    #expect(read.map(\.algorithm.description) == ["nistp384", "rsa2048", "ecdh", "ed25519"])
    #expect(read.map(\.created) == subkeys.map(\.created))
  }

  @Test("The newest self-signature's expiry is the claimed one", arguments: [false, true])
  func claimedExpiry(isNewestFirst: Bool) throws {
    let key = try MadeKey.ed25519()
    let userID = Array("A <a@example.com>".utf8)
    var certifications = [(Moment.keyMade, Moment.lateEnd), (Moment.earlyEnd, Moment.future)]
    if isNewestFirst { certifications.reverse() }
    var made = MadeCertificate(key)
    try made.addUserID(octets: userID, nil)
    for (created, end) in certifications {
      try made.addOverUserID(
        octets: userID,
        .selfCertification().with {
          $0.created = created
          $0.hashed.append(.keyExpires(key, at: end))
        })
    }
    #expect(try Certificate.read(made.octets).claimedExpiry == Moment.future)
  }

  @Test(
    "The revocation's reason is read and made visible",
    arguments: [
      (MadeSubpacket.reason(1, "see the new key"), "superseded: see the new key"),
      (.reason(2), "compromised"),
      (.reason(3, "a\u{1b}[2Jb"), "no longer used: a<U+001B>[2Jb"),
      (nil, nil),
    ] as [(MadeSubpacket?, String?)])
  func revocationReason(reason: MadeSubpacket?, text: String?) throws {
    var made = try MadeCertificate.simple(.ed25519())
    try made.addOverKey(.revocation(0x20, reason))
    let certificate = try Certificate.read(made.octets)
    #expect(certificate.isClaimedRevoked)
    #expect(certificate.revocationReason == text)
  }

  @Test("A revocation that names another key as its maker is a remark, not a claim")
  func foreignRevocation() throws {
    var made = try MadeCertificate.simple(.ed25519())
    try made.addOverKey(.revocation(0x20, .reason(2)), by: .ed25519())
    let certificate = try Certificate.read(made.octets)
    #expect(!certificate.isClaimedRevoked)
    #expect(certificate.remarks == [.foreignRevocation])
  }

  @Test("A self-signature made with a weak hash is a remark", arguments: [MadeHash.md5, .sha1])
  func weakSelfSignature(hash: MadeHash) throws {
    let made = try MadeCertificate.simple(.ed25519(), certification: .selfCertification().with { $0.hash = hash })
    let certificate = try Certificate.read(made.octets)
    #expect(certificate.remarks == [.weakSelfSignature(hash == .md5 ? .md5 : .sha1, type: 0x13)])
  }

  @Test("Certifications by others, pictures, hidden characters and unbound subkeys are remarks")
  func remarks() throws {
    let subkey = try MadeKey.ed25519()
    var made = MadeCertificate(try .ed25519())
    try made.addUserID("Name\u{202e}desrever")
    try made.addOverUserID(octets: Array("Name\u{202e}desrever".utf8), .certification, by: .ed25519())
    try made.addUserID("Unsigned <u@example.com>", nil)
    made.add(.userAttribute, [1, 0])
    try made.addSubkey(subkey, nil)
    let remarks = try Certificate.read(made.octets).remarks
    let expected: [CertificateRemark] = [
      .hiddenCharacters(userID: 0), .foreignCertifications(1), .userAttributes(1), .userIDWithoutSelfSignature(1),
      .unboundSubkey(subkey.fingerprint),
    ]
    #expect(remarks.count == expected.count)
    for remark in expected { #expect(remarks.contains(remark), "\(remark)") }
  }

  @Test("Two user ids with one hidden character each are shown visibly, octets that are no UTF-8 too")
  func visibleUserIDs() throws {
    var made = MadeCertificate(try .ed25519())
    try made.addUserID(octets: [0x41, 0x1b, 0x5b, 0x32, 0x4a])
    try made.addUserID(octets: [0xff, 0x42])
    let userIDs = try Certificate.read(made.octets).userIDs.map(\.visible.description)
    #expect(userIDs == ["A<U+001B>[2J", "<0xFF>B"])
  }

  @Test("Marker and trust packets are skipped and not kept")
  func markers() throws {
    var made = try MadeCertificate.simple(.ed25519())
    let plain = try Certificate.read(made.octets)
    made.add(.trust, [1, 2])
    made.add(.marker, Array("PGP".utf8))
    made.packets.insert(MadePacket.make(.marker, Array("PGP".utf8)), at: 0)
    #expect(try Certificate.read(made.octets) == plain)
  }

  @Test("A file with two certificates is one too many for `read`, and two for `readAll`", arguments: [false, true])
  func severalCertificates(isArmored: Bool) throws {
    let both = [try MadeCertificate.simple(.ed25519()), try .simple(.p256())]
    let file = isArmored ? both.flatMap { MadeArmor.publicKey.wrap($0.octets) } : both.flatMap(\.octets)
    #expect(throws: CertificateError.severalCertificates(2)) { try Certificate.read(file) }
    #expect(try Certificate.readAll(file).map(\.fingerprint) == both.map(\.primary.fingerprint))
  }
}

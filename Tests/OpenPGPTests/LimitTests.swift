import OpenPGP
import TestSupport
import Testing

@Suite("Limits: the last that is read, and one past it")
struct LimitTests {
  @Test("The standard limits are those of the catalogue")
  func standard() {
    let limits = OpenPGPLimits.standard
    #expect(limits.keyFileOctets == 512 * 1024)
    #expect(limits.signatureOctets == 64 * 1024)
    #expect(limits.detachedSignatures == 32)
    #expect(limits.userIDs == 64)
  }

  @Test("Octets of a key file")
  func keyFileOctets() throws {
    let file = try MadeCertificate.simple(.ed25519()).octets
    var limits = OpenPGPLimits()
    limits.keyFileOctets = file.count
    _ = try Certificate.read(file, limits: limits)
    limits.keyFileOctets -= 1
    #expect(throws: CertificateError.tooLarge(limit: file.count - 1)) { try Certificate.read(file, limits: limits) }
  }

  @Test("Certificates in one file")
  func certificates() throws {
    let two = try MadeCertificate.simple(.ed25519()).octets + MadeCertificate.simple(.ed25519()).octets
    let one = try MadeCertificate.simple(.ed25519()).octets
    var limits = OpenPGPLimits()
    limits.certificates = 2
    #expect(try Certificate.readAll(two, limits: limits).count == 2)
    #expect(throws: CertificateError.self) { try Certificate.readAll(two + one, limits: limits) }
    #expect(throws: CertificateError.self) {
      try Certificate.readAll([two, one].flatMap { MadeArmor.publicKey.wrap($0) }, limits: limits)
    }
  }

  @Test("P-35 user ids, attributes among them")
  func userIDs() throws {
    var made = MadeCertificate(try .ed25519())
    for number in 1...62 { try made.addUserID("\(number)") }
    made.add(.userAttribute, [1, 0])
    made.add(.userAttribute, [1, 0])
    #expect(try Certificate.read(made.octets).userIDs.count == 62)
    try made.addUserID("one more")
    #expect(throws: CertificateError.tooMany("user ids", limit: 64)) { try Certificate.read(made.octets) }
  }

  @Test("Octets of one user id")
  func userIDOctets() throws {
    var made = MadeCertificate(try .ed25519())
    try made.addUserID(octets: [UInt8](repeating: 65, count: 4096))
    #expect(try Certificate.read(made.octets).userIDs.first?.octets.count == 4096)
    try made.addUserID(octets: [UInt8](repeating: 65, count: 4097))
    #expect(throws: CertificateError.tooLong("user id", limit: 4096)) { try Certificate.read(made.octets) }
  }

  @Test("Subkeys")
  func subkeys() throws {
    let subkey = try MadeKey.ed25519()
    var made = try MadeCertificate.simple(.ed25519())
    for _ in 1...64 { try made.addSubkey(subkey, nil) }
    #expect(try Certificate.read(made.octets).subkeys.count == 64)
    try made.addSubkey(subkey, nil)
    #expect(throws: CertificateError.tooMany("subkeys", limit: 64)) { try Certificate.read(made.octets) }
  }

  @Test("P-36 signatures of one certificate, others' among them")
  func signatures() throws {
    let stranger = try MadeKey.ed25519()
    var made = try MadeCertificate.simple(.ed25519())
    let certification = try MadeSignature.certification.packet(
      by: stranger, over: .userID(Array("Test Signer <signer@example.com>".utf8), of: made.primary))
    made.packets += [[UInt8]](repeating: certification, count: 1023)
    _ = try Certificate.read(made.octets)
    made.packets.append(certification)
    #expect(throws: CertificateError.tooMany("signatures", limit: 1024)) { try Certificate.read(made.octets) }
  }

  @Test("P-41 octets of one signature in a certificate")
  func signatureOctets() throws {
    let made = try MadeCertificate.simple(.ed25519())
    let notation = MadeSubpacket.notation("n@example.com", [UInt8](repeating: 1, count: 300))
    let recipe = MadeSignature.directKey().with { $0.hashed.append(notation) }
    let signature = try recipe.body(by: made.primary, over: .key(made.primary))
    var limits = OpenPGPLimits()
    limits.signatureOctets = signature.count
    var longer = made
    longer.packets = [made.packets[0], MadePacket.make(.signature, signature)] + made.packets[1...]
    _ = try Certificate.read(longer.octets, limits: limits)
    limits.signatureOctets -= 1
    #expect(throws: CertificateError.tooLong("signature", limit: signature.count - 1)) {
      try Certificate.read(longer.octets, limits: limits)
    }
  }

  @Test("P-41 subpackets of one signature, both areas together", arguments: [(253, true), (254, false)])
  func subpackets(notations: Int, isRead: Bool) throws {
    // Beside the notations: issuer fingerprint and date under the signature, issuer key id beside it.
    let file = try SignedFile.signed {
      $0.hashed = .init(repeating: .notation("n@example.com", [1]), count: notations / 2)
      $0.unhashed = .init(repeating: .notation("n@example.com", [1]), count: notations - notations / 2)
    }
    let signatures = try? DetachedSignature.readAll(file.signatureFile)
    #expect((signatures != nil) == isRead)
  }

  @Test("P-41 octets of one detached signature")
  func detachedOctets() throws {
    let key = try MadeKey.ed25519()
    let body = try MadeSignature.detached.body(by: key, over: .data([]))
    var limits = OpenPGPLimits()
    limits.signatureOctets = body.count
    let file = MadePacket.make(.signature, body)
    #expect(try DetachedSignature.readAll(file, limits: limits).count == 1)
    limits.signatureOctets -= 1
    #expect(throws: SignatureFileError.self) { try DetachedSignature.readAll(file, limits: limits) }
  }

  @Test("P-07 signatures in one file")
  func detachedSignatures() throws {
    let packet = try MadeSignature.detached.packet(by: .ed25519(), over: .data([]))
    let most = [[UInt8]](repeating: packet, count: 32).flatMap { $0 }
    #expect(try DetachedSignature.readAll(most).count == 32)
    #expect(throws: SignatureFileError.tooMany(limit: 32)) { try DetachedSignature.readAll(most + packet) }
  }

  @Test("Octets of a signature file")
  func signatureFileOctets() throws {
    let file = try SignedFile.signed().signatureFile
    var limits = OpenPGPLimits()
    limits.signatureFileOctets = file.count
    #expect(try DetachedSignature.readAll(file, limits: limits).count == 1)
    limits.signatureFileOctets -= 1
    #expect(throws: SignatureFileError.tooLarge(limit: file.count - 1)) {
      try DetachedSignature.readAll(file, limits: limits)
    }
  }
}

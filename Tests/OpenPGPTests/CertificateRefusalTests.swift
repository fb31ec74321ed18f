import OpenPGP
import TestSupport
import Testing

@Suite("Key files that are refused")
struct CertificateRefusalTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let isExpected: @Sendable (CertificateError) -> Bool
    let make: @Sendable () throws -> [UInt8]

    init(
      _ name: String, _ isExpected: @escaping @Sendable (CertificateError) -> Bool,
      make: @escaping @Sendable () throws -> [UInt8]
    ) {
      (self.name, self.isExpected, self.make) = (name, isExpected, make)
    }

    init(_ name: String, _ error: CertificateError, make: @escaping @Sendable () throws -> [UInt8]) {
      self.init(name, { $0 == error }, make: make)
    }

    var testDescription: String { name }
  }

  static let versions: [Case] = [2, 3, 5, 6].map { version in
    Case("P-24 a version \(version) primary key", .unsupportedVersion(version)) {
      var body = try MadeKey.ed25519().body
      body[0] = UInt8(version)
      return MadePacket.make(.publicKey, body)
    }
  }

  static let contents: [Case] = [
    Case("nothing", .empty) { [] },
    Case("a README", .notOpenPGP) { Array("Keys are described here.\n".utf8) },
    Case("zeros", .notOpenPGP) { [UInt8](repeating: 0, count: 100) },
    Case("P-24 a version 6 subkey", .unsupportedVersion(6)) {
      var made = try MadeCertificate.simple(.ed25519())
      made.add(.publicSubkey, [6] + (try MadeKey.ed25519().body.dropFirst()))
      return made.octets
    },
    Case("P-33 a secret key", .secretKey) {
      MadePacket.make(.secretKey, try MadeKey.ed25519().body + [0, 1, 0, 1, 0])
    },
    Case("P-33 a secret subkey", .secretKey) {
      var made = try MadeCertificate.simple(.ed25519())
      made.add(.secretSubkey, try MadeKey.ed25519().body + [0, 1, 0, 1, 0])
      return made.octets
    },
    Case("P-33 an armored secret key", .secretKey) {
      MadeArmor(label: "PGP PRIVATE KEY BLOCK").wrap(try MadeKey.ed25519().packet())
    },
    Case("P-33 a secret key behind the label of a public one", .secretKey) {
      MadeArmor.publicKey.wrap(MadePacket.make(.secretKey, try MadeKey.ed25519().body + [0, 1, 0, 1, 0]))
    },
    Case("a signature", isNoCertificate) { try SignedFile.signed().signatureFile },
    Case("a binary signature", isNoCertificate) {
      let key = try MadeKey.ed25519()
      return try MadeSignature.detached.packet(by: key, over: .data([]))
    },
    Case("literal data", isNoCertificate) { MadePacket.make(.literal, [0x62, 0, 0, 0, 0, 0, 1]) },
    Case("compressed packets", isNoCertificate) {
      MadePacket.make(.compressed, [0] + (try MadeCertificate.simple(.ed25519()).octets))
    },
    Case("a user id before the key", isMalformed) {
      MadePacket.make(.userID, [65]) + (try MadeCertificate.simple(.ed25519()).octets)
    },
    Case("literal data inside a certificate", isMalformed) {
      var made = try MadeCertificate.simple(.ed25519())
      made.add(.literal, [0x62, 0, 0, 0, 0, 0, 1])
      return made.octets
    },
    Case("junk behind the certificate", isMalformed) { try MadeCertificate.simple(.ed25519()).octets + [1, 2, 3] },
    Case("a length beyond the end", isMalformed) {
      MadePacket.make(.publicKey, try MadeKey.ed25519().body, .newClaiming(0xffff_fff0))
    },
    Case("a packet without length", isMalformed) {
      let key = try MadeKey.ed25519()
      return key.packet() + MadePacket.make(.userID, [65], .oldIndeterminate)
    },
    Case("octets behind the key's numbers", isMalformed) {
      MadePacket.make(.publicKey, try MadeKey.ed25519().body + [0])
    },
    Case("an empty key packet", isMalformed) { MadePacket.make(.publicKey, []) },
  ]

  static let armor: [Case] = [
    Case("P-29 a wrong checksum", isArmor) { try armored { $0.checksum = .wrong } },
    Case("P-29 the label of a message", isNoCertificate) { try armored { $0.label = "PGP MESSAGE" } },
    Case("P-29 the label of a signature", isNoCertificate) { try armored { $0.label = "PGP SIGNATURE" } },
    Case("P-29 another label at the end", isArmor) { try armored { $0.endLabel = "PGP SIGNATURE" } },
    Case("P-29 no empty line before the body", isArmor) { try armored { $0.hasBlankLine = false } },
    Case("P-29 an unknown label", isArmor) { try armored { $0.label = "PGP SOMETHING" } },
    Case("P-29 no last line", isArmor) { Array(try armored { _ in }.dropLast(40)) },
    Case("P-29 a character that is none of base 64", isArmor) {
      var text = try armored { _ in }
      text[100] = UInt8(ascii: "!")
      return text
    },
  ]

  @Test("A file that is not one usable certificate is refused by name", arguments: versions + contents + armor)
  func refused(shape: Case) throws {
    let file = try shape.make()
    do throws(CertificateError) {
      let certificate = try Certificate.read(file)
      Issue.record("read as \(certificate.fingerprint)")
    } catch {
      #expect(shape.isExpected(error), "\(error)")
      #expect(!error.description.isEmpty)
    }
  }

  @Test(
    "Armor in every form that the standard allows is read",
    arguments: [
      MadeArmor.publicKey.with { $0.checksum = .absent }, .publicKey.with { $0.lineEnding = "\r\n" },
      .publicKey.with { $0.headers = ["Version: GnuPG v2", "Comment: x"] }, .publicKey.with { $0.width = 76 },
      .publicKey.with { $0.width = 20 }, .publicKey.with { $0.lineEnding = " \t\n" },
    ])
  func armorForms(armor: MadeArmor) throws {
    let made = try MadeCertificate.simple(.ed25519())
    #expect(try Certificate.read(armor.wrap(made.octets)).fingerprint == made.primary.fingerprint)
  }

  private static func armored(_ change: (inout MadeArmor) -> Void) throws -> [UInt8] {
    MadeArmor.publicKey.with(change).wrap(try MadeCertificate.simple(.ed25519()).octets)
  }

  private static let isMalformed: @Sendable (CertificateError) -> Bool = {
    if case .malformed = $0 { true } else { false }
  }
  private static let isArmor: @Sendable (CertificateError) -> Bool = {
    if case .armor = $0 { true } else { false }
  }
  private static let isNoCertificate: @Sendable (CertificateError) -> Bool = {
    if case .notACertificate = $0 { true } else { false }
  }
}

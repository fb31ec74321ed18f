import TestSupport
import TrustModel

extension SignatureCase {
  private static let soft = Difference(
    sqop: true, reason: "Sequoia counts signatures dated before a soft revocation; the date is the signer's word")

  private static let misplaced = Difference(
    gpgv: true, reason: "gpgv overlooks a key revocation that stands behind a user id; here it is moved first")

  /// Primary keys that were revoked, or that were not.
  static let primaryKeys: [SignatureCase] = [
    SignatureCase("P-19", "revoked without a reason", .keyRevoked) { try revoked(nil) },
    SignatureCase("P-19", "revoked as compromised", .keyRevoked) { try revoked(.reason(2, "stolen")) },
    SignatureCase("P-19", "superseded after the signature", .keyRevoked, soft) { try revoked(.reason(1, "newer")) },
    SignatureCase("P-19", "retired after the signature", .keyRevoked, soft) { try revoked(.reason(3)) },
    SignatureCase("P-19", "superseded before the signature", .keyRevoked) {
      try revoked(.reason(1)) { $0.created = Moment.earlyEnd }
    },
    SignatureCase("P-19", "revoked, the revocation at the end of the certificate", .keyRevoked, misplaced) {
      try .certificate {
        try $0.addUserID("Late <late@example.com>")
        try $0.addOverKey(.revocation(0x20, .reason(2)))
      }
    },
    SignatureCase("P-19", "revoked, the revocation after a subkey", .keyRevoked, misplaced) {
      try .certificate {
        try $0.addUserID("Late <late@example.com>")
        try $0.addSubkey(.ed25519())
        try $0.addOverKey(.revocation(0x20, .reason(2)))
      }
    },
    SignatureCase("P-19", "revoked primary key, signed by its subkey", .keyRevoked) {
      try .subkey {
        try $0.addSubkey($1)
        $0.packets.insert(
          try MadeSignature.revocation(0x20, .reason(2)).packet(by: $0.primary, over: .key($0.primary)), at: 1)
      }
    },
    SignatureCase("P-20", "revocation by a foreign key", .good) {
      let stranger = try MadeKey.ed25519()
      return try .certificate {
        try $0.addOverKey(.revocation(0x20, .reason(2)), by: stranger)
        try $0.addUserID("Not revoked <n@example.com>")
      }
    },
    SignatureCase(
      "P-20", "revocation by a designated revoker", .good,
      Difference(gpgv: true, reason: "designated revokers, deprecated by RFC 9580 5.2.3.23, are not followed")
    ) {
      let revoker = try MadeKey.ed25519()
      var file = try SignedFile.certificate {
        try $0.addOverKey(.directKey().with { $0.hashed.append(.revoker(revoker)) })
        try $0.addOverKey(.revocation(0x20, .reason(2)), by: revoker)
        try $0.addUserID("Entrusted <e@example.com>")
      }
      file.keyFiles.append(try MadeCertificate.simple(revoker).octets)
      return file
    },
    SignatureCase("P-20", "revocation whose numbers are broken", .good) {
      try .certificate {
        try $0.addOverKey(.revocation(0x20, .reason(2)).with { $0.damage = .numbers })
        try $0.addUserID("Not revoked <n@example.com>")
      }
    },
    SignatureCase("P-13", "primary key that may only certify", .keyUnusable) {
      try .certificate { try $0.addUserID("Certifier <c@example.com>", .selfCertification(.certify)) }
    },
    SignatureCase("P-13", "primary key that may only encrypt", .keyUnusable) {
      try .certificate { try $0.addUserID("Reader <c@example.com>", .selfCertification([.certify, .encrypt])) }
    },
    SignatureCase(
      "P-01", "key without flags", .good,
      Difference(sqop: true, reason: "without flags Sequoia lets a key do nothing; GnuPG all that its algorithm can")
    ) {
      try .certificate { try $0.addUserID("Old style <o@example.com>", .selfCertification().with { $0.hashed = [] }) }
    },
  ]

  private static func revoked(
    _ reason: MadeSubpacket?, _ change: (inout MadeSignature) -> Void = { _ in }
  ) throws -> SignedFile {
    try .certificate {
      try $0.addOverKey(.revocation(0x20, reason).with(change))
      try $0.addUserID("Revoked <r@example.com>")
    }
  }
}

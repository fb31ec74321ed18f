import TestSupport
import TrustModel

extension SignatureCase {
  /// What must be accepted: every algorithm, hash and form that counts.
  static let good: [SignatureCase] = byAlgorithm + byHash + byForm

  private static let algorithms: [(String, @Sendable () throws -> MadeKey)] = [
    ("Ed25519", { try .ed25519() }), ("P-256", { try .p256() }), ("P-384", { try .p384() }),
    ("P-521", { try .p521() }), ("RSA-2048", { try .rsa(2048) }), ("RSA-3072", { try .rsa(3072) }),
  ]

  private static let byAlgorithm =
    algorithms.map { name, make in
      SignatureCase("P-01", "good by \(name) primary key", .good) { try .signed(by: make()) }
    }
    + algorithms.prefix(5).map { name, make in
      SignatureCase("P-01", "good by \(name) subkey", .good) {
        try .subkey(created: make()) { try $0.addSubkey($1) }
      }
    }

  private static let shortHash = Difference(
    sqop: true, reason: "a digest shorter than the curve's order, which RFC 9580 rules out")

  private static let byHash: [SignatureCase] = [
    SignatureCase("P-01", "good Ed25519 over SHA-256", .good) { try .signed { $0.hash = .sha256 } },
    SignatureCase("P-01", "good Ed25519 over SHA-384", .good) { try .signed { $0.hash = .sha384 } },
    SignatureCase("P-01", "good P-256 over SHA-256", .good) { try .signed(by: .p256()) { $0.hash = .sha256 } },
    SignatureCase("P-01", "good P-384 over SHA-384", .good) { try .signed(by: .p384()) { $0.hash = .sha384 } },
    SignatureCase("P-01", "P-384 over SHA-256", .weakHash, shortHash) {
      try .signed(by: .p384()) { $0.hash = .sha256 }
    },
    SignatureCase("P-01", "P-521 over SHA-256", .weakHash, shortHash) {
      try .signed(by: .p521()) { $0.hash = .sha256 }
    },
    SignatureCase("P-01", "good RSA over SHA-256", .good) { try .signed(by: .rsa(2048)) { $0.hash = .sha256 } },
    SignatureCase("P-01", "good RSA over SHA-384", .good) { try .signed(by: .rsa(2048)) { $0.hash = .sha384 } },
  ]

  private static let byForm: [SignatureCase] = [
    SignatureCase("rkt", "binary signature file", .good) {
      try binary(.new)
    },
    SignatureCase("rkt", "binary signature file in the old format", .good) {
      try binary(.old)
    },
    SignatureCase("P-01", "packet length in five octets", .good) {
      try binary(.newWide)
    },
    SignatureCase("P-01", "packet length in four octets of the old format", .good) {
      try binary(.oldWide(4))
    },
    SignatureCase("P-01", "issuer named by key id alone", .good) { try .signed { $0.issuer = .keyID } },
    SignatureCase("P-01", "signature that expires later", .good) {
      try .signed { $0.hashed = [.expires(after: 20 * 31_557_600)] }
    },
    SignatureCase("P-01", "key that expires later", .good) {
      try .certificate {
        let end = MadeSubpacket.keyExpires($0.primary, at: Moment.future)
        try $0.addUserID("Later <l@example.com>", .selfCertification().with { $0.hashed.append(end) })
      }
    },
    SignatureCase("P-26", "unknown subpacket and notation that are not critical", .good) {
      try .signed { $0.hashed = [.unknown(critical: false), .notation("x@example.com", [1, 2])] }
    },
    SignatureCase("P-44", "empty data", .good) {
      let key = try MadeKey.ed25519()
      var file = try SignedFile.signed(by: key)
      file.data = []
      file.signatureFile = try MadeSignature.detached.packet(by: key, over: .data([]))
      return file
    },
    SignatureCase("P-01", "certificate in old-format packets", .good) {
      try .certificate {
        $0.framing = .old
        $0.packets = [$0.primary.packet(.publicKey, .old)]
        try $0.addUserID("Old <old@example.com>")
      }
    },
  ]

  private static func binary(_ framing: MadePacket.Framing) throws -> SignedFile {
    let key = try MadeKey.ed25519()
    var file = try SignedFile.signed(by: key)
    file.signatureFile = try MadeSignature.detached.packet(by: key, over: .data(file.data), framing)
    return file
  }
}

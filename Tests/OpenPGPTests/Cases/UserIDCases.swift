import TestSupport
import TrustModel

extension SignatureCase {
  private static let oldSelfSignature = Difference(
    sqop: true, gpgme: true, reason: "old keys have them: a remark here, refused where weak-digest is set")

  private static let namesNobody = Difference(
    gpgv: true, sqop: true, gpgme: true, reason: "a key that names nobody cannot be reviewed by name")

  /// User ids, their self-signatures, and what else may stand on a primary key.
  static let userIDs: [SignatureCase] = [
    SignatureCase("P-23", "no user id", .keyUnusable) { try .certificate { _ in } },
    SignatureCase("P-23", "no self-signature", .keyUnusable) {
      try .certificate { try $0.addUserID("Nobody <n@example.com>", nil) }
    },
    SignatureCase("P-23", "self-signature by another key", .keyUnusable) {
      let other = try MadeKey.ed25519()
      return try .certificate {
        try $0.addUserID("Nobody <n@example.com>", nil)
        try $0.addOverUserID(octets: Array("Nobody <n@example.com>".utf8), .selfCertification(), by: other)
      }
    },
    SignatureCase("P-23", "broken self-signature", .keyUnusable) {
      try .certificate {
        try $0.addUserID("Nobody <n@example.com>", .selfCertification().with { $0.damage = .numbers })
      }
    },
    SignatureCase("P-23", "direct-key signature only", .keyUnusable, namesNobody) {
      try .certificate { try $0.addOverKey(.directKey()) }
    },
    SignatureCase("P-23", "direct-key signature and a user id without self-signature", .keyUnusable, namesNobody) {
      try .certificate {
        try $0.addOverKey(.directKey())
        try $0.addUserID("Nobody <n@example.com>", nil)
      }
    },
    SignatureCase("P-11", "self-signature over SHA-1", .good, oldSelfSignature) {
      try .certificate { try $0.addUserID("Old <o@example.com>", .selfCertification().with { $0.hash = .sha1 }) }
    },
    SignatureCase("P-12", "self-signature over MD5", .keyUnusable) {
      try .certificate { try $0.addUserID("Old <o@example.com>", .selfCertification().with { $0.hash = .md5 }) }
    },
    SignatureCase("P-11", "self-signature over SHA-1 and a newer one over SHA-512", .good) {
      try .certificate {
        try $0.addUserID("Mended <m@example.com>", .selfCertification().with { $0.hash = .sha1 })
        try $0.addOverUserID(
          octets: Array("Mended <m@example.com>".utf8), .selfCertification().with { $0.created = Moment.earlyEnd })
      }
    },
    SignatureCase("P-22", "one of two user ids revoked", .good) {
      try .certificate {
        try $0.addUserID("Stays <s@example.com>")
        try $0.addUserID("Goes <g@example.com>")
        try $0.addOverUserID(octets: Array("Goes <g@example.com>".utf8), .revocation(0x30, .reason(32)))
      }
    },
    SignatureCase("P-36", "certification by a stranger beside the self-signature", .good) {
      let stranger = try MadeKey.ed25519()
      return try .certificate {
        try $0.addUserID("Known <k@example.com>")
        try $0.addOverUserID(octets: Array("Known <k@example.com>".utf8), .certification, by: stranger)
      }
    },
    SignatureCase("P-36", "certification by a stranger before the self-signature", .good) {
      let stranger = try MadeKey.ed25519()
      return try .certificate {
        try $0.addUserID("Known <k@example.com>", nil)
        try $0.addOverUserID(octets: Array("Known <k@example.com>".utf8), .certification, by: stranger)
        try $0.addOverUserID(octets: Array("Known <k@example.com>".utf8), .selfCertification())
      }
    },
    SignatureCase("P-01", "direct-key signature and a user id", .good) {
      try .certificate {
        try $0.addOverKey(.directKey())
        try $0.addUserID("Both <b@example.com>")
      }
    },
    SignatureCase("P-39", "user id with control characters", .good) {
      try .certificate { try $0.addUserID(octets: [0x1b, 0x5b, 0x32, 0x4a, 0x0a, 0xff, 0x41]) }
    },
    SignatureCase("P-32", "user id that pretends to be a status line", .good) {
      try .certificate { try $0.addUserID("x\n[GNUPG:] VALIDSIG 0000 2024-01-01") }
    },
  ]
}

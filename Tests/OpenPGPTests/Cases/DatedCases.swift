import TestSupport
import TrustModel

extension SignatureCase {
  private static let twice = Difference(
    gpgv: true, sqop: true, gpgme: true, reason: "each reader picks another of two times; here they contradict")

  /// Moments that do not fit together.
  static let dated: [SignatureCase] = [
    SignatureCase("P-15", "signature expired", .signatureExpired) {
      try .signed { $0.hashed = [.expires(after: 3600)] }
    },
    SignatureCase(
      "P-16", "signature dated in the future", .notYetValid,
      Difference(gpgv: true, gpgme: true, reason: "GnuPG does not compare the signature's date with the clock")
    ) {
      try .signed { $0.created = Moment.future }
    },
    SignatureCase("P-17", "signature dated before the key", .notYetValid) {
      try .signed { $0.created = Moment.beforeKeys }
    },
    SignatureCase("P-18", "key made in the future", .notYetValid) {
      let key = try MadeKey.ed25519(created: Moment.future)
      let certificate = try MadeCertificate.simple(
        key, certification: .selfCertification().with { $0.created = Moment.future })
      return try .signed(key, in: certificate, .detached.with { $0.created = Moment.future })
    },
    SignatureCase(
      "P-14", "key expired after the signature was made", .keyExpired,
      Difference(sqop: true, reason: "Sequoia takes the signer's word for the moment of signing")
    ) {
      try expiring(at: Moment.lateEnd)
    },
    SignatureCase("P-14", "key expired before the signature was made", .keyExpired) {
      try expiring(at: Moment.earlyEnd)
    },
    SignatureCase(
      "P-21", "signing subkey expired after the signature was made", .keyExpired,
      Difference(sqop: true, reason: "Sequoia takes the signer's word for the moment of signing")
    ) {
      try expiringSubkey(at: Moment.lateEnd)
    },
    SignatureCase("P-21", "signing subkey expired before the signature was made", .keyExpired) {
      try expiringSubkey(at: Moment.earlyEnd)
    },
    SignatureCase(
      "P-14", "primary key expired, its signing subkey not", .keyExpired,
      Difference(sqop: true, reason: "Sequoia takes the signer's word for the moment of signing")
    ) {
      let (primary, subkey) = (try MadeKey.ed25519(), try MadeKey.ed25519())
      let end = MadeSubpacket.keyExpires(primary, at: Moment.lateEnd)
      var certificate = try MadeCertificate.simple(
        primary, certification: .selfCertification().with { $0.hashed.append(end) })
      try certificate.addSubkey(subkey)
      return try .signed(subkey, in: certificate)
    },
    SignatureCase("P-14", "expiry taken back by a newer self-signature", .good) {
      try .certificate {
        let end = MadeSubpacket.keyExpires($0.primary, at: Moment.lateEnd)
        let userID = "Renewed <r@example.com>"
        try $0.addUserID(userID, .selfCertification().with { $0.hashed.append(end) })
        try $0.addOverUserID(
          octets: Array(userID.utf8), .selfCertification().with { $0.created = Moment.earlyEnd })
      }
    },
    SignatureCase("P-15", "end beside the signed part, where anybody can write one", .good) {
      try .signed { $0.unhashed = [.expires(after: 10)] }
    },
    SignatureCase("P-15", "two dates", .unsupported, twice) {
      try .signed { $0.hashed = [.created(Moment.earlyEnd)] }
    },
    SignatureCase("P-15", "two ends", .unsupported, twice) {
      try .signed { $0.hashed = [.expires(after: 20 * 31_557_600), .expires(after: 21 * 31_557_600)] }
    },
    SignatureCase("P-15", "no date at all", .unsupported) { try .signed { $0.created = nil } },
  ]

  private static func expiring(at moment: Timestamp) throws -> SignedFile {
    try .certificate {
      let end = MadeSubpacket.keyExpires($0.primary, at: moment)
      try $0.addUserID("Expired <e@example.com>", .selfCertification().with { $0.hashed.append(end) })
    }
  }

  private static func expiringSubkey(at moment: Timestamp) throws -> SignedFile {
    try .subkey { certificate, subkey in
      let end = MadeSubpacket.keyExpires(subkey, at: moment)
      try certificate.addSubkey(subkey, .binding().with { $0.hashed.append(end) })
    }
  }
}

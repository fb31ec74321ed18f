import TestSupport
import TrustModel

extension SignatureCase {
  private static let oldHash = Difference(gpgv: true, reason: "gpgv still takes SHA-1; here no weak hash counts")
  private static let smallKey = Difference(gpgv: true, gpgme: true, reason: "GnuPG sets no lower bound on RSA")

  /// Hashes and keys too weak to count.
  ///
  /// Self-signatures over SHA-1 are with the certificates they spoil.
  static let weak: [SignatureCase] = [
    SignatureCase("P-09", "MD5", .weakHash) { try .signed { $0.hash = .md5 } },
    SignatureCase("P-10", "SHA-1 by Ed25519", .weakHash, oldHash) { try .signed { $0.hash = .sha1 } },
    SignatureCase("P-10", "SHA-1 by RSA", .weakHash, oldHash) { try .signed(by: .rsa(2048)) { $0.hash = .sha1 } },
    SignatureCase("P-10", "RIPEMD-160 claimed", .weakHash) { try .signed { $0.claimedHash = 3 } },
    SignatureCase("P-10", "SHA-224 claimed", .weakHash) { try .signed { $0.claimedHash = 11 } },
    SignatureCase("P-10", "unknown hash claimed", .unsupported) { try .signed { $0.claimedHash = 99 } },
    SignatureCase("P-34", "RSA-1024", .keyWeak, smallKey) { try .signed(by: .rsa(1024)) },
    SignatureCase("P-34", "RSA-1024 subkey of a strong key", .keyWeak, smallKey) {
      try .subkey(created: .rsa(1024)) { try $0.addSubkey($1) }
    },
    SignatureCase(
      "P-34", "strong subkey of an RSA-1024 key", .keyWeak,
      Difference(gpgv: true, gpgme: true, reason: "GnuPG sets no lower bound on RSA")
    ) {
      let (primary, subkey) = (try MadeKey.rsa(1024), try MadeKey.ed25519())
      var certificate = try MadeCertificate.simple(primary)
      try certificate.addSubkey(subkey)
      return try .signed(subkey, in: certificate)
    },
    SignatureCase("P-34", "DSA by shape", .keyWeak) { try .signed(by: .dsaShape()) },
    SignatureCase("P-34", "RSA-768 by shape", .keyWeak) { try .signed(by: .rsaShape(bits: 768)) },
    SignatureCase("P-34", "RSA-16384 by shape", .keyWeak) { try .signed(by: .rsaShape(bits: 16384)) },
  ]
}

import TestSupport
import TrustModel

extension SignatureCase {
  /// Signatures that do not match, or do not say whose they are.
  static let damaged: [SignatureCase] = [
    SignatureCase("P-02", "other data", .bad) {
      var file = try SignedFile.signed()
      file.data[3] ^= 1
      return file
    },
    SignatureCase("P-02", "data with one octet more", .bad) {
      var file = try SignedFile.signed()
      file.data.append(0)
      return file
    },
    SignatureCase("P-02", "broken number, Ed25519", .bad) { try .signed { $0.damage = .numbers } },
    SignatureCase("P-02", "broken number, P-256", .bad) { try .signed(by: .p256()) { $0.damage = .numbers } },
    SignatureCase("P-02", "broken number, RSA", .bad) { try .signed(by: .rsa(2048)) { $0.damage = .numbers } },
    SignatureCase("P-02", "numbers of zero, Ed25519", .bad) { try .signed { $0.damage = .zero } },
    SignatureCase("P-02", "numbers of zero, P-256", .bad) { try .signed(by: .p256()) { $0.damage = .zero } },
    SignatureCase("P-02", "numbers of zero, RSA", .bad) { try .signed(by: .rsa(2048)) { $0.damage = .zero } },
    SignatureCase("P-02", "SHA-256 claimed over SHA-512", .bad) { try .signed { $0.claimedHash = 8 } },
    SignatureCase("P-03", "key not in the set", .unknownKey) {
      var file = try SignedFile.signed()
      file.keyFiles = [try MadeCertificate.simple(.ed25519()).octets]
      return file
    },
    SignatureCase("P-04", "no issuer", .unknownKey) { try .signed { $0.issuer = .nowhere } },
    SignatureCase("P-05", "issuer key id of nobody", .unknownKey) {
      try .signed { $0.issuer = .lyingKeyID(0x0123_4567_89ab_cdef) }
    },
    SignatureCase("P-05", "issuer key id of another key in the set", .bad) {
      let (signer, other) = (try MadeKey.ed25519(), try MadeKey.ed25519())
      var file = try SignedFile.signed(by: signer) { $0.issuer = .lyingKeyID(other.keyID) }
      file.keyFiles.append(try MadeCertificate.simple(other).octets)
      return file
    },
    SignatureCase(
      "P-24", "algorithm number of another family", .bad,
      Difference(gpgv: true, gpgme: true, reason: "GnuPG goes by the key's number; here the signature's must agree")
    ) { try .signed { $0.claimedAlgorithm = 19 } },
  ]
}

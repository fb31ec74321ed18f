internal import Crypto
internal import CryptoExtras

/// How a signature was made: bound to the kind of key, so that no key can be used with another one's method.
///
/// Source: reference/security.md, section 2, row "method/scheme", and row T-39.
enum SignatureMethod: Sendable, Hashable {
  /// ECDSA, r and s each padded to the size of the curve.
  case ecdsaRaw
  /// ECDSA, r and s in DER.
  case ecdsaDER
  case ed25519
  /// RSASSA-PSS with SHA-256, a salt of 32 octets.
  case rsaPSS
  /// RSASSA-PKCS1-v1_5 with SHA-256; read, never made.
  case rsaPKCS1

  /// The method that a signature of Notary names; nil for one that is not known.
  init?(notary name: String) {
    switch name.lowercased() {
    case "ecdsa": self = .ecdsaRaw
    case "eddsa": self = .ed25519
    case "rsapss", "pycrypto-pkcs#1 pss": self = .rsaPSS
    case "rsapkcs1v15": self = .rsaPKCS1
    default: return nil
    }
  }

  /// Whether `signature` over `message` was made with this key by this method.
  func isValid(_ signature: [UInt8], over message: [UInt8], by material: KeyMaterial) -> Bool {
    switch (self, material) {
    case (.ecdsaRaw, .p256(let point)):
      let made = signature.count == 64 ? try? P256.Signing.ECDSASignature(rawRepresentation: signature) : nil
      return Self.p256(made, point, message)
    case (.ecdsaDER, .p256(let point)):
      return Self.p256(try? P256.Signing.ECDSASignature(derRepresentation: signature), point, message)
    case (.ecdsaRaw, .p384(let point)):
      let made = signature.count == 96 ? try? P384.Signing.ECDSASignature(rawRepresentation: signature) : nil
      return Self.p384(made, point, SHA256.hash(data: message))
    case (.ecdsaDER, .p384(let point)):
      return Self.p384(
        try? P384.Signing.ECDSASignature(derRepresentation: signature), point, SHA384.hash(data: message))
    case (.ed25519, .ed25519(let octets)):
      let key = try? Curve25519.Signing.PublicKey(rawRepresentation: octets)
      return key?.isValidSignature(signature, for: message) ?? false
    case (.rsaPSS, .rsa(let der)): return Self.rsa(signature, der, message, .PSS)
    case (.rsaPKCS1, .rsa(let der)): return Self.rsa(signature, der, message, .insecurePKCS1v1_5)
    default: return false
    }
  }

  private static func p256(_ signature: P256.Signing.ECDSASignature?, _ point: [UInt8], _ message: [UInt8]) -> Bool {
    guard let signature, let key = try? P256.Signing.PublicKey(x963Representation: point) else { return false }
    return key.isValidSignature(signature, for: message)
  }

  /// Notary hashes with SHA-256 for every curve, TUF with the curve's own.
  private static func p384(_ signature: P384.Signing.ECDSASignature?, _ point: [UInt8], _ digest: some Digest) -> Bool {
    guard let signature, let key = try? P384.Signing.PublicKey(x963Representation: point) else { return false }
    return key.isValidSignature(signature, for: digest)
  }

  private static func rsa(
    _ signature: [UInt8], _ der: [UInt8], _ message: [UInt8], _ padding: _RSA.Signing.Padding
  ) -> Bool {
    guard let key = try? _RSA.Signing.PublicKey(derRepresentation: der) else { return false }
    let made = _RSA.Signing.RSASignature(rawRepresentation: signature)
    return key.isValidSignature(made, for: SHA256.hash(data: message), padding: padding)
  }
}

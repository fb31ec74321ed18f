internal import ContentTrust
internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials
internal import TrustModel

extension PrivateSigningKey {
  /// A new key, from the system's random numbers.
  ///
  /// - Throws: `SigningKeyError`.
  public init(new kind: Kind) throws(SigningKeyError) {
    var octets: Data
    do {
      octets = try Self.randomKey(kind)
    } catch {
      throw .cryptography("a new key could not be made: \(error)")
    }
    let buffer = try SecretBuffer(wiping: &octets)
    try self.init(plain: buffer, .pkcs8)
  }

  /// PKCS#8 of a new key.
  private static func randomKey(_ kind: Kind) throws -> Data {
    switch kind {
    case .p256: return P256.Signing.PrivateKey().derRepresentation
    case .p384: return P384.Signing.PrivateKey().derRepresentation
    case .ed25519: return Curve25519.Signing.PrivateKey().pkcs8DERRepresentation
    case .rsa: return try _RSA.Signing.PrivateKey(keySize: .bits3072).pkcs8DERRepresentation
    }
  }
}

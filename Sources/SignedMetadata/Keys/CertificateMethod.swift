internal import Crypto
internal import CryptoExtras
internal import SwiftASN1

/// How a certificate was signed.
///
/// Source: RFC 5758, section 3.2; RFC 4055, section 5.
enum CertificateMethod: Hashable, Sendable {
  case ecdsaSHA256, ecdsaSHA384, rsaSHA256, rsaSHA384, rsaSHA512

  init?(_ identifier: ASN1ObjectIdentifier) {
    switch identifier {
    case [1, 2, 840, 10045, 4, 3, 2]: self = .ecdsaSHA256
    case [1, 2, 840, 10045, 4, 3, 3]: self = .ecdsaSHA384
    case [1, 2, 840, 113549, 1, 1, 11]: self = .rsaSHA256
    case [1, 2, 840, 113549, 1, 1, 12]: self = .rsaSHA384
    case [1, 2, 840, 113549, 1, 1, 13]: self = .rsaSHA512
    default: return nil
    }
  }

  /// MD5 and SHA-1, with RSA, ECDSA or DSA.
  static func isWeak(_ identifier: ASN1ObjectIdentifier) -> Bool {
    let weak: [ASN1ObjectIdentifier] = [
      [1, 2, 840, 113549, 1, 1, 4], [1, 2, 840, 113549, 1, 1, 5], [1, 2, 840, 10045, 4, 1], [1, 2, 840, 10040, 4, 3],
    ]
    return weak.contains(identifier)
  }

  /// Whether `signature` over `signed` was made with `issuer`.
  func isValid(_ signature: [UInt8], over signed: [UInt8], by issuer: KeyMaterial) -> Bool {
    switch self {
    case .ecdsaSHA256: ecdsa(signature, SHA256.hash(data: signed), issuer)
    case .ecdsaSHA384: ecdsa(signature, SHA384.hash(data: signed), issuer)
    case .rsaSHA256: rsa(signature, SHA256.hash(data: signed), issuer)
    case .rsaSHA384: rsa(signature, SHA384.hash(data: signed), issuer)
    case .rsaSHA512: rsa(signature, SHA512.hash(data: signed), issuer)
    }
  }

  private func ecdsa(_ signature: [UInt8], _ digest: some Digest, _ issuer: KeyMaterial) -> Bool {
    switch issuer {
    case .p256(let point):
      guard let key = try? P256.Signing.PublicKey(x963Representation: point),
        let made = try? P256.Signing.ECDSASignature(derRepresentation: signature)
      else { return false }
      return key.isValidSignature(made, for: digest)
    case .p384(let point):
      guard let key = try? P384.Signing.PublicKey(x963Representation: point),
        let made = try? P384.Signing.ECDSASignature(derRepresentation: signature)
      else { return false }
      return key.isValidSignature(made, for: digest)
    case .ed25519, .rsa: return false
    }
  }

  private func rsa(_ signature: [UInt8], _ digest: some Digest, _ issuer: KeyMaterial) -> Bool {
    guard case .rsa(let der) = issuer, let key = try? _RSA.Signing.PublicKey(derRepresentation: der) else {
      return false
    }
    let made = _RSA.Signing.RSASignature(rawRepresentation: signature)
    return key.isValidSignature(made, for: digest, padding: .insecurePKCS1v1_5)
  }
}

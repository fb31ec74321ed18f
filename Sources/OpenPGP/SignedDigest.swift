internal import Crypto
internal import CryptoExtras
internal import TrustModel

/// A finished digest, and the arithmetic of a signature over it.
enum SignedDigest {
  case sha256(SHA256.Digest)
  case sha384(SHA384.Digest)
  case sha512(SHA512.Digest)
  /// Of self-signatures only: no digest over data is made with it.
  case sha1(Insecure.SHA1.Digest)

  /// What a signature's numbers come to over a digest with one key.
  enum Outcome: Equatable {
    case matches
    case differs
    /// No arithmetic here for such a key.
    case unsupported
  }

  static func sha256(_ state: SHA256?, _ trailer: [UInt8]) -> SignedDigest? {
    guard var state else { return nil }
    state.update(data: trailer)
    return .sha256(state.finalize())
  }

  static func sha384(_ state: SHA384?, _ trailer: [UInt8]) -> SignedDigest? {
    guard var state else { return nil }
    state.update(data: trailer)
    return .sha384(state.finalize())
  }

  static func sha512(_ state: SHA512?, _ trailer: [UInt8]) -> SignedDigest? {
    guard var state else { return nil }
    state.update(data: trailer)
    return .sha512(state.finalize())
  }

  /// Whether the numbers of `signature` are the key's over this digest.
  ///
  /// A weak or unknown key is `unsupported`.
  func check(_ signature: SignaturePacket, by key: PublicKey) -> Outcome {
    guard key.algorithm.weakness == nil else { return .unsupported }
    return switch self {
    case .sha256(let digest): Self.check(signature, key.material, digest)
    case .sha384(let digest): Self.check(signature, key.material, digest)
    case .sha512(let digest): Self.check(signature, key.material, digest)
    case .sha1(let digest): Self.check(signature, key.material, digest)
    }
  }

  private static func check(
    _ signature: SignaturePacket, _ material: PublicKeyMaterial, _ digest: some Digest
  ) -> Outcome {
    let numbers = signature.integers
    let matches: Bool?
    switch (material, signature.algorithm, numbers.count) {
    case (.rsa(let modulus, let exponent), 1, 1), (.rsa(let modulus, let exponent), 3, 1):
      matches = rsa(numbers[0], modulus: modulus, exponent: exponent, digest)
    case (.ecdsa(let curve, let point), 19, 2): matches = ecdsa(numbers, curve, point: point, digest)
    case (.ed25519(let point), 22, 2): matches = ed25519(numbers, point: point, digest)
    case (.none, _, _): return .unsupported
    default: return .differs
    }
    guard let matches else { return .unsupported }
    return matches ? .matches : .differs
  }

  /// PKCS#1 version 1.5, the signature as long as the modulus.
  ///
  /// Source: RFC 4880, section 5.2.2.
  private static func rsa(
    _ number: MultiprecisionInteger, modulus: MultiprecisionInteger, exponent: MultiprecisionInteger,
    _ digest: some Digest
  ) -> Bool? {
    guard let key = try? _RSA.Signing.PublicKey(n: modulus.octets, e: exponent.octets) else { return nil }
    guard let raw = number.padded(to: modulus.octets.count) else { return false }
    let signature = _RSA.Signing.RSASignature(rawRepresentation: raw)
    return key.isValidSignature(signature, for: digest, padding: .insecurePKCS1v1_5)
  }

  /// The two numbers padded to the size of the field.
  ///
  /// Source: RFC 6637, section 6.
  private static func ecdsa(
    _ numbers: [MultiprecisionInteger], _ curve: KeyAlgorithm.Curve, point: [UInt8], _ digest: some Digest
  ) -> Bool? {
    func raw(_ size: Int) -> [UInt8]? {
      guard let r = numbers[0].padded(to: size), let s = numbers[1].padded(to: size) else { return nil }
      return r + s
    }
    switch curve {
    case .p256:
      guard let key = try? P256.Signing.PublicKey(x963Representation: point) else { return nil }
      guard let signature = raw(32).flatMap({ try? P256.Signing.ECDSASignature(rawRepresentation: $0) }) else {
        return false
      }
      return key.isValidSignature(signature, for: digest)
    case .p384:
      guard let key = try? P384.Signing.PublicKey(x963Representation: point) else { return nil }
      guard let signature = raw(48).flatMap({ try? P384.Signing.ECDSASignature(rawRepresentation: $0) }) else {
        return false
      }
      return key.isValidSignature(signature, for: digest)
    case .p521:
      guard let key = try? P521.Signing.PublicKey(x963Representation: point) else { return nil }
      guard let signature = raw(66).flatMap({ try? P521.Signing.ECDSASignature(rawRepresentation: $0) }) else {
        return false
      }
      return key.isValidSignature(signature, for: digest)
    case .other: return nil
    }
  }

  /// Ed25519 over the digest as its message.
  ///
  /// Source: RFC 9580, section 5.2.3.3 (EdDSALegacy).
  private static func ed25519(_ numbers: [MultiprecisionInteger], point: [UInt8], _ digest: some Digest) -> Bool? {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: point) else { return nil }
    guard let r = numbers[0].padded(to: 32), let s = numbers[1].padded(to: 32) else { return false }
    return key.isValidSignature(r + s, for: Array(digest))
  }
}

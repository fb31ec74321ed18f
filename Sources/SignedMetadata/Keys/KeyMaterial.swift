internal import Crypto
internal import CryptoExtras

/// The key itself, without its identifiers: what a threshold counts.
///
/// One key under two identifiers is one key. Source: reference/security.md, row T-27.
public enum KeyMaterial: Hashable, Sendable {
  /// NIST P-256, the uncompressed point: 65 octets.
  case p256([UInt8])
  /// NIST P-384, the uncompressed point: 97 octets.
  case p384([UInt8])
  /// Ed25519, 32 octets.
  case ed25519([UInt8])
  /// RSA, 2048 to 8192 bits, as SubjectPublicKeyInfo.
  case rsa([UInt8])

  /// The largest RSA key that is used, in bits; larger ones cost time.
  static let largestRSA = 8_192

  /// A key from its SubjectPublicKeyInfo; nil where it is of no such kind, too weak, or not on its curve.
  init?(subjectPublicKeyInfo der: [UInt8]) {
    if let key = try? P256.Signing.PublicKey(derRepresentation: der) {
      self = .p256(Array(key.x963Representation))
    } else if let key = try? P384.Signing.PublicKey(derRepresentation: der) {
      self = .p384(Array(key.x963Representation))
    } else if let key = try? _RSA.Signing.PublicKey(derRepresentation: der), key.keySizeInBits <= Self.largestRSA {
      self = .rsa(Array(key.derRepresentation))
    } else {
      return nil
    }
  }

  /// An Ed25519 key; nil where it is not 32 octets or is of small order, so that anybody could sign for it.
  init?(ed25519 octets: [UInt8]) {
    guard octets.count == 32, !Self.isOfSmallOrder(octets),
      (try? Curve25519.Signing.PublicKey(rawRepresentation: octets)) != nil
    else { return nil }
    self = .ed25519(octets)
  }

  /// The y coordinates of the points of order 1, 2, 4 and 8, in both signs.
  private static func isOfSmallOrder(_ octets: [UInt8]) -> Bool {
    var y = octets
    y[31] &= 0x7f
    return smallOrders.contains(y)
  }

  private static let smallOrders: Set<[UInt8]> = {
    let zero = [UInt8](repeating: 0, count: 32)
    var one = zero
    one[0] = 1
    var prime = [UInt8](repeating: 0xff, count: 32)
    (prime[0], prime[31]) = (0xed, 0x7f)
    var minusOne = prime
    minusOne[0] = 0xec
    var overOne = prime
    overOne[0] = 0xee
    let eighths = [
      "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
      "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    ]
    return Set([zero, one, prime, minusOne, overOne] + eighths.compactMap { Hex.octets($0) })
  }()

  /// The algorithm in words: `ecdsa p-256`, `ed25519`, `rsa 2048`.
  public var algorithm: String {
    switch self {
    case .p256: "ecdsa p-256"
    case .p384: "ecdsa p-384"
    case .ed25519: "ed25519"
    case .rsa(let der):
      "rsa \((try? _RSA.Signing.PublicKey(derRepresentation: der))?.keySizeInBits ?? 0)"
    }
  }
}

import Crypto
import CryptoExtras
public import TrustModel

extension MadeKey {
  /// A fresh Ed25519 key.
  public static func ed25519(created: Timestamp = Moment.keyMade) throws -> MadeKey {
    try MadeKey(.ed25519(Curve25519.Signing.PrivateKey()), created: created)
  }
  /// A fresh ECDSA key on P-256.
  public static func p256() throws -> MadeKey { try MadeKey(.p256(P256.Signing.PrivateKey())) }
  /// A fresh ECDSA key on P-384.
  public static func p384() throws -> MadeKey { try MadeKey(.p384(P384.Signing.PrivateKey())) }
  /// A fresh ECDSA key on P-521.
  public static func p521() throws -> MadeKey { try MadeKey(.p521(P521.Signing.PrivateKey())) }
  /// A fresh RSA key of at least 1024 bits, even if that is too few to count; 3072 bits take seconds.
  public static func rsa(_ bits: Int) throws -> MadeKey {
    try MadeKey(.rsa(_RSA.Signing.PrivateKey(unsafeKeySize: _RSA.Signing.KeySize(bitCount: bits))))
  }

  /// The shape of a DSA key of that many bits: no signature by it verifies.
  public static func dsaShape(bits: Int = 2048) throws -> MadeKey {
    let prime: [UInt8] = .mpi([0xc7] + [UInt8](repeating: 0x3b, count: bits / 8 - 1))
    let fields: [UInt8] = prime + .mpi([UInt8](repeating: 0xd1, count: 32)) + prime + prime
    return try MadeKey(.shape(algorithm: 17, fields: fields))
  }
  /// The shape of an RSA key of that many bits: no signature by it verifies.
  public static func rsaShape(bits: Int) throws -> MadeKey {
    let modulus: [UInt8] = .mpi([UInt8(0x80)] + [UInt8](repeating: 0x3b, count: bits / 8 - 1))
    return try MadeKey(.shape(algorithm: 1, fields: modulus + .mpi([1, 0, 1])))
  }
  /// The shape of an ECDH key on P-256, which can only be encrypted to.
  public static func ecdhShape() throws -> MadeKey {
    let point = Array(P256.Signing.PrivateKey().publicKey.x963Representation)
    return try MadeKey(
      .shape(algorithm: 18, fields: KeyMaterial.curve(KeyMaterial.p256Identifier, point: point) + [3, 1, 8, 7]))
  }
}

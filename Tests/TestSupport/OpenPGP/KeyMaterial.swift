public import Crypto
public import CryptoExtras

/// The secret half of a key that tests make.
public enum KeyMaterial: Sendable {
  /// EdDSA on Ed25519 (algorithm 22).
  case ed25519(Curve25519.Signing.PrivateKey)
  /// ECDSA on NIST P-256.
  case p256(P256.Signing.PrivateKey)
  /// ECDSA on NIST P-384.
  case p384(P384.Signing.PrivateKey)
  /// ECDSA on NIST P-521.
  case p521(P521.Signing.PrivateKey)
  /// RSA of any size.
  case rsa(_RSA.Signing.PrivateKey)
  /// Only the shape of a public key: an algorithm number and what follows it; its signatures verify
  /// nothing.
  case shape(algorithm: UInt8, fields: [UInt8])

  /// The algorithm's number.
  ///
  /// Source: RFC 4880, section 9.1; RFC 6637, section 5; RFC 9580, section 9.1.
  public var algorithm: UInt8 {
    switch self {
    case .rsa: 1
    case .p256, .p384, .p521: 19
    case .ed25519: 22
    case .shape(let algorithm, _): algorithm
    }
  }

  /// What follows the algorithm in a public-key packet.
  func publicFields() throws -> [UInt8] {
    switch self {
    case .ed25519(let key):
      Self.curve(Self.ed25519Identifier, point: [0x40] + key.publicKey.rawRepresentation)
    case .p256(let key): Self.curve(Self.p256Identifier, point: Array(key.publicKey.x963Representation))
    case .p384(let key): Self.curve(Self.p384Identifier, point: Array(key.publicKey.x963Representation))
    case .p521(let key): Self.curve(Self.p521Identifier, point: Array(key.publicKey.x963Representation))
    case .rsa(let key):
      try Self.rsaFields(key)
    case .shape(_, let fields): fields
    }
  }

  /// The algorithm-specific end of a signature packet, over a digest that was already computed.
  func signature(over digest: any Digest) throws -> [UInt8] {
    switch self {
    case .ed25519(let key): Self.halves(try key.signature(for: Array(digest.octets)))
    case .p256(let key): Self.halves(try key.signature(for: digest).rawRepresentation)
    case .p384(let key): Self.halves(try key.signature(for: digest).rawRepresentation)
    case .p521(let key): Self.halves(try key.signature(for: digest).rawRepresentation)
    case .rsa(let key):
      .mpi(try key.signature(for: digest, padding: .insecurePKCS1v1_5).rawRepresentation)
    case .shape(1, _): .mpi([0x5a, 1, 2, 3])
    case .shape: .mpi([0x5a, 1, 2, 3]) + .mpi([0x5b, 4, 5, 6])
    }
  }

  static let ed25519Identifier: [UInt8] = [0x2b, 0x06, 0x01, 0x04, 0x01, 0xda, 0x47, 0x0f, 0x01]
  static let p256Identifier: [UInt8] = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07]
  static let p384Identifier: [UInt8] = [0x2b, 0x81, 0x04, 0x00, 0x22]
  static let p521Identifier: [UInt8] = [0x2b, 0x81, 0x04, 0x00, 0x23]

  /// An object identifier with its length, then the point as one integer.
  ///
  /// Source: RFC 6637, section 9.
  static func curve(_ identifier: [UInt8], point: [UInt8]) -> [UInt8] {
    [UInt8(identifier.count)] + identifier + .mpi(point)
  }

  private static func rsaFields(_ key: _RSA.Signing.PrivateKey) throws -> [UInt8] {
    let numbers = try key.publicKey.getKeyPrimitives()
    return .mpi(numbers.modulus) + .mpi(numbers.publicExponent)
  }

  private static func halves(_ raw: some Collection<UInt8>) -> [UInt8] {
    .mpi(raw.prefix(raw.count / 2)) + .mpi(raw.suffix(raw.count / 2))
  }
}

extension Digest {
  /// The digest's octets.
  var octets: [UInt8] { Array(self) }
}

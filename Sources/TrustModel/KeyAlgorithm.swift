/// A public-key algorithm with its size or curve.
public struct KeyAlgorithm: Hashable, Sendable, CustomStringConvertible {
  /// The families that an OpenPGP key packet can name.
  public enum Family: Hashable, Sendable {
    /// RSA (algorithm 1, 2 or 3).
    case rsa
    /// DSA (17): always too weak here.
    case dsa
    /// ElGamal (16, 20): encryption only.
    case elgamal
    /// ECDSA (19) on the curve.
    case ecdsa(Curve)
    /// EdDSA (22) on Ed25519.
    case ed25519
    /// ECDH (18): encryption only.
    case ecdh
    /// Any other number.
    case unknown(UInt8)
  }

  /// The curves that ECDSA signatures are checked on, and the rest by name.
  public enum Curve: Hashable, Sendable {
    /// NIST P-256.
    case p256
    /// NIST P-384.
    case p384
    /// NIST P-521.
    case p521
    /// A curve that this program checks no signatures on.
    case other
  }

  /// The family.
  public let family: Family
  /// Size in bits: of the modulus for RSA, of the prime for DSA and ElGamal, of the field for curves; 0 if unknown.
  public let bits: Int

  /// An algorithm of `bits` bits.
  public init(_ family: Family, bits: Int) {
    (self.family, self.bits) = (family, bits)
  }

  /// The algorithm that `description` names, of `bits` bits; nil for a name that is none.
  public init?(name: String, bits: Int) {
    let known: [(String, Family)] = [
      ("rsa", .rsa), ("dsa", .dsa), ("elgamal", .elgamal), ("nistp256", .ecdsa(.p256)), ("nistp384", .ecdsa(.p384)),
      ("nistp521", .ecdsa(.p521)), ("ecdsa", .ecdsa(.other)), ("ed25519", .ed25519), ("ecdh", .ecdh),
    ]
    if let family = known.first(where: { KeyAlgorithm($0.1, bits: bits).description == name })?.1 {
      self.init(family, bits: bits)
    } else if name.hasPrefix("algorithm"), let number = UInt8(name.dropFirst(9)) {
      self.init(.unknown(number), bits: bits)
    } else {
      return nil
    }
  }

  /// Smallest RSA modulus that counts, in bits.
  public static let rsaMinimum = 2048
  /// Largest RSA modulus that is computed with, in bits: above it a check only costs time.
  public static let rsaMaximum = 8192

  /// Why signatures by such a key do not count, or nil where they do.
  public var weakness: String? {
    switch family {
    case .rsa where bits < Self.rsaMinimum: "RSA with \(bits) bits (at least \(Self.rsaMinimum))"
    case .rsa where bits > Self.rsaMaximum: "RSA with \(bits) bits (at most \(Self.rsaMaximum))"
    case .rsa, .ed25519, .ecdsa(.p256), .ecdsa(.p384), .ecdsa(.p521): nil
    case .dsa: "DSA"
    case .elgamal, .ecdh: "\(self) cannot sign"
    case .ecdsa(.other): "ECDSA on an unsupported curve"
    case .unknown(let number): "unknown algorithm \(number)"
    }
  }

  /// Why a digest of `hash` is too short for signatures by such a key, or nil where it is not.
  ///
  /// Source: RFC 9580, section 5.2.3.2: P-384 wants at least 384 bits, P-521 at least 512.
  public func shortage(of hash: HashAlgorithm) -> String? {
    switch (family, hash) {
    case (.ecdsa(.p384), .sha256), (.ecdsa(.p521), .sha256), (.ecdsa(.p521), .sha384):
      "\(hash) is too short for \(self)"
    default: nil
    }
  }

  /// The short name: `rsa2048`, `ed25519`, `nistp256`, `dsa1024`.
  public var description: String {
    switch family {
    case .rsa: "rsa\(bits)"
    case .dsa: "dsa\(bits)"
    case .elgamal: "elgamal\(bits)"
    case .ecdsa(.p256): "nistp256"
    case .ecdsa(.p384): "nistp384"
    case .ecdsa(.p521): "nistp521"
    case .ecdsa(.other): "ecdsa"
    case .ed25519: "ed25519"
    case .ecdh: "ecdh"
    case .unknown(let number): "algorithm\(number)"
    }
  }
}

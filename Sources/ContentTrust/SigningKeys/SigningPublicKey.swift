public import SignedMetadata

/// The public half of a private key, in Notary's form.
public struct SigningPublicKey: Hashable, Sendable {
  /// Whether it can sign what others will take.
  public enum Fitness: Hashable, Sendable {
    /// It can.
    case fit
    /// It is too short: its bits.
    case short(Int)
    /// Keyreeve, or everybody, knows no such signatures.
    case unused
  }

  /// The word of its kind: `ecdsa`, `rsa`, `ed25519`.
  public let family: String
  /// SubjectPublicKeyInfo, or the 32 octets of an Ed25519 key.
  public let octets: [UInt8]
  /// The algorithm in words: `ecdsa p-256`.
  public let algorithm: String
  /// Whether it can sign what others will take.
  public let fitness: Fitness

  init(family: String, octets: [UInt8], algorithm: String, fitness: Fitness) {
    (self.family, self.octets, self.algorithm, self.fitness) = (family, octets, algorithm, fitness)
  }

  /// The identifier of the key, which names its file.
  public var id: KeyID { KeyID(notary: family, public: octets) }
}

public import TrustModel

/// What the engine says of one certificate at one moment.
public struct Judgement: Sendable, Equatable {
  /// Whether the certificate as a whole is in force.
  public enum Validity: Sendable, Equatable {
    /// In force.
    case valid
    /// Its validity has ended: when, where the engine says so.
    case expired(Timestamp?)
    /// Revoked by itself: the reason that it gives, safe to show.
    case revoked(String?)
    /// Dated in the future.
    case notYetValid
    /// Nothing in it can be relied on: why.
    case invalid(String)
  }

  /// The primary key or a subkey.
  public struct SigningKey: Sendable, Equatable {
    /// Its fingerprint.
    public var fingerprint: Fingerprint
    /// Its algorithm and size.
    public var algorithm: KeyAlgorithm
    /// When it was made.
    public var created: Timestamp
    /// When its validity ends, by the engine; nil for never.
    public var expires: Timestamp?
    /// Whether its validity has ended.
    public var isExpired: Bool
    /// Whether it is revoked.
    public var isRevoked: Bool
    /// Whether the engine does not accept it as part of the certificate, for instance for want of a binding.
    public var isInvalid: Bool
    /// Whether its usage allows signatures over data.
    ///
    /// The engine does not look at a subkey's back-signature.
    public var canSign: Bool

    /// A key with what the engine said.
    public init(
      fingerprint: Fingerprint, algorithm: KeyAlgorithm, created: Timestamp, expires: Timestamp?, isExpired: Bool,
      isRevoked: Bool, isInvalid: Bool, canSign: Bool
    ) {
      (self.fingerprint, self.algorithm, self.created, self.expires) = (fingerprint, algorithm, created, expires)
      (self.isExpired, self.isRevoked, self.isInvalid, self.canSign) = (isExpired, isRevoked, isInvalid, canSign)
    }
  }

  /// The certificate as a whole.
  public var validity: Validity
  /// The primary key.
  public var primary: SigningKey
  /// The subkeys, in the certificate's order.
  public var subkeys: [SigningKey]
  /// Whether each user id, in the certificate's order, has a valid self-signature and is not revoked: the others are
  /// anybody's words.
  public var isUserIDValid: [Bool]
  /// How many user ids are valid.
  public var validUserIDs: Int { isUserIDValid.count { $0 } }
  /// When the certificate's validity ends; nil for never.
  public var expires: Timestamp? { primary.expires }

  /// A judgement made of its parts.
  public init(validity: Validity, primary: SigningKey, subkeys: [SigningKey], isUserIDValid: [Bool]) {
    (self.validity, self.primary, self.subkeys, self.isUserIDValid) = (validity, primary, subkeys, isUserIDValid)
  }

  /// The primary key or subkey with that fingerprint.
  public func key(_ fingerprint: Fingerprint) -> SigningKey? {
    primary.fingerprint == fingerprint ? primary : subkeys.first { $0.fingerprint == fingerprint }
  }
}

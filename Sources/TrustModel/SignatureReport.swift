/// One signature of a signature file, and what became of it.
public struct SignatureReport: Sendable, Equatable {
  /// The outcome for one signature.
  public enum Status: String, Sendable {
    /// Matches the bytes, and the key and signature are fit.
    case good
    /// Does not match the bytes.
    case bad
    /// By a key that no file of either layer holds.
    case unknownKey = "unknown-key"
    /// By a key whose validity has ended.
    case keyExpired = "key-expired"
    /// By a revoked key or signing subkey.
    case keyRevoked = "key-revoked"
    /// By a key too weak to count.
    case keyWeak = "key-weak"
    /// By a key that may not sign data, or a subkey not properly bound to its primary key.
    case keyUnusable = "key-unusable"
    /// The signature's own validity has ended.
    case signatureExpired = "signature-expired"
    /// The signature or the key is dated in the future, or the signature before the key.
    case notYetValid = "not-yet-valid"
    /// Made with a hash that no longer counts.
    case weakHash = "weak-hash"
    /// Of a kind that is no detached signature over data, or in a form that is refused.
    case unsupported
    /// Could not be judged: an engine failed or two readers disagreed.
    case undetermined
  }

  /// The outcome.
  public var status: Status
  /// The signing key's or subkey's fingerprint, where the key is known.
  public var fingerprint: Fingerprint?
  /// The primary key's fingerprint, where the key is known.
  public var primaryFingerprint: Fingerprint?
  /// The key id that the signature claims, where no key is known: a hint, not an identity.
  public var claimedKeyID: UInt64?
  /// The signing key's algorithm, where the key is known.
  public var algorithm: KeyAlgorithm?
  /// The hash that was signed.
  public var hash: HashAlgorithm
  /// When the signature says it was made.
  public var created: Timestamp?
  /// The primary key's user ids, made visible.
  public var userIDs: [String]
  /// Why the status is not `good`, in a few words.
  public var detail: String?

  /// A report on one signature.
  public init(
    status: Status, fingerprint: Fingerprint? = nil, primaryFingerprint: Fingerprint? = nil,
    claimedKeyID: UInt64? = nil, algorithm: KeyAlgorithm? = nil, hash: HashAlgorithm, created: Timestamp?,
    userIDs: [String] = [], detail: String? = nil
  ) {
    self.status = status
    self.fingerprint = fingerprint
    self.primaryFingerprint = primaryFingerprint
    self.claimedKeyID = claimedKeyID
    self.algorithm = algorithm
    self.hash = hash
    self.created = created
    self.userIDs = userIDs
    self.detail = detail
  }
}

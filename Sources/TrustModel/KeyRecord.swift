/// One trusted-key file as `keys` lists it.
public struct KeyRecord: Sendable, Equatable {
  /// The fingerprint in the file's name; nil where the name is none.
  public var fingerprint: Fingerprint?
  /// The key's user ids, made visible.
  public var userIDs: [String]
  /// The primary key's algorithm; nil where the file holds no readable key.
  public var algorithm: KeyAlgorithm?
  /// When the key was made.
  public var created: Timestamp?
  /// When its validity ends; nil for never or unknown.
  public var expires: Timestamp?
  /// The layer the file lies in.
  public var layer: Layer
  /// The names it speaks for.
  public var scope: Scope
  /// The file, absolute, without the sysroot.
  public var file: String
  /// What it comes to.
  public var status: KeyStatus
  /// The file that disables or overrides it.
  public var by: String?
  /// Why it is `invalid`, `weak` or otherwise does not count.
  public var problem: String?
  /// Whether the key's validity has been judged; until then `status` rests on unverified self-signatures.
  public var isJudged: Bool

  /// A record.
  public init(
    fingerprint: Fingerprint?, userIDs: [String] = [], algorithm: KeyAlgorithm? = nil, created: Timestamp? = nil,
    expires: Timestamp? = nil, layer: Layer, scope: Scope, file: String, status: KeyStatus, by: String? = nil,
    problem: String? = nil, isJudged: Bool = true
  ) {
    self.fingerprint = fingerprint
    self.userIDs = userIDs
    self.algorithm = algorithm
    self.created = created
    self.expires = expires
    self.layer = layer
    self.scope = scope
    self.file = file
    self.status = status
    self.by = by
    self.problem = problem
    self.isJudged = isJudged
  }
}

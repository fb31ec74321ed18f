/// On what a verdict of content trust stands: the roles that were asked, and the keys that signed.
public struct ContentEvidence: Sendable, Equatable {
  /// A key that signed a role's metadata.
  public struct Signature: Sendable, Equatable {
    /// The role.
    public var role: String
    /// The identifier of the key in metadata.
    public var keyID: String
    /// What the file of its private half is called.
    public var canonicalID: String
    /// In words: `ecdsa p-256`.
    public var algorithm: String

    /// A signature.
    public init(role: String, keyID: String, canonicalID: String, algorithm: String) {
      (self.role, self.keyID, self.canonicalID, self.algorithm) = (role, keyID, canonicalID, algorithm)
    }
  }

  /// A role that could have spoken for the tag, and what it said.
  public struct ConsideredRole: Sendable, Equatable {
    /// The role.
    public var role: String
    /// `signs`, `silent`, `not-asked`, `refused`.
    public var status: String
    /// Why.
    public var detail: String?

    /// A role that was considered.
    public init(role: String, status: String, detail: String? = nil) {
      (self.role, self.status, self.detail) = (role, status, detail)
    }
  }

  /// The server that was asked; nil where only what was kept was read.
  public var server: String?
  /// On what grounds the root is trusted: `kept`, `remembered`, `pinned`, `authority`, `first-use`.
  public var anchor: String
  /// Until when the proof holds: the earliest expiry of what was read.
  public var expires: Timestamp?
  /// When the repository was frozen, where a freeze was read: the verdict is one as of that moment.
  public var frozen: Timestamp?
  /// Why the server could not be asked, where what was kept served in its place.
  public var offline: String?
  /// What became of the versions seen: `stored`, `unchanged`, `not-stored`.
  public var kept = "unchanged"
  /// Who signed.
  public var signatures: [Signature] = []
  /// Every role that was looked at.
  public var considered: [ConsideredRole] = []

  /// Evidence.
  public init(server: String?, anchor: String) {
    (self.server, self.anchor) = (server, anchor)
  }
}

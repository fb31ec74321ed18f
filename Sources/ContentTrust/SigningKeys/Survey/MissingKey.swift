internal import SignedMetadata

/// A key that metadata names for a role, and whose file is not here.
public struct MissingKey: Sendable {
  /// Who should have it.
  public enum Holder: String, Sendable {
    /// The server: always for timestamps, mostly for snapshots.
    case server
    /// Somebody else, or nobody any more.
    case elsewhere
  }

  /// The role that needs it.
  public let use: KeyUse
  /// Whether any other key of the repository is here: it was signed from here, then.
  public let isOwnRepository: Bool

  /// Who should have it.
  public var holder: Holder { use.role == .timestamp || use.role == .snapshot ? .server : .elsewhere }
}

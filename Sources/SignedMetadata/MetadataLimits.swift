/// What an update may cost: every document, and how many of them.
///
/// Source: reference/security.md, rows T-17, T-22, T-33 and T-43.
public struct MetadataLimits: Sendable {
  /// The largest root, in octets.
  public var root = 512_000
  /// The largest timestamp, in octets.
  public var timestamp = 65_536
  /// The largest snapshot whose length is not stated, in octets.
  public var snapshot = 2_000_000
  /// The largest targets file whose length is not stated, in octets.
  public var targets = 16_000_000
  /// The largest document whose length is stated, in octets.
  public var stated = 64 << 20
  /// How many newer roots one update walks through; then it goes on with the last.
  public var rotations = 256
  /// How many roles a search for one target visits.
  public var visitedRoles = 32
  /// How many signatures a document may carry.
  public var signatures = 1_024
  /// How many keys or roles a document may name.
  public var entries = 4_096
  /// How deep a document may be nested.
  public var depth = 64

  /// The usual limits.
  public init() {}

  /// The limit for a role's document whose length is not stated.
  func unstated(_ role: RoleName) -> Int {
    switch role {
    case .root: root
    case .timestamp: timestamp
    case .snapshot: snapshot
    default: targets
    }
  }
}

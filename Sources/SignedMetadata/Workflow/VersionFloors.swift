/// The highest version that was seen of each role, for as long as the same keys stand behind it.
///
/// Kept beside the documents, so that losing or damaging those does not let an older state pass as new. Source:
/// reference/security.md, rows T-07 and T-08.
public struct VersionFloors: Sendable, Equatable {
  /// A version, and what tells the keys that were behind it.
  public struct Floor: Sendable, Equatable {
    /// The version.
    public let version: Int64
    /// The keys of the role, of the snapshot and of the timestamp: with one of them changed, counting begins anew.
    public let keys: String

    /// A floor.
    public init(version: Int64, keys: String) {
      (self.version, self.keys) = (version, keys)
    }
  }

  /// By role.
  public var floors: [RoleName: Floor]

  /// Floors; none at first.
  public init(_ floors: [RoleName: Floor] = [:]) {
    self.floors = floors
  }

  /// Refuses a version below the floor of its role.
  func check(_ role: RoleName, _ version: Int64, keys: String) throws(MetadataError) {
    guard let floor = floors[role], floor.keys == keys, version < floor.version else { return }
    throw MetadataError(role, .rollback(seen: floor.version, offered: version))
  }

  /// Raises the floor of a role.
  mutating func raise(_ role: RoleName, to version: Int64, keys: String) {
    if let floor = floors[role], floor.keys == keys, floor.version >= version { return }
    floors[role] = Floor(version: version, keys: keys)
  }
}

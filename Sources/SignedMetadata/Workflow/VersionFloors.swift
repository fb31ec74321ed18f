public import TrustModel

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
  /// When something was learned last: no moment before that can be now (reference/security.md, row T-12).
  public var seen: Timestamp?

  /// Floors; none at first.
  public init(_ floors: [RoleName: Floor] = [:], seen: Timestamp? = nil) {
    (self.floors, self.seen) = (floors, seen)
  }

  /// These floors and those of another reading of the same repository: of each role, what was learned under the newer root, and
  /// under the same root the higher version.
  public func merged(with other: VersionFloors) -> VersionFloors {
    let (mine, theirs) = (floors[.root]?.version ?? 0, other.floors[.root]?.version ?? 0)
    return VersionFloors(
      floors.merging(other.floors) { own, foreign in
        // With other keys counting began anew, which only a newer root can bring about.
        if own.keys != foreign.keys, mine != theirs { return mine > theirs ? own : foreign }
        return own.version >= foreign.version ? own : foreign
      }, seen: [seen, other.seen].compactMap(\.self).max())
  }

  /// Refuses a version below the floor of its role.
  func check(_ role: RoleName, _ version: Int64, keys: String) throws(MetadataError) {
    guard let floor = floors[role], floor.keys == keys, version < floor.version else { return }
    throw MetadataError(role, .rollback(seen: floor.version, offered: version))
  }

  /// Refuses a root of the version that was trusted before, with other keys: somebody else has put another chain in its place.
  func checkIdentity(of root: RootDocument) throws(MetadataError) {
    guard let floor = floors[.root], floor.version == root.head.version,
      floor.keys != root.keys(of: .root).identity
    else { return }
    throw MetadataError(.root, .anchor("version \(floor.version) was trusted here before with other keys"))
  }

  /// Raises the floor of a role.
  mutating func raise(_ role: RoleName, to version: Int64, keys: String) {
    if let floor = floors[role], floor.keys == keys, floor.version >= version { return }
    floors[role] = Floor(version: version, keys: keys)
  }
}

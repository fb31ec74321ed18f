/// What was kept from the last update: documents as they were received, and the versions seen.
public struct KeptMetadata: Sendable {
  /// The versions seen.
  public var floors: VersionFloors
  private let read: @Sendable (RoleName) -> [UInt8]?

  /// Kept metadata.
  ///
  /// `read` gives a role's document, nil where none was kept. It is asked once for each role, twice at most.
  public init(floors: VersionFloors = VersionFloors(), read: @escaping @Sendable (RoleName) -> [UInt8]?) {
    (self.floors, self.read) = (floors, read)
  }

  /// A root and nothing else but the versions seen.
  public init(root: [UInt8], floors: VersionFloors = VersionFloors()) {
    self.init(floors: floors) { $0 == .root ? root : nil }
  }

  subscript(role: RoleName) -> [UInt8]? { read(role) }
}

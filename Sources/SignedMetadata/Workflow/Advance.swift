/// What an update has learned that is worth keeping: documents as they were received, and the versions seen.
///
/// Looking returns it; only what may change writes it. The documents stand in the order in which they are to be written, so that a
/// crash between two of them leaves a state that the workflow knows.
public struct Advance: Sendable {
  /// The documents, the earliest first.
  public private(set) var documents: [(role: RoleName, octets: [UInt8])] = []
  /// The versions seen.
  public internal(set) var floors: VersionFloors

  init(_ floors: VersionFloors) {
    self.floors = floors
  }

  /// Whether there is nothing to keep.
  public var isEmpty: Bool { documents.isEmpty }

  /// Only roots count on where everything below them begins once more.
  mutating func restart(with root: [UInt8]) {
    documents.removeAll { $0.role != .root }
    add(.root, root)
  }

  mutating func add(_ role: RoleName, _ octets: [UInt8]) {
    documents.append((role, octets))
  }
}

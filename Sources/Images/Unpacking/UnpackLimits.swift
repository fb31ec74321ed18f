internal import Archives

/// What one root file system may be, whatever number of images and layers it is put together from.
///
/// Source: reference/security.md, rows; names and paths as in Linux.
public struct UnpackLimits: Sendable, Equatable {
  /// Entries of all layers: 1,000,000.
  public var entries = 1_000_000
  /// Octets of all files of all layers: 16 GiB.
  public var octets: UInt64 = 16 << 30
  /// Directories on the way to an entry: 128.
  public var depth = 128
  /// Octets of one name: 255.
  public var name = 255
  /// Octets of a path or of the target of a link: 4096.
  public var path = 4096
  /// Octets of the value of an extended attribute: 64 KiB.
  public var attribute = 64 << 10
  /// Extended attributes of an entry: 64.
  public var attributes = 64

  /// The defaults.
  public init() {}

  /// Refuses an entry that goes beyond.
  func check(_ entry: TarEntry, _ components: [[UInt8]]) throws(ArchiveError) {
    guard components.count <= depth + 1 else {
      throw .limit("\(shown(entry.path)) is refused: it lies below more than \(depth) directories")
    }
    guard components.allSatisfy({ $0.count <= name }) else {
      throw .limit("\(shown(entry.path)) is refused: a name in it is over \(name) octets long")
    }
    guard entry.linkTarget.count <= path else {
      throw .limit("\(shown(entry.path)) is refused: its link target is over \(path) octets long")
    }
    guard entry.extendedAttributes.count <= attributes,
      entry.extendedAttributes.allSatisfy({ $0.name.count <= name && $0.value.count <= attribute })
    else { throw .limit("\(shown(entry.path)) is refused: its extended attributes are too many or too large") }
  }
}

internal import Glibc

/// What the file system says of a file, link or directory.
public struct FileStatus: Hashable, Sendable {
  /// The kinds that matter here.
  public enum Kind: Hashable, Sendable {
    /// An ordinary file.
    case regular
    /// A directory.
    case directory
    /// A symbolic link.
    case symbolicLink
    /// A FIFO, socket or device.
    case other
  }

  /// The kind.
  public let kind: Kind
  /// Size in octets.
  public let size: Int64
  /// Permission bits, with set-id and sticky bits.
  public let mode: UInt32
  /// The owner's number.
  public let owner: UInt32
  /// The group's number.
  public let group: UInt32
  /// Number of names that the file has.
  public let links: UInt64
  /// Device and inode: the file itself, whatever it is called.
  public let identity: [UInt64]
  /// Last change of the contents, in nanoseconds since the epoch.
  public let modified: Int64
  /// Last change of the contents or the attributes, in nanoseconds since the epoch.
  public let changed: Int64

  /// A file that does not exist yet: regular, mode 0644, owned by root.
  init(plannedSize size: Int64) {
    kind = .regular
    self.size = size
    mode = 0o644
    (owner, group, links, identity, modified, changed) = (0, 0, 1, [], 0, 0)
  }

  init(_ raw: stat) {
    switch raw.st_mode & S_IFMT {
    case S_IFREG: kind = .regular
    case S_IFDIR: kind = .directory
    case S_IFLNK: kind = .symbolicLink
    default: kind = .other
    }
    size = Int64(raw.st_size)
    mode = raw.st_mode & 0o7777
    owner = raw.st_uid
    group = raw.st_gid
    links = UInt64(raw.st_nlink)
    identity = [UInt64(raw.st_dev), UInt64(raw.st_ino)]
    modified = Int64(raw.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(raw.st_mtim.tv_nsec)
    changed = Int64(raw.st_ctim.tv_sec) &* 1_000_000_000 &+ Int64(raw.st_ctim.tv_nsec)
  }

  /// Whether members of the group other than the owner may write.
  public var isGroupWritable: Bool { mode & 0o020 != 0 }
  /// Whether everybody may write.
  public var isWorldWritable: Bool { mode & 0o002 != 0 }
}

internal import CExchange
internal import Glibc

/// What a name in a directory is.
public enum EntryKind: Hashable, Sendable {
  /// An ordinary file.
  case file
  /// A directory.
  case directory
  /// A link, FIFO, socket or device.
  case other
}

// MARK: - Whole trees

extension WritableDirectory {
  /// How deep a tree may be: as deep as the longest name of a role can make it.
  public static let depthLimit = 140

  /// What a name is, no link followed; nil where there is nothing.
  public func kind(of name: String) throws(WriteError) -> EntryKind? {
    var status = stat()
    guard unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      guard errno == ENOENT else { throw WriteError(number: errno, at: at(name)) }
      return nil
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .directory
    default: return .other
    }
  }

  /// Opens a directory in this one that is there, and no link.
  public func open(_ name: String) throws(WriteError) -> WritableDirectory { try openChild(name) }

  /// Gives a file of this directory a second name in another one.
  ///
  /// - Throws: `WriteError`; `permission` also where the file system knows no second names.
  public func link(_ name: String, in other: borrowing WritableDirectory) throws(WriteError) {
    guard unsafe linkat(descriptor, name, other.descriptor, name, 0) == 0 else {
      throw WriteError(number: errno, at: other.at(name))
    }
  }

  /// Exchanges two directories of this one, so that nobody ever sees one of them missing.
  ///
  /// - Returns: false, with nothing changed, where the file system cannot do it.
  public func exchange(_ name: String, with other: String) throws(WriteError) -> Bool {
    switch unsafe kr_exchange(descriptor, name, descriptor, other) {
    case 0: return true
    case EINVAL, ENOSYS, EXDEV, EOPNOTSUPP: return false
    case let number: throw WriteError(number: number, at: at(other))
    }
  }

  /// Removes a directory with everything in it, links themselves and not what they lead to; one that is already gone is no error.
  public func removeTree(_ name: String) throws(WriteError) { try removeTree(name, depth: 0) }

  private func removeTree(_ name: String, depth: Int) throws(WriteError) {
    guard try kind(of: name) == .directory else { return try remove(name) }
    guard depth < Self.depthLimit else { throw .system(at(name), "it is too deep") }
    let child = try openChild(name)
    for entry in try child.names() { try child.removeTree(entry, depth: depth + 1) }
    guard unsafe unlinkat(descriptor, name, AT_REMOVEDIR) == 0 || errno == ENOENT else {
      throw WriteError(number: errno, at: at(name))
    }
  }
}

internal import Archives
internal import Glibc

/// Removes trees of any depth and with any modes, links themselves and not what they lead to.
enum TreeRemoval {
  /// Removes what a name is, with everything in it; nothing there is no error.
  static func remove(_ name: [UInt8], in folder: OpenFolder) throws(ArchiveError) {
    if isGone(name, in: folder) { return }
    let top = try opened(name, in: folder)
    // A program may have made directories deeper than anything that could be gone down by: instead, what lies two levels
    // down is moved up until there is nothing more.
    var serial = 0
    while true {
      let names = try top.names()
      if names.isEmpty { break }
      for child in names where !isGone(child, in: top) { try flatten(child, in: top, &serial) }
    }
    try removeEmpty(name, in: folder)
  }

  private static func flatten(_ name: [UInt8], in top: OpenFolder, _ serial: inout Int) throws(ArchiveError) {
    let folder = try opened(name, in: top)
    for child in try folder.names() where !isGone(child, in: folder) {
      _ = try opened(child, in: folder)
      while true {
        serial += 1
        let other = Array(".keyreeve-removed-\(serial)".utf8)
        let result = child.asName { old in
          other.asName { unsafe renameat(folder.descriptor, old, top.descriptor, $0) }
        }
        if result == 0 { break }
        guard errno == EEXIST || errno == ENOTEMPTY || errno == ENOTDIR else { throw folder.failure(child) }
      }
    }
    try removeEmpty(name, in: top)
  }

  /// Removes what is no directory; false where it is one.
  private static func isGone(_ name: [UInt8], in folder: OpenFolder) -> Bool {
    name.asName { unsafe unlinkat(folder.descriptor, $0, 0) } == 0 || errno == ENOENT
  }

  /// Opens a directory, whose owner may change it from then on.
  private static func opened(_ name: [UInt8], in folder: OpenFolder) throws(ArchiveError) -> OpenFolder {
    if let child = folder.child(name), fchmod(child.descriptor, 0o700) == 0 { return child }
    guard errno == EACCES, try folder.kind(name) == .directory else { throw folder.failure(name) }
    try folder.call(name) { unsafe fchmodat($0, $1, 0o700, 0) }
    guard let child = folder.child(name) else { throw folder.failure(name) }
    return child
  }

  private static func removeEmpty(_ name: [UInt8], in folder: OpenFolder) throws(ArchiveError) {
    let result = name.asName { unsafe unlinkat(folder.descriptor, $0, AT_REMOVEDIR) }
    guard result == 0 || errno == ENOENT else { throw folder.failure(name) }
  }
}

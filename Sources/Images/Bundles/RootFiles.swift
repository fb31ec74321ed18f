internal import Archives
internal import Glibc

/// Looks into an unpacked root file system, from its root, without following links.
struct RootFiles {
  /// The largest file that is read: 1 MiB.
  static let limit = 1 << 20

  private let root: OpenFolder
  private let path: String

  init(_ path: String) throws(ArchiveError) {
    root = try OpenFolder.open(path)
    self.path = path
  }

  /// Where a directory lies on this machine; nil where there is none, or a link on the way to it.
  func directory(_ path: String) -> String? {
    guard let (folder, name) = locate(path), name != [0x2e], folder.child(name) != nil else { return nil }
    return self.path + path
  }

  /// A regular file as text lines; nil where there is none, or one that is too large.
  func lines(_ path: String) -> [Substring]? {
    guard let (folder, name) = locate(path), let file = folder.file(name) else { return nil }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= Self.limit else {
      return nil
    }
    var octets = [UInt8](repeating: 0, count: Self.limit)
    let count = unsafe pread(file, &octets, octets.count, 0)
    guard count >= 0 else { return nil }
    // By octets: a text's own idea of a line's end would take CR LF for one character.
    return octets.prefix(count).split(separator: UInt8(ascii: "\n")).map { line in
      Substring(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
    }
  }

  /// Whose a file is; nil where there is none.
  func owner(of path: String) -> (user: UInt32, group: UInt32)? {
    guard let (folder, name) = locate(path), let status = try? folder.status(name) else { return nil }
    return (status.st_uid, status.st_gid)
  }

  private func locate(_ path: String) -> (OpenFolder, [UInt8])? {
    var components = path.utf8.split(separator: UInt8(ascii: "/")).map { Array($0) }
    guard !components.contains([0x2e, 0x2e]) else { return nil }
    guard let name = components.popLast() else { return (root, [0x2e]) }
    var folder = root
    for component in components {
      guard let child = folder.child(component) else { return nil }
      folder = child
    }
    return (folder, name)
  }
}

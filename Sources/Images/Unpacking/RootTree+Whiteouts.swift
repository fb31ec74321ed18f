internal import Archives
internal import Glibc

extension RootTree {
  /// What the names of a layer begin with that take something away.
  static let whiteout = Array(".wh.".utf8)
  private static let reserved = Array(".wh..wh.".utf8)
  private static let opaque = Array(".wh..wh..opq".utf8)

  /// Takes away what a whiteout names, as far as earlier layers brought it.
  func takeAway(
    _ name: [UInt8], in folder: OpenFolder, at parents: [[UInt8]], _ entry: TarEntry
  ) throws(ArchiveError) {
    guard entry.kind == .file else { throw .malformed("\(shown(entry.path)) is refused: a whiteout must be a file") }
    if name == Self.opaque { return try clear(folder, at: parents, depth: 0) }
    // Further names of this form are bookkeeping of the file system that the layer was made on.
    if name.starts(with: Self.reserved) { return }
    let hidden = Array(name.dropFirst(Self.whiteout.count))
    guard !hidden.isEmpty, hidden != [0x2e], hidden != [0x2e, 0x2e] else {
      throw .malformed("\(shown(entry.path)) is refused: it takes away no name")
    }
    try clear(hidden, in: folder, at: parents, depth: 0)
  }

  private func clear(_ folder: OpenFolder, at parents: [[UInt8]], depth: Int) throws(ArchiveError) {
    for name in try folder.names() { try clear(name, in: folder, at: parents, depth: depth) }
  }

  /// Removes a name, unless the layer at hand has made it: of a directory that both brought, only what is earlier.
  private func clear(
    _ name: [UInt8], in folder: OpenFolder, at parents: [[UInt8]], depth: Int
  ) throws(ArchiveError) {
    let path = parents + [name]
    guard made.contains(Array(path.joined(separator: [UInt8(ascii: "/")]))) else {
      return try TreeRemoval.remove(name, in: folder)
    }
    guard depth <= limits.depth, let child = folder.child(name) else { return }
    try clear(child, at: path, depth: depth + 1)
  }
}

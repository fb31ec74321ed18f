internal import Archives
internal import Glibc

extension RootTree {
  /// Makes an entry; true where its body is to come.
  func make(
    _ entry: TarEntry, _ name: [UInt8], in folder: OpenFolder, at path: [UInt8]
  ) throws(ArchiveError) -> Bool {
    if entry.kind == .hardLink {
      try link(entry, name, in: folder, at: path)
      return false
    }
    let attributes = EntryAttributes(entry, rights, &leftOut)
    if entry.kind == .directory {
      try makeDirectory(name, in: folder)
      folders[path] = attributes
      return false
    }
    try TreeRemoval.remove(name, in: folder)
    switch entry.kind {
    case .file:
      open = (try folder.makeFile(name), name, attributes)
      return true
    case .symbolicLink:
      guard !entry.linkTarget.isEmpty, !entry.linkTarget.contains(0) else {
        throw .malformed("\(shown(entry.path)) is refused: its link target is empty or holds a zero octet")
      }
      try folder.call(name) { descriptor, name in
        entry.linkTarget.asName { unsafe symlinkat($0, descriptor, name) }
      }
      try attributes.give(to: name, in: folder, isLink: true, &leftOut)
    default: try node(entry, name, in: folder, attributes)
    }
    return false
  }

  /// A directory stays with what is in it; anything else makes room.
  ///
  /// Nobody else may look in before it has its mode.
  private func makeDirectory(_ name: [UInt8], in folder: OpenFolder) throws(ArchiveError) {
    if try folder.kind(name) == .directory { return }
    try TreeRemoval.remove(name, in: folder)
    _ = try folder.make(name, mode: 0o700)
  }
}

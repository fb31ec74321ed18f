internal import Archives
internal import CUnpack
internal import Glibc
internal import TrustModel

extension RootTree {
  /// Gives a file of the tree a second name.
  ///
  /// The way to the file is gone like that to any entry: below the root, one name after the other, no link followed.
  func link(_ entry: TarEntry, _ name: [UInt8], in folder: OpenFolder, at path: [UInt8]) throws(ArchiveError) {
    func refuse(_ what: String) -> ArchiveError { .malformed("\(shown(entry.path)) is refused: \(what)") }
    let written = try EntryPath(entry.linkTarget, isDirectory: false, limit: limits.path).octets
    guard let target = isImage ? Self.belowRootfs(written) : written, !target.isEmpty else {
      throw refuse("it is a hard link to something outside the root file system")
    }
    guard target != path else { throw refuse("it is a hard link to itself") }
    let slash = target.lastIndex(of: UInt8(ascii: "/"))
    let (parent, last) = (Array(target[..<(slash ?? 0)]), Array(target[(slash.map { $0 + 1 } ?? 0)...]))
    guard let source = try existing(parent), let kind = try source.kind(last), kind != .directory else {
      throw refuse("it is a hard link to no file that came before it")
    }
    try TreeRemoval.remove(name, in: folder)
    try source.call(last) { from, old in
      // Without a flag that would have a link at the old name followed.
      name.asName { unsafe linkat(from, old, folder.descriptor, $0, 0) }
    }
  }

  /// Makes a device or FIFO, where the caller may; else it is counted.
  func node(
    _ entry: TarEntry, _ name: [UInt8], in folder: OpenFolder, _ attributes: EntryAttributes
  ) throws(ArchiveError) {
    guard rights.isRoot else {
      if entry.kind == .fifo { leftOut.fifos += 1 } else { leftOut.devices += 1 }
      return
    }
    let kind: mode_t =
      switch entry.kind {
      case .characterDevice: S_IFCHR
      case .blockDevice: S_IFBLK
      default: S_IFIFO
      }
    let numbers = entry.attributes
    try folder.call(name) { descriptor, name in
      let number = unsafe kr_make_node(descriptor, name, kind | 0o600, numbers.deviceMajor, numbers.deviceMinor)
      errno = number
      return number
    }
    try attributes.give(to: name, in: folder, isLink: false, &leftOut)
  }
}

/// A name for a message.
func shownName(_ name: [UInt8]) -> String { VisibleText(octets: name, limit: 80).description }

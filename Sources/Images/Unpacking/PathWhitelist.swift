internal import Archives

/// The only paths of an image and of what it stands on that remain, with the directories on the way to them.
///
/// A directory that is named stays without its contents, unless these are named, too. Source: appc image specification, "image
/// manifest schema", pathWhitelist.
public struct PathWhitelist: Sendable {
  private var paths: Set<[UInt8]> = [[]]

  /// A whitelist of a manifest; nil for one without entries, which leaves everything.
  public init?(_ paths: [String]) {
    guard !paths.isEmpty else { return nil }
    for path in paths {
      let components = path.utf8.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual(".".utf8) }
      for count in 0...components.count {
        self.paths.insert(Array(components.prefix(count).joined(separator: [UInt8(ascii: "/")])))
      }
    }
  }

  /// Whether a path below the root remains.
  func holds(_ path: [UInt8]) -> Bool { paths.contains(path) }
}

extension RootTree {
  /// Removes what a whitelist does not name.
  func keep(_ whitelist: PathWhitelist) throws(ArchiveError) { try keep(whitelist, root, []) }

  private func keep(_ whitelist: PathWhitelist, _ folder: OpenFolder, _ way: [UInt8]) throws(ArchiveError) {
    for name in try folder.names() {
      let path = way.isEmpty ? name : way + [UInt8(ascii: "/")] + name
      guard whitelist.holds(path) else {
        try TreeRemoval.remove(name, in: folder)
        continue
      }
      // As deep as the whitelist's own paths at most.
      if try folder.kind(name) == .directory, let child = folder.child(name) { try keep(whitelist, child, path) }
    }
  }
}

internal import Archives
internal import Glibc

extension RootTree {
  /// The directory for an entry, made where it is missing and `making` says so; nil where it is missing.
  func folder(
    _ components: ArraySlice<[UInt8]>, for entry: TarEntry, making: Bool
  ) throws(ArchiveError) -> OpenFolder? {
    var shared = 0
    while shared < min(way.count, components.count), way[shared].name == components[shared] { shared += 1 }
    way.removeLast(way.count - shared)
    while way.count < components.count {
      let name = components[way.count]
      let above = way.last?.folder ?? root
      if let child = above.child(name) {
        way.append((name, child, false))
        continue
      }
      guard errno == ENOENT else {
        guard errno == ENOTDIR || errno == ELOOP else { throw above.failure(name) }
        throw .malformed("\(shown(entry.path)) is refused: it lies below '\(shownName(name))', which is no directory")
      }
      guard making else { return nil }
      way.append((name, try above.make(name, mode: 0o755), false))
    }
    if making, source == .layer, way.last?.isMade == false { noteWay() }
    return way.last?.folder ?? root
  }

  /// Notes that the layer at hand has something in the directories of the way, which whiteouts may have been the first to open.
  private func noteWay() {
    var path: [UInt8] = []
    for index in way.indices {
      path += (index > 0 ? [UInt8(ascii: "/")] : []) + way[index].name
      if !way[index].isMade { made.insert(path) }
      way[index].isMade = true
    }
  }

  /// A directory of the tree that is there; nil where it is not.
  func existing(_ path: [UInt8]) throws(ArchiveError) -> OpenFolder? {
    var folder = root
    for name in path.split(separator: UInt8(ascii: "/")) {
      guard let child = folder.child(Array(name)) else {
        guard errno == ENOENT || errno == ENOTDIR || errno == ELOOP else { throw folder.failure(Array(name)) }
        return nil
      }
      folder = child
    }
    return folder
  }
}

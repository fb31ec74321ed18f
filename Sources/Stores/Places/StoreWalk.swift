/// One pass over the directory of a store that holds no keys of the layers.
struct StoreWalk {
  let store: Store
  /// Absolute, without the sysroot.
  let directory: String
  /// Whether directories below it belong to the store.
  var isDeep = true

  /// The deepest path, in components.
  static let depthLimit = 64

  private static let oddName = "its name is not one that a backup can hold"

  /// Whether docker or notary would take it for a key.
  private func mayBeKey(_ name: String, _ parent: StorePath?) -> Bool {
    store.isOfContentTrust && parent?.components.first == "private" && name.hasSuffix(".key")
      && !name.hasPrefix(StorePath.temporaryPrefix)
  }

  /// Adds what is there; a directory that is not there holds nothing.
  func run(_ sysroot: Sysroot, into listing: inout StoreListing) throws(StoreError) {
    let top: Directory
    do throws(StoreError) {
      top = try StorePlace.open(store, directory, under: sysroot)
    } catch .missing {
      return
    } catch .symbolicLink(let path) {
      return listing.omit(path, StoreError.symbolicLink(path).problem)
    }
    try visit(top, nil, into: &listing)
  }

  private func visit(
    _ directory: borrowing Directory, _ parent: StorePath?, into listing: inout StoreListing
  ) throws(StoreError) {
    for name in try directory.names() {
      let shown = self.directory + "/" + (parent.map { $0.description + "/" } ?? "") + name
      let status: FileStatus
      do throws(StoreError) {
        status = try directory.status(of: name)
      } catch .missing {
        // Gone since the directory was read, or with a name that is no UTF-8 and is not found again.
        if name.unicodeScalars.contains("\u{fffd}") {
          listing.omit(shown, Self.oddName, mayBeKey: mayBeKey(name, parent))
        }
        continue
      }
      let path = parent.map { $0.appending(name) } ?? StorePath(name)
      guard let path, path.components.count <= Self.depthLimit else {
        listing.omit(shown, Self.oddName, mayBeKey: status.kind != .other && mayBeKey(name, parent))
        continue
      }
      switch status.kind {
      case .symbolicLink:
        listing.omit(shown, "is a symbolic link, which is not followed", mayBeKey: mayBeKey(name, parent))
      case .other: listing.omit(shown, "is neither a file nor a directory")
      case .directory where isDeep: try visit(directory.openDirectory(name), path, into: &listing)
      case .directory: listing.omit(shown, "is a directory, of which this store has none")
      case .regular:
        if let place = StorePlace(store, in: self.directory, path) {
          listing.files.append(.init(place: place, status: status))
        } else {
          listing.omit(shown, "is no file of this store")
        }
      }
    }
  }
}

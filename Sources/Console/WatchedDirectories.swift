internal import Screen
internal import Stores
internal import TrustModel
internal import TrustVerify

/// The directories whose changes are news: every key directory, those of the image store where it is shown, and for one
/// that does not exist yet the nearest directory above it that does.
struct WatchedDirectories {
  let sysroot: Sysroot
  let watch: DirectoryWatch
  private var wanted: Set<String> = []

  init(sysroot: Sysroot, watch: DirectoryWatch) {
    (self.sysroot, self.watch) = (sysroot, watch)
  }

  /// Watches the directories of `machine` and `images`; false where they are watched already.
  mutating func update(of machine: Machine, _ images: ImageListing?) -> Bool {
    let tops = Layer.allCases.map(\.directory)
    let keys = machine.inventory.listing.directories.map(\.path)
    let now = Set((keys + tops + (images?.directories ?? [])).map { sysroot.located($0) })
    guard now != wanted else { return false }
    wanted = now
    var places = now
    for _ in 0..<8 {
      let missing = watch.watch(places.sorted())
      if missing.isEmpty { break }
      places.subtract(missing)
      for path in missing {
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { continue }
        places.insert(String(path[..<slash]))
      }
    }
    return true
  }
}

internal import Glibc
internal import TrustModel

/// Goes through a root file system in a fixed order: a directory before what is in it, names by their octets.
///
/// No link is followed, and every name is opened below the directory that it was read from.
struct RootWalk {
  /// What lies at a name.
  struct Item {
    /// The path in the image, `rootfs/…`.
    let path: [UInt8]
    /// The name, ending in a zero, and the open directory that it lies in.
    let name: [CChar]
    let parent: CInt
    let status: stat

    var kind: mode_t { status.st_mode & S_IFMT }
    var shown: VisibleText { VisibleText(octets: path, limit: 300) }
  }

  /// Visits `rootfs` of an open directory and all below it.
  static func run(
    in folder: CInt, _ visit: (Item) throws(PublishingProblem) -> Void
  ) throws(PublishingProblem) {
    try enter(folder, Array("rootfs".utf8), Array("rootfs".utf8), depth: 0, visit)
  }

  private static func enter(
    _ parent: CInt, _ name: [UInt8], _ path: [UInt8], depth: Int, _ visit: (Item) throws(PublishingProblem) -> Void
  ) throws(PublishingProblem) {
    let word = name.map { CChar(bitPattern: $0) } + [0]
    var status = stat()
    guard unsafe fstatat(parent, word, &status, AT_SYMLINK_NOFOLLOW) == 0 else { throw failure(path, errno) }
    let item = Item(path: path, name: word, parent: parent, status: status)
    try visit(item)
    guard item.kind == S_IFDIR else { return }
    guard depth < PublishingLimits.depth else {
      throw PublishingProblem(.usage, "\(item.shown) is deeper than \(PublishingLimits.depth) directories")
    }
    let descriptor = unsafe openat(parent, word, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0, let stream = unsafe fdopendir(descriptor) else { throw failure(path, errno) }
    defer { unsafe closedir(stream) }
    for child in unsafe names(in: stream).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      try enter(descriptor, child, path + [UInt8(ascii: "/")] + child, depth: depth + 1, visit)
    }
  }

  private static func names(in stream: OpaquePointer) -> [[UInt8]] {
    var names: [[UInt8]] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
      if !name.elementsEqual(".".utf8), !name.elementsEqual("..".utf8) { names.append(name) }
    }
    return names
  }

  static func failure(_ path: [UInt8], _ number: CInt) -> PublishingProblem {
    PublishingProblem(.failed, unsafe "\(VisibleText(octets: path, limit: 300)): \(String(cString: strerror(number)))")
  }
}

internal import Archives
internal import DurableFiles
internal import Glibc
internal import TrustModel

/// Writes the entries of an image into a file, one after the other, with memory that does not grow with it.
///
/// Only of files that have several names a word is kept.
final class ImageWriter {
  private let build: ImageBuild
  private var tar: TarWriter
  private let compressed: CompressedOutput
  private var places: [Inode: [UInt8]] = [:]
  private var room = [UInt8](repeating: 0, count: 256 << 10)

  private struct Inode: Hashable {
    let device: dev_t
    let number: ino_t
  }

  init(_ build: ImageBuild, to out: CInt) throws(ArchiveError) {
    self.build = build
    let compressed = try unsafe CompressedOutput(build.compression.archived) { (piece) throws(ArchiveError) in
      do throws(WriteError) {
        try unsafe WritableDirectory.write(piece, to: out, at: build.output)
      } catch {
        throw .engine("\(error)")
      }
    }
    self.compressed = compressed
    tar = unsafe TarWriter(modified: build.time ?? 0) { (piece) throws(ArchiveError) in
      try unsafe compressed.write(piece)
    }
  }

  /// Adds the manifest.
  func add(_ manifest: ManifestFile) throws(ArchiveError) {
    let entry = TarEntry(
      path: Array("manifest".utf8), size: UInt64(manifest.octets.count),
      mode: UInt64(manifest.status.st_mode & 0o7777))
    try tar.add(entry, attributes(manifest.status), body: manifest.octets)
  }

  /// Adds what lies at a name.
  func add(_ item: RootWalk.Item) throws(PublishingProblem) {
    do throws(ArchiveError) {
      let attributes = attributes(item.status)
      if item.kind == S_IFREG {
        if let first = firstPlace(of: item) {
          return try tar.add(entry(.hardLink, item, linkTarget: first), attributes)
        }
        return try addFile(item, attributes)
      }
      let kind: TarEntry.Kind =
        switch item.kind {
        case S_IFDIR: .directory
        case S_IFLNK: .symbolicLink
        case S_IFIFO: .fifo
        case S_IFCHR: .characterDevice
        default: .blockDevice
        }
      try tar.add(entry(kind, item, linkTarget: kind == .symbolicLink ? try target(of: item) : []), attributes)
    } catch {
      throw PublishingProblem(.failed, "\(item.shown): \(error)")
    }
  }

  /// Ends the archive.
  func finish() throws(ArchiveError) {
    try tar.finish()
    try compressed.finish()
  }

  private func entry(
    _ kind: TarEntry.Kind, _ item: RootWalk.Item, linkTarget: [UInt8] = [], size: UInt64 = 0
  ) -> TarEntry {
    TarEntry(kind, path: item.path, linkTarget: linkTarget, size: size, mode: UInt64(item.status.st_mode & 0o7777))
  }

  private func attributes(_ status: stat) -> TarAttributes {
    var attributes = TarAttributes(modified: build.time ?? Int64(status.st_mtim.tv_sec))
    attributes.owner = build.owner?.user ?? status.st_uid
    attributes.group = build.owner?.group ?? status.st_gid
    if status.st_mode & S_IFMT == S_IFCHR || status.st_mode & S_IFMT == S_IFBLK {
      // Source: glibc, gnu_dev_major and gnu_dev_minor.
      let device = UInt64(status.st_rdev)
      attributes.deviceMajor = UInt32(truncatingIfNeeded: device >> 8 & 0xfff | device >> 32 & ~0xfff)
      attributes.deviceMinor = UInt32(truncatingIfNeeded: device & 0xff | device >> 12 & ~0xff)
    }
    return attributes
  }

  /// Where the same file was packed under another name.
  private func firstPlace(of item: RootWalk.Item) -> [UInt8]? {
    guard item.status.st_nlink > 1 else { return nil }
    let inode = Inode(device: item.status.st_dev, number: item.status.st_ino)
    if let first = places[inode] { return first }
    places[inode] = item.path
    return nil
  }

  private func target(of item: RootWalk.Item) throws(ArchiveError) -> [UInt8] {
    var room = [CChar](repeating: 0, count: ArchiveLimits().path + 1)
    let count = unsafe readlinkat(item.parent, item.name, &room, room.count)
    guard count > 0, count < room.count else { throw .io(errno: count < 0 ? errno : ENAMETOOLONG, doing: "its target") }
    return room.prefix(count).map { UInt8(bitPattern: $0) }
  }

  private func addFile(_ item: RootWalk.Item, _ attributes: TarAttributes) throws(ArchiveError) {
    let file = unsafe openat(item.parent, item.name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { throw .io(errno: errno, doing: "it cannot be opened") }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0, status.st_ino == item.status.st_ino, status.st_dev == item.status.st_dev
    else { throw .engine("it changed while it was packed") }
    let size = UInt64(max(0, status.st_size))
    try tar.begin(entry(.file, item, size: size), attributes)
    var left = size
    while left > 0 {
      let wanted = Int(min(UInt64(room.count), left))
      let count = unsafe room.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, wanted) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .io(errno: errno, doing: "it cannot be read") }
      guard count > 0 else { throw .engine("it became shorter while it was packed") }
      try unsafe room.withUnsafeBufferPointer { (octets) throws(ArchiveError) in
        try unsafe tar.write(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(octets)[..<count]))
      }
      left -= UInt64(count)
    }
  }
}

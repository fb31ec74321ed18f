internal import Archives
internal import Crypto
internal import DurableFiles
internal import Glibc

/// The files of an image, written as one layer: a tar archive compressed with gzip, the same octets for the same image.
///
/// Owners, modes, times and extended attributes stay, the names lose `rootfs/`.
final class LayerOutput: TarConsumer {
  /// What was written.
  struct Sums {
    /// SHA-256 of the archive, and of the layer, in hexadecimal digits.
    var archive: String
    var layer: String
    /// Octets of the layer.
    var size: Int64
  }

  private final class Sink {
    let file: CInt
    var plain = SHA256()
    var packed = SHA256()
    var size: Int64 = 0

    init(_ file: CInt) { self.file = file }

    func put(_ piece: UnsafeRawBufferPointer) throws(ArchiveError) {
      unsafe packed.update(bufferPointer: piece)
      size += Int64(piece.count)
      do throws(WriteError) {
        try unsafe WritableDirectory.write(piece, to: file, at: "the layer")
      } catch {
        throw .engine("the layer could not be written: \(error)")
      }
    }
  }

  private let sink: Sink
  private let compression: CompressedOutput
  private var writer: TarWriter
  private(set) var sums: Sums?
  /// Names that a layer cannot hold, since they would take something away.
  private(set) var whiteouts = 0

  /// A layer that is written to an open file.
  init(_ file: CInt) throws(ArchiveError) {
    let sink = Sink(file)
    let compression = try unsafe CompressedOutput(.gzip) { (piece) throws(ArchiveError) in try unsafe sink.put(piece) }
    writer = unsafe TarWriter(modified: 0) { (piece) throws(ArchiveError) in
      unsafe sink.plain.update(bufferPointer: piece)
      try unsafe compression.write(piece)
    }
    (self.sink, self.compression) = (sink, compression)
  }

  func admit(_ entry: TarEntry) throws(ArchiveError) -> Bool {
    guard !Interruption.isNoted else { throw .io(errno: EINTR, doing: "the export was ended") }
    let read = try EntryPath(entry.path, isDirectory: entry.kind == .directory, limit: UnpackLimits().path)
    guard var path = RootTree.belowRootfs(read.octets) else { return false }
    let name = path.split(separator: UInt8(ascii: "/")).last ?? []
    guard !name.starts(with: RootTree.whiteout) else {
      whiteouts += 1
      return false
    }
    if entry.kind == .directory { path = path.isEmpty ? Array("./".utf8) : path + [UInt8(ascii: "/")] }
    let target = entry.kind == .hardLink ? RootTree.belowRootfs(entry.linkTarget) ?? entry.linkTarget : entry.linkTarget
    try writer.begin(TarEntry(entry, path: path, linkTarget: target), entry.attributes)
    return entry.kind == .file
  }

  func take(_ piece: UnsafeRawBufferPointer) throws(ArchiveError) { try unsafe writer.write(piece) }

  func endBody() throws(ArchiveError) {}

  func finish() throws(ArchiveError) {
    try writer.finish()
    try compression.finish()
    sums = Sums(
      archive: Self.text(sink.plain.finalize()), layer: Self.text(sink.packed.finalize()), size: sink.size)
  }

  private static func text(_ digest: SHA256.Digest) -> String { hexadecimal(Array(digest)) }
}

/// Octets as hexadecimal digits.
func hexadecimal(_ octets: [UInt8]) -> String {
  octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

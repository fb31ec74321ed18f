/// What is in an image file: its manifest and what else matters of it.
///
/// Reading is all this does; nothing is unpacked.
public struct ImageArchive: Sendable, Equatable {
  /// The manifest.
  public let manifest: ImageManifest
  /// The manifest's octets as they stand in the archive.
  public let manifestBytes: [UInt8]
  /// How the file is compressed.
  public let compression: Compression
  /// Octets of the uncompressed archive.
  public let uncompressedSize: UInt64
  /// Entries of the archive.
  public let entryCount: Int
  /// What is worth knowing before the image runs.
  public let remarks: [ArchiveRemark]

  /// Reads an image file in one pass: inflates it once, checks the layout and the manifest.
  ///
  /// To be called for verified images alone. Memory does not grow with the file, only with its number of entries.
  ///
  /// - Parameters:
  ///   - descriptor: an open regular file, of which all is read, at positions; its own position is not used. The caller
  ///     closes it.
  ///   - limits: what reading may cost.
  ///   - onUncompressed: is given every octet of the uncompressed archive once, in order, on the calling thread: their
  ///     SHA-512 is the image id. The memory is valid only during the call. Without it, bodies in a plain archive are
  ///     not read at all.
  ///   - files: is given the entries as well, as far as they keep the layout's rules, and the bodies that it wants.
  /// - Throws: `ArchiveError`; its `isMalformed` tells an image at fault from a failure that says nothing of it.
  public static func read(
    from descriptor: Int32, limits: ArchiveLimits = ArchiveLimits(),
    onUncompressed: ((UnsafeRawBufferPointer) -> Void)? = nil, files: (any TarConsumer)? = nil
  ) throws(ArchiveError) -> ImageArchive {
    let file = try ArchiveFile(descriptor: descriptor)
    let compression = try Compression.detect(firstBytes: file.start(Compression.probeLength))
    var scanner = TarScanner(WatchedLayout(ImageLayout(limits: limits), files), limits: limits)
    let size: UInt64
    switch compression {
    case .none: size = try unsafe readPlain(file, limits, &scanner, onUncompressed)
    case .gzip, .bzip2, .xz:
      var inflated = try InflatedFile(file, compression, limits: limits)
      size = try unsafe inflated.forEachPiece { (piece) throws(ArchiveError) in
        unsafe onUncompressed?(piece)
        try unsafe scanner.feed(piece)
      }
    }
    try scanner.finish()
    let layout = scanner.consumer.layout
    return ImageArchive(
      manifest: try ImageManifest.parse(layout.manifest, limits: limits), manifestBytes: layout.manifest,
      compression: compression, uncompressedSize: size, entryCount: layout.entryCount, remarks: layout.remarks)
  }

  /// Reads an archive that is not compressed; returns its size.
  private static func readPlain(
    _ file: ArchiveFile, _ limits: ArchiveLimits, _ scanner: inout TarScanner<WatchedLayout>,
    _ onUncompressed: ((UnsafeRawBufferPointer) -> Void)?
  ) throws(ArchiveError) -> UInt64 {
    guard file.size <= limits.uncompressed else {
      throw .limit("the image is \(file.size) octets long; \(limits.uncompressed) are allowed")
    }
    // Where bodies are left out, most of a large step would be read in vain.
    let step = unsafe onUncompressed == nil ? 32 << 10 : 256 << 10
    let buffer = Buffer(count: step)
    var offset: UInt64 = 0
    while offset < file.size {
      let count = try unsafe file.read(at: offset, into: buffer.bytes)
      let piece = unsafe UnsafeRawBufferPointer(rebasing: buffer.bytes[..<count])
      unsafe onUncompressed?(piece)
      try unsafe scanner.feed(piece)
      offset += UInt64(count)
      guard unsafe onUncompressed == nil else { continue }
      let skipped = min(scanner.skippable, file.size - offset)
      scanner.skip(skipped)
      offset += skipped
    }
    return file.size
  }
}

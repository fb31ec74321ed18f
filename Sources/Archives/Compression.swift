/// How an image file is compressed, told by its first octets and never by its name.
///
/// Source: reference/rkt.md 4.8; appc image specification, "image archives".
public enum Compression: String, Sendable, CaseIterable {
  /// A tar archive as it is.
  case none
  /// RFC 1952.
  case gzip
  /// bzip2.
  case bzip2
  /// xz.
  case xz

  /// How many octets `detect` wants to see.
  public static let probeLength = 512

  /// The compression of a file that begins with these octets, of which there should be `probeLength` if it has as many.
  ///
  /// - Throws: `ArchiveError.malformed` where it is no image archive; formats that are known but not allowed in images
  ///   are named.
  public static func detect(firstBytes: some Collection<UInt8>) throws(ArchiveError) -> Compression {
    let start = Array(firstBytes.prefix(probeLength))
    // At 257, because a tar archive begins with the name of its first entry, which could look like anything.
    if start.count > 262, start[257..<262].elementsEqual("ustar".utf8) { return .none }
    for (magic, compression) in signatures where start.starts(with: magic) { return compression }
    for (magic, name) in foreign where start.starts(with: magic) {
      throw .malformed("the image is compressed with \(name), which images may not be (gzip, bzip2 and xz may)")
    }
    throw .malformed("the file is not an image archive: neither tar nor gzip, bzip2 or xz")
  }

  private static let signatures: [([UInt8], Compression)] = [
    ([0x1f, 0x8b], .gzip), (Array("BZh".utf8), .bzip2), ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], .xz),
  ]

  private static let foreign: [([UInt8], String)] = [
    ([0x28, 0xb5, 0x2f, 0xfd], "zstd"), ([0x04, 0x22, 0x4d, 0x18], "lz4"), ([0x5d, 0x00, 0x00], "lzma"),
    (Array("LZIP".utf8), "lzip"), ([0x1f, 0x9d], "compress"), (Array("PK".utf8), "zip"),
    ([0x37, 0x7a, 0xbc, 0xaf], "7z"),
  ]
}

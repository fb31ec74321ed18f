/// Where the files of a plain tar archive lie in it, without a look into them.
///
/// Paths are those of `EntryPath`: nothing absolute, no `..`. The same path twice refuses the archive: readers differ in which they
/// take. Source: reference/security.md, rows.
public struct ArchiveListing: Sendable {
  /// A file of the archive.
  public struct File: Sendable, Equatable {
    /// Where its octets begin.
    public let offset: UInt64
    /// How many they are.
    public let size: UInt64
  }

  /// The files by their paths.
  public private(set) var files: [[UInt8]: File] = [:]
  /// Links by their paths, with what they lead to as it is written.
  public private(set) var links: [[UInt8]: [UInt8]] = [:]

  /// Reads the headers of an archive that is open at a descriptor, which the caller closes.
  public init(of descriptor: Int32, entries: Int, limits: ArchiveLimits = ArchiveLimits()) throws(ArchiveError) {
    let file = try ArchiveFile(descriptor: descriptor)
    var scanner = TarScanner(Consumer(entries: entries, limit: limits.path), limits: limits)
    let buffer = Buffer(count: 32 << 10)
    var offset: UInt64 = 0
    while offset < file.size {
      let count = try unsafe file.read(at: offset, into: buffer.bytes)
      try unsafe scanner.feed(UnsafeRawBufferPointer(rebasing: buffer.bytes[..<count]))
      offset += UInt64(count)
      let skipped = min(scanner.skippable, file.size - offset)
      scanner.skip(skipped)
      offset += skipped
    }
    try scanner.finish()
    (files, links) = (scanner.consumer.files, scanner.consumer.links)
  }

  private struct Consumer: TarConsumer {
    var files: [[UInt8]: File] = [:]
    var links: [[UInt8]: [UInt8]] = [:]
    var count = 0
    let entries: Int
    let limit: Int

    init(entries: Int, limit: Int) { (self.entries, self.limit) = (entries, limit) }

    mutating func admit(_ entry: TarEntry, bodyAt offset: UInt64) throws(ArchiveError) -> Bool {
      count += 1
      guard count <= entries else { throw .limit("the archive has more than \(entries) entries") }
      let path = try EntryPath(entry.path, isDirectory: entry.kind == .directory, limit: limit).octets
      switch entry.kind {
      case .directory: return false
      case .file:
        guard links[path] == nil, files.updateValue(File(offset: offset, size: entry.size), forKey: path) == nil else {
          throw .malformed("\(shown(path)) stands twice in the archive")
        }
      case .symbolicLink, .hardLink:
        guard files[path] == nil, links.updateValue(entry.linkTarget, forKey: path) == nil else {
          throw .malformed("\(shown(path)) stands twice in the archive")
        }
      default: throw .malformed("\(shown(path)) is neither a file nor a directory")
      }
      return false
    }

    mutating func admit(_ entry: TarEntry) throws(ArchiveError) -> Bool { try admit(entry, bodyAt: 0) }
    mutating func take(_ piece: UnsafeRawBufferPointer) throws(ArchiveError) {}
    mutating func endBody() throws(ArchiveError) {}
    mutating func finish() throws(ArchiveError) {}
  }
}

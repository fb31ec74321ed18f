/// The layout rules of an image archive, applied entry by entry.
///
/// One file `manifest` and one directory `rootfs` at the top, all else below `rootfs`; no path twice; nothing below
/// something that is not a directory, so that no entry is written through a link, in whatever order they come; hard
/// links only to entries that came before. Source: appc image specification, "image archives"; reference/rkt.md 5.1;
/// reference/security.md, rows.
struct ImageLayout: TarConsumer {
  private let limits: ArchiveLimits
  private var places: [PathKey: Place] = [:]
  private var collector: RemarkCollector
  private(set) var entryCount = 0
  /// The octets of the file `manifest`.
  private(set) var manifest: [UInt8] = []

  private enum Place {
    case directory
    /// Named only as the beginning of another path; its own entry may still come.
    case impliedDirectory
    case other
  }

  init(limits: ArchiveLimits) {
    self.limits = limits
    collector = RemarkCollector(exampleLimit: limits.remarkExamples)
  }

  var remarks: [ArchiveRemark] { collector.remarks }

  /// Accepts an entry, and says whether it is the manifest, whose body is then wanted.
  mutating func admit(_ entry: TarEntry) throws(ArchiveError) -> Bool {
    let path = try EntryPath(entry.path, isDirectory: entry.kind == .directory, limit: limits.path)
    entryCount += 1
    try checkTop(entry, path)
    try checkTarget(entry)
    try occupyParents(of: path)
    try occupy(path, with: entry)
    collector.look(at: entry)
    return path.octets.elementsEqual("manifest".utf8)
  }

  mutating func take(_ piece: UnsafeRawBufferPointer) {
    unsafe manifest.append(contentsOf: piece)
  }

  mutating func endBody() {}

  /// Refuses an archive that ended without what every image has.
  func finish() throws(ArchiveError) {
    guard places[PathKey("manifest".utf8)] == .other else { throw .malformed("the image has no manifest") }
    guard places[PathKey("rootfs".utf8)] == .directory else { throw .malformed("the image has no directory rootfs") }
  }

  private func checkTop(_ entry: TarEntry, _ path: EntryPath) throws(ArchiveError) {
    func refuse(_ what: String) -> ArchiveError { .malformed("\(shown(entry.path)) is refused: \(what)") }
    if path.octets.isEmpty || path.isBelowRootfs { return }
    if path.octets.elementsEqual("manifest".utf8) {
      guard entry.kind == .file else { throw refuse("the manifest must be a regular file") }
      guard entry.size <= UInt64(limits.manifest) else {
        throw .limit("the manifest is \(entry.size) octets long; \(limits.manifest) are allowed")
      }
    } else if path.octets.elementsEqual("rootfs".utf8) {
      guard entry.kind == .directory else { throw refuse("rootfs must be a directory") }
    } else {
      throw refuse("it is neither the manifest nor below rootfs/")
    }
  }

  private func checkTarget(_ entry: TarEntry) throws(ArchiveError) {
    guard entry.kind == .hardLink || entry.kind == .symbolicLink else { return }
    func refuse(_ what: String) -> ArchiveError { .malformed("\(shown(entry.path)) is refused: \(what)") }
    guard entry.kind == .hardLink else {
      guard entry.linkTarget.count <= limits.path else {
        throw .limit("\(shown(entry.path)) has too long a link target")
      }
      guard !entry.linkTarget.isEmpty, !entry.linkTarget.contains(where: { $0 < 0x20 || $0 == 0x7f }) else {
        throw refuse("its link target is empty or holds control characters")
      }
      return
    }
    let target = try EntryPath(entry.linkTarget, isDirectory: false, limit: limits.path)
    guard target.isBelowRootfs else { throw refuse("it is a hard link to something outside rootfs") }
    guard places[PathKey(target.octets)] == .other else {
      throw refuse("it is a hard link to no entry that came before it")
    }
  }

  private mutating func occupyParents(of path: EntryPath) throws(ArchiveError) {
    for parent in path.parents {
      switch places[PathKey(parent)] {
      // Whatever is a directory has had its own parents looked at.
      case .directory, .impliedDirectory: return
      case .other:
        throw .malformed("\(shown(path.octets)) is refused: it lies below \(shown(parent)), which is no directory")
      case nil: try take(.impliedDirectory, PathKey(parent))
      }
    }
  }

  private mutating func occupy(_ path: EntryPath, with entry: TarEntry) throws(ArchiveError) {
    let key = PathKey(path.octets)
    switch places[key] {
    case nil: try take(entry.kind == .directory ? .directory : .other, key)
    case .impliedDirectory where entry.kind == .directory: places[key] = .directory
    case .impliedDirectory: throw .malformed("\(shown(entry.path)) is refused: other entries need it to be a directory")
    case .directory, .other: throw .malformed("\(shown(entry.path)) is in the archive twice")
    }
  }

  private mutating func take(_ place: Place, _ key: PathKey) throws(ArchiveError) {
    guard places.count < limits.entries else { throw .limit("the image has more than \(limits.entries) entries") }
    places[key] = place
  }
}

/// Stands for a path in 16 octets, so that a million long paths need no gigabytes.
///
/// Two hashes under this process's random key: nobody can prepare two paths that share both, and by chance a million
/// paths do so once in 10^26 archives, which would then be refused.
private struct PathKey: Hashable {
  private let first: Int
  private let second: Int

  init(_ octets: some Collection<UInt8>) {
    var hasher = Hasher()
    var salted = Hasher()
    salted.combine(UInt8(1))
    let done: Void? = octets.withContiguousStorageIfAvailable {
      unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0))
      unsafe salted.combine(bytes: UnsafeRawBufferPointer($0))
    }
    if done == nil {
      for octet in octets {
        hasher.combine(octet)
        salted.combine(octet)
      }
    }
    (first, second) = (hasher.finalize(), salted.finalize())
  }
}

public import Archives
internal import Glibc

/// A root file system that is unpacked from one or more archives, the later ones over the earlier ones.
///
/// Every entry is made in a directory that was opened one name after the other below the root, none of them a link, so
/// that nothing is ever made elsewhere: whatever names, links or `..` the archive holds. What stands at an entry's place is
/// removed, never written through. Directories get their modes and times at the end. Source: reference/security.md, rows A-01 to
/// A-07; OCI image layer specification, "applying changesets".
public final class RootTree: TarConsumer {
  /// What kind of archive the entries come from.
  public enum Source: Sendable {
    /// An image: what lies below `rootfs`, the rest is passed over.
    case image
    /// A layer of an OCI image: everything, and `.wh.` names take away what earlier layers brought.
    case layer
  }

  let limits: UnpackLimits
  let rights: UnpackRights
  let root: OpenFolder
  var source = Source.image
  private var filters: [PathWhitelist] = []
  /// The directories that were opened last, from the root on, and whether the layer at hand has something in them.
  var way: [(name: [UInt8], folder: OpenFolder, isMade: Bool)] = []
  var folders: [[UInt8]: EntryAttributes] = [:]
  var open: (file: CInt, name: [UInt8], attributes: EntryAttributes)?
  private var entries = 0
  private var octets: UInt64 = 0
  /// Paths that the layer at hand has made, which its own whiteouts do not concern.
  var made: Set<[UInt8]> = []
  var isImage: Bool { source == .image }
  /// What was not made.
  public internal(set) var leftOut = LeftOut()

  /// A tree in a directory of this program's own, empty at first.
  public init(
    at path: String, limits: UnpackLimits = UnpackLimits(), rights: UnpackRights = .current
  ) throws(ArchiveError) {
    (self.limits, self.rights) = (limits, rights)
    root = try OpenFolder.open(path)
  }

  deinit { if let open { close(open.file) } }

  /// Begins the next archive, whose entries come over those of the earlier ones.
  ///
  /// - Parameter filters: what of it is taken: only paths that each of these names.
  public func begin(_ source: Source, keeping filters: [PathWhitelist] = []) {
    (self.source, self.filters, made, way) = (source, filters, [], [])
  }

  /// Makes an entry; a file gets its contents by `take`.
  public func admit(_ entry: TarEntry) throws(ArchiveError) -> Bool {
    guard !Interruption.isNoted else { throw .io(errno: EINTR, doing: "unpacking was ended") }
    guard let path = try place(of: entry) else { return false }
    let components = path.split(separator: UInt8(ascii: "/")).map(Array.init)
    try count(entry, components)
    guard let name = components.last else {
      if entry.kind == .directory { folders[[]] = EntryAttributes(entry, rights, &leftOut) }
      return false
    }
    guard filters.allSatisfy({ $0.holds(path) }) else { return false }
    if source == .layer, name.starts(with: Self.whiteout) {
      let folder = try folder(components.dropLast(), for: entry, making: false)
      if let folder { try takeAway(name, in: folder, at: Array(components.dropLast()), entry) }
      return false
    }
    guard let folder = try folder(components.dropLast(), for: entry, making: true) else { return false }
    if source == .layer { made.insert(path) }
    return try make(entry, name, in: folder, at: path)
  }

  /// Writes the next octets of the file at hand.
  public func take(_ piece: UnsafeRawBufferPointer) throws(ArchiveError) {
    guard let open else { return }
    var written = 0
    while written < piece.count {
      let count = unsafe write(open.file, piece.baseAddress?.advanced(by: written), piece.count - written)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .io(errno: errno, doing: "cannot unpack \(shown(open.name))") }
      written += count
    }
  }

  /// The file at hand is whole: gives it its owner, mode and times.
  public func endBody() throws(ArchiveError) {
    guard let ending = open else { return }
    open = nil
    defer { close(ending.file) }
    try ending.attributes.give(to: ending.file, ending.name, &leftOut)
  }

  /// The archive at hand is whole; further ones may follow.
  public func finish() throws(ArchiveError) {}

  /// Gives the directories their modes and times, now that nothing more is made in them.
  public func complete() throws(ArchiveError) {
    way = []
    // Longest first: a directory that may not be searched would keep its children out of reach.
    for (path, attributes) in folders.sorted(by: { $0.key.count > $1.key.count }) {
      guard let folder = try existing(path) else { continue }
      try attributes.give(to: folder.descriptor, path, &leftOut)
    }
    folders = [:]
  }
}

extension RootTree {
  /// The path of an entry below the root, none for what is no part of the root file system.
  private func place(of entry: TarEntry) throws(ArchiveError) -> [UInt8]? {
    let path = try EntryPath(entry.path, isDirectory: entry.kind == .directory, limit: limits.path)
    guard source == .image else { return path.octets }
    return Self.belowRootfs(path.octets)
  }

  static func belowRootfs(_ path: [UInt8]) -> [UInt8]? {
    if path.elementsEqual("rootfs".utf8) { return [] }
    return path.starts(with: "rootfs/".utf8) ? Array(path.dropFirst(7)) : nil
  }

  private func count(_ entry: TarEntry, _ components: [[UInt8]]) throws(ArchiveError) {
    entries += 1
    guard entries <= limits.entries else { throw .limit("the image has more than \(limits.entries) entries") }
    let (sum, overflow) = octets.addingReportingOverflow(entry.size)
    guard !overflow, sum <= limits.octets else {
      throw .limit("the files of the image are more than \(limits.octets) octets")
    }
    octets = sum
    try limits.check(entry, components)
  }
}

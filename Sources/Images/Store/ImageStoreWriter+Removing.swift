internal import DurableFiles
internal import Glibc
internal import Stores
public import TrustModel
internal import TrustVerify

extension ImageStoreWriter {
  /// What a clean-up came to.
  public struct Cleaning: Sendable, Equatable {
    /// Images that nothing needed any more.
    public var images: [ImageID] = []
    /// Interrupted downloads that were too old to be resumed.
    public var downloads = 0
    /// Other leftovers of interrupted work.
    public var leftovers = 0
  }

  /// How long an interrupted download is kept, in seconds.
  public static let grace: Int64 = 24 * 60 * 60

  /// Removes an image.
  ///
  /// - Throws: `ImageStoreError.isNeeded` where another image stands on it, unless `force` says so.
  public func remove(_ id: ImageID, force: Bool = false) throws(ImageStoreError) {
    try locked { top throws(ImageStoreError) in
      let needing = try users(of: id)
      guard force || needing.isEmpty else { throw .isNeeded(id, by: needing) }
      try writing { () throws(WriteError) in try take(id, outOf: top) }
    }
  }

  /// Removes images that only others stood on and none does any more, and what interrupted work has left.
  ///
  /// - Parameters:
  ///   - grace: seconds for which an interrupted download is kept.
  ///   - dryRun: only says what would be removed.
  public func clean(grace: Int64 = grace, at now: Timestamp, dryRun: Bool = false) throws(ImageStoreError) -> Cleaning {
    var cleaning = Cleaning()
    try locked { top throws(ImageStoreError) in
      cleaning.images = try unneeded()
      try writing { () throws(WriteError) in
        if !dryRun { for id in cleaning.images { try take(id, outOf: top) } }
        try sweep(top, &cleaning, before: now.seconds - grace, dryRun)
      }
    }
    return cleaning
  }

  /// Images that nobody asked for and no image stands on, in the end.
  private func unneeded() throws(ImageStoreError) -> [ImageID] {
    let records = try allRecords()
    var needed: Set<ImageID> = []
    var waiting = records.filter(\.isRequested).map(\.id)
    let byID = Dictionary(records.map { ($0.id, $0) }) { first, _ in first }
    while let id = waiting.popLast() {
      guard needed.insert(id).inserted else { continue }
      waiting += byID[id]?.dependencies.map(\.id) ?? []
    }
    return records.map(\.id).filter { !needed.contains($0) }
  }

  private func users(of id: ImageID) throws(ImageStoreError) -> [String] {
    try allRecords().filter { $0.id != id && $0.dependencies.contains { $0.id == id } }.map { "\($0.reference)" }
  }

  private func allRecords() throws(ImageStoreError) -> [ImageRecord] {
    do {
      return try images.records().records
    } catch {
      throw .stored(error)
    }
  }

  private func take(_ id: ImageID, outOf top: borrowing WritableDirectory) throws(WriteError) {
    let staging = try top.descend([Self.stagingDirectory])
    let name = Self.removedPrefix + "\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    try top.move(id.description, to: staging, as: name)
    try top.sync()
    try staging.removeDirectory(name)
  }

  private func sweep(
    _ top: borrowing WritableDirectory, _ cleaning: inout Cleaning, before limit: Int64, _ dryRun: Bool
  ) throws(WriteError) {
    let staging = try top.descend([Self.stagingDirectory])
    for name in try staging.names() {
      if name.hasPrefix(Self.madePrefix) || name.hasPrefix(Self.removedPrefix) {
        cleaning.leftovers += 1
        if !dryRun { try staging.removeDirectory(name) }
      } else if name.hasPrefix(Self.slotPrefix), !name.hasSuffix(Self.slotLockSuffix) {
        guard let lock = try staging.lockIfFree(name + Self.slotLockSuffix) else { continue }
        defer { lock.hold() }
        // The download itself, since the directory's own time does not change while the file grows.
        let slot = try staging.descend([name])
        let isEmpty = try slot.names().isEmpty
        guard isEmpty || slot.modified(StagedImage.fileName) ?? 0 < limit else { continue }
        if !isEmpty { cleaning.downloads += 1 }
        if !dryRun { try staging.removeDirectory(name) }
      }
    }
    for record in (try? images.records().records) ?? [] where !dryRun {
      try removeUnnamed(in: top.descend([record.id.description]), by: record)
    }
  }

  private func locked(
    _ body: (borrowing WritableDirectory) throws(ImageStoreError) -> Void
  ) throws(ImageStoreError) {
    var failure: ImageStoreError?
    try writing { () throws(WriteError) in
      let top = try top()
      let lock = try top.lock(Self.lockFile)
      do throws(ImageStoreError) { try body(top) } catch { failure = error }
      lock.hold()
    }
    if let failure { throw failure }
  }

  private func writing(_ body: () throws(WriteError) -> Void) throws(ImageStoreError) {
    do {
      try body()
    } catch {
      throw .write(error)
    }
  }
}

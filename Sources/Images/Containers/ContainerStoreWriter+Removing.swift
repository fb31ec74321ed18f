internal import DurableFiles
public import Registry
internal import Stores
public import TrustModel

extension ContainerStoreWriter {
  /// What a clean-up came to.
  public struct Cleaning: Sendable, Equatable {
    /// Blobs that no image needs.
    public var blobs = 0
    /// Interrupted downloads that were too old to be resumed.
    public var downloads = 0
  }

  /// Removes images, with the blobs that no other image needs, and those that are no longer what their digest says.
  public func remove(_ records: [ContainerRecord]) throws(RegistryError) {
    try locked { top throws(RegistryError) in
      var blobs: Set<ManifestDigest> = []
      for record in records {
        blobs.formUnion((try? store.digests(of: record)) ?? [record.digest, record.signed])
      }
      try Self.writing { () throws(WriteError) in
        let folder = try top.descend([ContainerStore.recordDirectory])
        for record in records { try folder.remove(record.fileName) }
        try folder.sync()
        try writeIndex(top)
      }
      // Which blobs another image needs that is damaged is not known: they stay until that one is removed.
      do throws(RegistryError) {
        _ = try sweep(top, before: nil, dryRun: false)
      } catch {
        guard [.tampered, .malformed].contains(error.reason) else { throw error }
      }
      try removeDamaged(blobs, top)
    }
  }

  /// Removes blobs that are damaged, though other images need them: only then the next fetch brings them anew.
  private func removeDamaged(
    _ digests: Set<ManifestDigest>, _ top: borrowing WritableDirectory
  ) throws(RegistryError) {
    var damaged: [String] = []
    for digest in digests {
      guard let piece = try? store.blobs.blob(digest) else { continue }
      if try piece.digest() != digest { damaged.append(digest.hex) }
    }
    try Self.writing { () throws(WriteError) in
      let blobs = try top.descend(Self.blobDirectories)
      for name in damaged { try blobs.remove(name) }
    }
  }

  /// Removes blobs that no image needs, and interrupted downloads.
  ///
  /// - Parameters:
  ///   - grace: seconds for which an interrupted download is kept, and the blobs that came with it.
  ///   - dryRun: only says what would be removed.
  public func clean(grace: Int64, at now: Timestamp, dryRun: Bool = false) throws(RegistryError) -> Cleaning {
    guard (try? store.state.names(in: ContainerStore.directoryName))?.isEmpty == false else { return Cleaning() }
    var cleaning = Cleaning()
    try locked { top throws(RegistryError) in
      cleaning = try sweep(top, before: now.seconds - grace, dryRun: dryRun)
    }
    return cleaning
  }

  /// Without a limit, blobs go at any age and downloads stay.
  private func sweep(
    _ top: borrowing WritableDirectory, before limit: Int64?, dryRun: Bool
  ) throws(RegistryError) -> Cleaning {
    var needed: Set<String> = []
    let (records, problems) = try store.records()
    // What cannot be read may need anything.
    guard problems.isEmpty else { throw RegistryError(.failed, problems.joined(separator: "; ")) }
    for record in records { needed.formUnion(try digests(of: record).map(\.hex)) }
    var cleaning = Cleaning()
    try Self.writing { () throws(WriteError) in
      let blobs = try top.descend(Self.blobDirectories)
      for name in try blobs.names() where !needed.contains(name) {
        guard limit.map({ blobs.modified(name) ?? 0 < $0 }) ?? true else { continue }
        cleaning.blobs += 1
        if !dryRun { try blobs.remove(name) }
      }
      guard let limit else { return }
      let staging = try top.descend([Self.stagingDirectory])
      for name in try staging.names() where staging.modified(name) ?? 0 < limit {
        guard let lock = try staging.lockIfFree(name) else { continue }
        defer { lock.hold() }
        cleaning.downloads += 1
        if !dryRun { try staging.remove(name) }
      }
    }
    return cleaning
  }

  /// The blobs that an image needs, or which image it is of which that cannot be said.
  private func digests(of record: ContainerRecord) throws(RegistryError) -> Set<ManifestDigest> {
    do throws(RegistryError) {
      return try store.digests(of: record)
    } catch {
      throw RegistryError(
        error.reason,
        "the stored image \(record.reference) is damaged: \(error); to go on, remove it: keyreeve image rm"
          + " docker://\(record.reference)")
    }
  }

  private func locked(_ body: (borrowing WritableDirectory) throws(RegistryError) -> Void) throws(RegistryError) {
    var failure: RegistryError?
    try Self.writing { () throws(WriteError) in
      let top = try top()
      let lock = try top.lock(Self.lockFile)
      do throws(RegistryError) { try body(top) } catch { failure = error }
      lock.hold()
    }
    if let failure { throw failure }
  }
}

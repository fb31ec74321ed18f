internal import DurableFiles
internal import Glibc
internal import Stores
internal import StrictJSON
internal import TrustModel
internal import TrustVerify

extension ImageStoreWriter {
  /// Gives an image its place, or takes new signatures into the record of one that has its place already.
  ///
  /// - Returns: the record that the store now holds.
  /// - Throws: `ImageStoreError.isUnverified` where the store holds it with verification switched off.
  func store(
    _ image: borrowing StagedImage, signature: [UInt8]?, _ record: ImageRecord
  ) throws(ImageStoreError) -> ImageRecord {
    do {
      try image.sync()
      let top = try top()
      let lock = try top.lock(Self.lockFile)
      defer { lock.hold() }
      guard let known = try? images.record(of: record.id) else {
        try place(image, signature, record, in: top)
        return record
      }
      if known.isUnverified, !record.isUnverified { throw ImageStoreError.isUnverified(known.id) }
      return try renew(known, image, signature, record, in: top)
    } catch let error as WriteError {
      throw .write(error)
    } catch let error as ImageStoreError {
      throw error
    } catch {
      throw .write(.system(store.place, "\(error)"))
    }
  }

  /// Marks an image that others stand on as asked for by a person too.
  func markRequested(_ record: ImageRecord) throws(ImageStoreError) -> ImageRecord {
    guard !record.isRequested else { return record }
    do throws(WriteError) {
      let top = try top()
      let lock = try top.lock(Self.lockFile)
      defer { lock.hold() }
      guard var known = try? images.record(of: record.id) else { return record }
      known.isRequested = true
      try write(known, in: top.descend([known.id.description]))
      return known
    } catch {
      throw .write(error)
    }
  }

  private func place(
    _ image: borrowing StagedImage, _ signature: [UInt8]?, _ record: ImageRecord, in top: borrowing WritableDirectory
  ) throws(WriteError) {
    let staging = try top.descend([Self.stagingDirectory])
    let name = Self.madePrefix + "\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    let made = try staging.descend([name])
    try image.move(to: made, as: ImageStore.imageFile(record.generation))
    if let signature, let generation = record.signatureGeneration {
      try made.create(ImageStore.signatureFile(generation), signature, mode: 0o644)
    }
    try write(record, in: made)
    // What lies under an id without a record that can be read is no image: it makes room.
    do throws(WriteError) {
      try staging.placeDirectory(name, in: top, as: record.id.description)
    } catch .exists {
      try top.move(record.id.description, to: staging, as: Self.removedPrefix + name)
      try staging.placeDirectory(name, in: top, as: record.id.description)
      try staging.removeDirectory(Self.removedPrefix + name)
    }
    try top.sync()
  }

  /// The same archive came again, with other signatures or in another form: the record alone decides which counts.
  private func renew(
    _ known: ImageRecord, _ image: borrowing StagedImage, _ signature: [UInt8]?, _ record: ImageRecord,
    in top: borrowing WritableDirectory
  ) throws(WriteError) -> ImageRecord {
    let directory = try top.descend([known.id.description])
    var renewed = record
    renewed.isRequested = record.isRequested || known.isRequested
    // Switching verification off for an image that is there verified makes it no worse.
    guard !record.isUnverified, record.signatureDigest != known.signatureDigest else {
      renewed = known
      renewed.isRequested = record.isRequested || known.isRequested
      if renewed != known { try write(renewed, in: directory) }
      return renewed
    }
    renewed.generation = known.generation + 1
    renewed.signatureGeneration = (known.signatureGeneration ?? 0) + 1
    try directory.remove(ImageStore.imageFile(renewed.generation))
    try directory.remove(ImageStore.signatureFile(renewed.signatureGeneration ?? 1))
    try image.move(to: directory, as: ImageStore.imageFile(renewed.generation))
    if let signature {
      try directory.create(ImageStore.signatureFile(renewed.signatureGeneration ?? 1), signature, mode: 0o644)
    }
    try write(renewed, in: directory)
    try removeUnnamed(in: directory, by: renewed)
    return renewed
  }

  /// Removes the files of an image's directory that its record does not name.
  func removeUnnamed(in directory: borrowing WritableDirectory, by record: ImageRecord) throws(WriteError) {
    let named: Set<String> = [
      ImageStore.recordFile, ImageStore.imageFile(record.generation),
      ImageStore.signatureFile(record.signatureGeneration ?? 0),
    ]
    for name in try directory.names() where !named.contains(name) { try directory.remove(name) }
  }

  private func write(_ record: ImageRecord, in directory: borrowing WritableDirectory) throws(WriteError) {
    let temporary = "." + ImageStore.recordFile
    try directory.remove(temporary)
    try directory.create(temporary, record.document.encoded(pretty: true) + [UInt8(ascii: "\n")], mode: 0o644)
    try directory.move(temporary, to: directory, as: ImageStore.recordFile)
    try directory.sync()
  }
}

internal import DurableFiles
internal import Glibc
public import Registry
internal import Stores
internal import StrictJSON
internal import TrustModel

/// The writing half of the store of container images.
///
/// A blob gets its name when all of it is there and is what its digest says; an image is in the index when all of its blobs are.
/// Whoever changes records, the index or the set of blobs holds the store's lock.
public struct ContainerStoreWriter: Sendable {
  /// The store.
  public let store: ContainerStore

  static let lockFile = "lock"
  static let stagingDirectory = "staging"
  static let partEnding = ".part"
  static let blobDirectories = ["blobs", "sha256"]

  /// A writer for a store.
  public init(_ store: ContainerStore) { self.store = store }

  /// The store's directory, made where it is missing.
  func top() throws(WriteError) -> WritableDirectory {
    try WritableDirectory.make(store.place, below: store.state.sysroot.path)
  }

  /// Whether a blob is there in full; its digest was checked when it came.
  func holds(_ blob: BlobDescriptor) -> Bool {
    guard let piece = try? store.blobs.blob(blob.digest) else { return false }
    return piece.count == blob.size
  }

  /// Keeps a document that is at hand.
  func keep(_ octets: [UInt8], as digest: ManifestDigest) throws(RegistryError) {
    let blob = BlobDescriptor(type: "", digest: digest, size: UInt64(octets.count))
    guard !holds(blob) else { return }
    try Self.writing { () throws(WriteError) in
      let top = try top()
      let staging = try top.descend([Self.stagingDirectory])
      let name = "\(digest.hex)-\(getpid())"
      try staging.remove(name)
      try staging.create(name, octets, mode: 0o644)
      try staging.move(name, to: top.descend(Self.blobDirectories), as: digest.hex)
    }
  }

  /// Takes an image whose blobs are all there into the store.
  ///
  /// - Returns: whether it was there already, the very same.
  func finish(_ record: ContainerRecord, _ blobs: [BlobDescriptor]) throws(RegistryError) -> Bool {
    var failure: RegistryError?
    var wasThere = false
    try Self.writing { () throws(WriteError) in
      let top = try top()
      let lock = try top.lock(Self.lockFile)
      defer { lock.hold() }
      do throws(RegistryError) {
        if let missing = blobs.first(where: { !holds($0) }) {
          throw RegistryError(.failed, "\(missing.digest) was removed from the store meanwhile: fetch it again")
        }
        wasThere = try supersede(record)
      } catch {
        failure = error
        return
      }
      try top.descend(Self.blobDirectories).sync()
      try write(record.document, as: record.fileName, in: top.descend([ContainerStore.recordDirectory]))
      try writeIndex(top)
    }
    if let failure { throw failure }
    return wasThere
  }

  /// What was taken without verification stays so: no later one makes it better.
  private func supersede(_ record: ContainerRecord) throws(RegistryError) -> Bool {
    guard let known = try store.records().records.first(where: { $0.fileName == record.fileName }) else { return false }
    guard known.isUnverified, !record.isUnverified, known.digest == record.digest else {
      return known.digest == record.digest
    }
    throw RegistryError(
      .declined,
      "the store holds \(record.reference) as unverified, which no later verification changes; to have it as verified: "
        + "keyreeve image rm docker://\(record.reference), and fetch it again")
  }

  /// The index of a layout, as other tools read it.
  func writeIndex(_ top: borrowing WritableDirectory) throws(WriteError) {
    let records = (try? store.records().records) ?? []
    let manifests = records.map { record in
      BlobDescriptor(
        type: record.descriptor.type, digest: record.digest, size: record.descriptor.size, platform: record.platform,
        name: record.reference.description
      ).document
    }
    if try top.kind(of: "oci-layout") == nil { try write(["imageLayoutVersion": "1.0.0"], as: "oci-layout", in: top) }
    try write(
      [
        "schemaVersion": 2, "mediaType": JSON(MediaType.ociIndex.rawValue), "manifests": .array(manifests),
      ], as: "index.json", in: top)
  }

  private func write(_ json: JSON, as name: String, in folder: borrowing WritableDirectory) throws(WriteError) {
    let temporary = "." + name
    try folder.remove(temporary)
    try folder.create(temporary, json.encoded(pretty: true) + [UInt8(ascii: "\n")], mode: 0o644)
    try folder.move(temporary, to: folder, as: name)
    try folder.sync()
  }

  /// Runs what writes, with its errors in the words of the store.
  static func writing(_ body: () throws(WriteError) -> Void) throws(RegistryError) {
    do throws(WriteError) {
      try body()
    } catch {
      throw RegistryError(.failed, "the store of container images: \(error)")
    }
  }
}

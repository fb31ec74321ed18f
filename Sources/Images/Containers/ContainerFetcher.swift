internal import Fetch
public import Registry
internal import Synchronization
public import TrustModel

/// Fetches container images from a registry into the store.
public struct ContainerFetcher: Sendable {
  private let writer: ContainerStoreWriter
  private let access: RegistryAccess
  private let cancellation = Cancellation()

  /// Blobs at once.
  public static let threads = 4
  /// How often a blob is asked for again that was cut without a further octet.
  static let attempts = 4

  /// A fetcher for one registry.
  public init(into writer: ContainerStoreWriter, from access: RegistryAccess) {
    (self.writer, self.access) = (writer, access)
  }

  /// Fetches an image, as far as the store does not hold it, and takes it into the store.
  ///
  /// - Parameter progress: is told octets so far and altogether, on the calling thread.
  public func fetch(
    _ wanted: WantedContainer, at now: Timestamp, progress: (UInt64, UInt64) -> Void
  ) throws(RegistryError) -> FetchedContainer {
    let client = access.client(wanted.reference.repository, cancellation: cancellation)
    let top = try top(wanted, client)
    let (image, manifest) = try image(of: top, wanted, client)
    var notes: [String] = []
    let configuration = try configuration(manifest, client)
    let platform = try platform(configuration, wanted, &notes)
    let fetched = try layers(manifest, client, wanted.reference.repository, progress)
    for document in [top, image] { try writer.keep(document.octets, as: document.digest) }
    let record = ContainerRecord(
      reference: wanted.reference, platform: platform, signed: top.digest,
      descriptor: BlobDescriptor(
        type: image.type.rawValue, digest: image.digest, size: UInt64(image.octets.count)),
      layers: manifest.layers.count, size: manifest.size + UInt64(image.octets.count),
      registry: access.server.description, fetched: now, isUnverified: wanted.isUnverified, verdict: wanted.verdict)
    let wasStored = try writer.finish(record, manifest.blobs)
    return FetchedContainer(record: record, wasStored: wasStored, fetched: fetched, notes: notes)
  }

  // MARK: Documents

  /// The signed document: out of the store, or from the registry.
  private func top(_ wanted: WantedContainer, _ client: RegistryClient) throws(RegistryError) -> ContainerDocument {
    guard let digest = wanted.digest else {
      return try client.document(tag: wanted.reference.tag ?? .latest)
    }
    if let kept = kept(digest), wanted.size.map({ UInt64(kept.octets.count) == $0 }) ?? true { return kept }
    return try client.document(digest, size: wanted.size)
  }

  private func kept(_ digest: ManifestDigest) -> ContainerDocument? {
    guard let octets = try? writer.store.blobs.blob(digest).octets(limit: RegistryLimits.manifestOctets),
      let document = try? ContainerDocument(octets, claimed: nil), document.digest == digest
    else { return nil }
    return document
  }

  /// The image itself: of an index, the one for the platform.
  private func image(
    of top: ContainerDocument, _ wanted: WantedContainer, _ client: RegistryClient
  ) throws(RegistryError) -> (ContainerDocument, ContainerManifest) {
    switch top.content {
    case .manifest(let manifest): return (top, manifest)
    case .index(let index):
      let child = try index.manifest(for: wanted.platform ?? .machine)
      let document: ContainerDocument
      if let kept = kept(child.digest), kept.type.rawValue == child.type, UInt64(kept.octets.count) == child.size {
        document = kept
      } else {
        document = try client.document(child.digest, size: child.size, type: child.mediaType)
      }
      guard case .manifest(let manifest) = document.content else {
        throw RegistryError(.malformed, "the index leads to another index, which is not followed")
      }
      return (document, manifest)
    }
  }

  private func configuration(
    _ manifest: ContainerManifest, _ client: RegistryClient
  ) throws(RegistryError) -> ContainerConfiguration {
    let blob = manifest.configuration
    if !writer.holds(blob) {
      let transfer = BlobTransfer(blob, into: writer, cancellation: cancellation)
      try transfer.run(client) { _ in }
    }
    let octets = try writer.store.blobs.blob(blob.digest).octets(limit: RegistryLimits.configurationOctets)
    guard try ContainerDocument.digest(of: octets) == blob.digest else {
      throw RegistryError(.tampered, "the octets of \(blob.digest) in the store are not those of its digest")
    }
    return try ContainerConfiguration(octets, layerCount: manifest.layers.count)
  }

  private func platform(
    _ configuration: ContainerConfiguration, _ wanted: WantedContainer, _ notes: inout [String]
  ) throws(RegistryError) -> ImagePlatform {
    let expected = wanted.platform ?? .machine
    guard let platform = configuration.platform else { return expected }
    if !expected.admits(platform) {
      guard wanted.platform == nil else {
        throw RegistryError(.mismatch, "\(wanted.reference) is for \(platform), and \(expected) was asked for")
      }
      notes.append("\(wanted.reference) is for \(platform), and this machine is \(expected)")
    }
    return platform
  }

  // MARK: Layers

  /// Fetches the layers that are missing, the largest first.
  ///
  /// Each is compared with its own digest; with the one that it has without compression by who unpacks it, in the same
  /// reading: most of what is fetched is handed on as it is.
  ///
  /// - Returns: octets that they have.
  private func layers(
    _ manifest: ContainerManifest, _ client: RegistryClient, _ repository: Repository,
    _ progress: (UInt64, UInt64) -> Void
  ) throws(RegistryError) -> UInt64 {
    var seen: Set<ManifestDigest> = []
    var missing = manifest.layers.filter { seen.insert($0.digest).inserted && !self.writer.holds($0) }
    guard !missing.isEmpty else { return 0 }
    missing.sort { $0.size > $1.size }
    let total = missing.reduce(0) { $0 + $1.size }
    let received = Received()
    let (access, cancellation, writer, token) = (access, cancellation, writer, client.token)
    try ParallelWork(missing, cancellation: cancellation).run(
      threads: Self.threads, watch: { progress(received.count, total) },
      worker: {
        let client = access.client(repository, cancellation: cancellation)
        client.token = token
        return { layer in
          let transfer = BlobTransfer(layer, into: writer, cancellation: cancellation)
          try transfer.run(client) { received.add($0) }
        }
      })
    progress(total, total)
    return total
  }
}

/// Octets that several threads have received.
final class Received: Sendable {
  private let octets = Atomic<Int64>(0)

  var count: UInt64 { UInt64(max(0, octets.load(ordering: .relaxed))) }

  func add(_ count: Int64) { octets.add(count, ordering: .relaxed) }
}

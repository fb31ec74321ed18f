internal import Fetch
public import Registry
internal import Synchronization
public import TrustModel

/// Brings a local image into a repository of a registry: what is missing of its blobs, then its manifests, then its tag.
///
/// Nothing is signed here. Source: OCI distribution specification, "Push".
public struct ImageUpload: Sendable {
  private let image: LocalImage
  private let target: DockerReference
  private let access: RegistryAccess
  /// Octets of one request; nil for a whole blob.
  public var chunk: UInt64?
  /// Repositories of the same registry that blobs may be mounted from.
  public var sources: [Repository] = []
  private let cancellation = Cancellation()

  /// Blobs at once.
  public static let threads = 4

  /// An upload of an image to a tag.
  public init(_ image: LocalImage, to target: DockerReference, _ access: RegistryAccess) {
    (self.image, self.target, self.access) = (image, target, access)
  }

  /// What there is to do.
  public struct Plan: Sendable {
    /// Blobs that the repository lacks.
    public let missing: [BlobDescriptor]
    /// How many it has.
    public let present: Int
    /// Octets of those that it lacks.
    public var octets: UInt64 { missing.reduce(0) { $0 + $1.size } }
  }

  private func client() -> RegistryClient {
    let further = sources.map { "repository:\($0.parts.dropFirst().joined(separator: "/")):pull" }
    return access.client(target.repository, actions: "pull,push", further: further, cancellation: cancellation)
  }

  /// Asks which blobs the repository has.
  public func plan() throws(RegistryError) -> Plan {
    let client = client()
    var missing: [BlobDescriptor] = []
    for blob in image.blobs where try !BlobUpload(client).isThere(blob) { missing.append(blob) }
    return Plan(missing: missing, present: image.blobs.count - missing.count)
  }

  /// Uploads what is missing, the manifests and the tag, and reads back what the tag leads to then.
  ///
  /// - Parameter progress: is told octets so far and altogether, on the calling thread.
  public func run(_ plan: Plan, progress: (UInt64, UInt64) -> Void) throws(RegistryError) {
    let sent = Received()
    let blobs = plan.missing.sorted { $0.size > $1.size }
    let (total, first) = (plan.octets, client())
    // One asks for a token, the others show the same.
    if let blob = blobs.first { _ = try BlobUpload(first).isThere(blob) }
    let token = first.token
    try ParallelWork(blobs, cancellation: cancellation).run(
      threads: Self.threads, watch: { progress(sent.count, total) },
      worker: { [self] in
        let client = client()
        client.token = token
        return { blob in
          try BlobUpload(client, chunk: chunk, sources: sources).run(blob, image.piece(blob.digest)) { sent.add($0) }
        }
      })
    progress(total, total)
    try putManifests(first)
  }

  private func putManifests(_ client: RegistryClient) throws(RegistryError) {
    let upload = ManifestUpload(client)
    for manifest in image.manifests where manifest.digest != image.document.digest {
      try upload.put(manifest, as: manifest.digest.description)
    }
    let tag = target.tag ?? .latest
    try upload.put(image.document, as: tag.name)
    _ = try client.document(image.document.digest, size: UInt64(image.document.octets.count))
    let found = try client.document(tag: tag)
    guard found.digest == image.document.digest else {
      throw RegistryError(
        .tampered,
        "\(access.server) gives \(found.digest) for \(target), where \(image.document.digest) was uploaded: somebody else pushes, "
          + "or the registry is at fault; nothing was signed")
    }
  }
}

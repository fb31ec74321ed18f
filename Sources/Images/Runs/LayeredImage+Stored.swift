internal import Archives
public import Registry
internal import TrustModel

extension LayeredImage {
  /// An image of the store of container images, whose verdict the caller has looked at.
  ///
  /// Its configuration is compared with its digest here, each layer in the reading that it is unpacked in: its octets as they
  /// came with the manifest's digest, and without compression with the configuration's.
  ///
  /// - Throws: `RegistryError`: `tampered` where the store no longer holds what was stored.
  public init(_ record: ContainerRecord, in store: ContainerStore) throws(RegistryError) {
    let image = try LocalImage(store.blobs, record.descriptor)
    guard image.manifests.count == 1, case .manifest(let manifest)? = image.manifests.first?.content else {
      throw RegistryError(.malformed, "\(record.reference) is no image but an index of images")
    }
    let octets = try image.piece(manifest.configuration.digest).octets(limit: RegistryLimits.configurationOctets)
    var digest = BlobDigest()
    unsafe octets.withUnsafeBytes { unsafe digest.take($0) }
    guard try digest.finished() == manifest.configuration.digest else {
      throw Self.tampered(record, manifest.configuration.digest)
    }
    let configuration = try ContainerConfiguration(octets, layerCount: manifest.layers.count)
    var layers: [Layer] = unsafe []
    for (layer, plain) in zip(manifest.layers, configuration.layers) {
      let piece = try image.piece(layer.digest)
      unsafe layers.append({ (feed) in try unsafe Self.read(piece, layer, plain, record, feed) })
    }
    let name = record.reference.repository.name.split(separator: "/").last.map(String.init) ?? ""
    unsafe self.init(name: name, configuration: octets, layers: layers)
  }

  private static func read(
    _ piece: BlobPiece, _ layer: BlobDescriptor, _ plain: ManifestDigest, _ record: ContainerRecord,
    _ feed: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var (packed, inflated) = (BlobDigest(), BlobDigest())
    let inflater = LayerInflater(limit: RegistryLimits.layerOctets, memory: RegistryLimits.inflaterMemory)
    var failure: (any Error)?
    func pass(_ octets: UnsafeRawBufferPointer) {
      guard failure == nil else { return }
      unsafe inflated.take(octets)
      do { try unsafe feed(octets) } catch { failure = error }
    }
    try unsafe piece.forEach { octets in
      guard failure == nil else { return }
      unsafe packed.take(octets)
      do { try unsafe inflater.feed(octets) { unsafe pass($0) } } catch { failure = failure ?? error }
    }
    if failure == nil { try unsafe inflater.finish { unsafe pass($0) } }
    // What is no longer what was stored may break any rule: that is the reason then.
    guard try packed.finished() == layer.digest, packed.count == layer.size else {
      if let failure { throw failure }
      throw tampered(record, layer.digest)
    }
    if let failure { throw failure }
    guard try inflated.finished() == plain else { throw tampered(record, plain) }
  }

  private static func tampered(_ record: ContainerRecord, _ digest: ManifestDigest) -> RegistryError {
    RegistryError(
      .tampered,
      "the store no longer holds \(digest) of \(record.reference) as it was stored: keyreeve image rm"
        + " docker://\(record.reference), and fetch it again")
  }
}

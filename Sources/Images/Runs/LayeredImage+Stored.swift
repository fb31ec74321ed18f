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
    let reader = LayerReader(layer, uncompressed: plain)
    do {
      var refusal: (any Error)?
      try unsafe piece.forEach { octets in
        do { try unsafe reader.take(octets) { try unsafe feed($0) } } catch { refusal = error }
        return refusal == nil
      }
      if let refusal { throw refusal }
      try unsafe reader.finish { try unsafe feed($0) }
    } catch let error as RegistryError where error.reason == .tampered {
      throw tampered(record, layer.digest)
    }
  }

  private static func tampered(_ record: ContainerRecord, _ digest: ManifestDigest) -> RegistryError {
    RegistryError(
      .tampered,
      "the store no longer holds \(digest) of \(record.reference) as it was stored: keyreeve image rm"
        + " docker://\(record.reference), and fetch it again")
  }
}

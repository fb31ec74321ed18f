internal import StrictJSON
internal import TrustModel

/// The manifest of an image: its configuration and its layers, the lowest first.
public struct ContainerManifest: Sendable {
  /// The configuration.
  public let configuration: BlobDescriptor
  /// The layers.
  public let layers: [BlobDescriptor]

  /// A manifest of these.
  public init(configuration: BlobDescriptor, layers: [BlobDescriptor]) {
    (self.configuration, self.layers) = (configuration, layers)
  }

  /// Reads a manifest; where `isArtifact`, what it consists of need be no configuration and no layers.
  init(_ document: StrictDocument, isArtifact: Bool = false) throws(RegistryError) {
    guard let config = document.json["config"] else { throw .malformed("the manifest has no config") }
    configuration = try BlobDescriptor(
      config, "the manifest's config", limit: UInt64(RegistryLimits.configurationOctets))
    guard isArtifact || configuration.mediaType?.isConfiguration == true else {
      throw .malformed(
        "the manifest is not that of an image: its config is \(VisibleText(configuration.type, limit: 100))")
    }
    guard let list = try document.list("layers", limit: RegistryLimits.layers) else {
      throw .malformed("the manifest has no layers")
    }
    var layers: [BlobDescriptor] = []
    for (index, json) in list.enumerated() {
      let layer = try BlobDescriptor(json, "layer \(index + 1)", limit: RegistryLimits.blobOctets)
      guard !MediaType.isForeignLayer(layer.type) else {
        throw .malformed(
          "layer \(index + 1) is kept elsewhere than in the registry (a foreign layer), which is never fetched")
      }
      guard isArtifact || layer.mediaType?.isLayer == true else {
        throw .malformed("layer \(index + 1) is \(VisibleText(layer.type, limit: 100)), which is no layer")
      }
      layers.append(layer)
    }
    self.layers = layers
    // One blob has one length.
    var sizes: [ManifestDigest: UInt64] = [:]
    for blob in blobs where sizes.updateValue(blob.size, forKey: blob.digest) ?? blob.size != blob.size {
      throw .malformed("the manifest gives \(blob.digest) two lengths")
    }
  }

  /// The configuration and the layers.
  public var blobs: [BlobDescriptor] { [configuration] + layers }
  /// Octets of all that the image consists of, each blob once.
  public var size: UInt64 {
    var seen: Set<ManifestDigest> = []
    return blobs.reduce(0) { $0 + (seen.insert($1.digest).inserted ? $1.size : 0) }
  }
}

internal import StrictJSON
internal import TrustModel

/// An image in an archive of `docker save` in its old form: a configuration and layers without compression, and no manifest.
///
/// The manifest is made here, always the same for the same image: docker's schema 2 with the layers as they lie. Source: docker's image
/// specification, version 1.2, "Combined Image JSON + Filesystem Changeset Format".
struct SavedArchive {
  /// The manifest that was made.
  let document: ContainerDocument
  /// Where the blobs lie.
  let pieces: [ManifestDigest: BlobPiece]

  init(_ collection: BlobCollection, _ list: [UInt8], named name: DockerReference) throws(RegistryError) {
    let json: JSON
    do throws(JSONError) {
      json = try JSON.parse(list, limits: JSONLimits(octets: RegistryLimits.layoutOctets))
    } catch {
      throw .malformed("manifest.json: \(error)")
    }
    let image = try StrictDocument(try Self.choose(json.array ?? [], name, in: collection.path), "manifest.json")
    try image.check(["Config", "RepoTags", "Layers"])
    guard let file = try image.text("Config") else { throw .malformed("manifest.json names no Config") }
    let configuration = try Self.piece(file, in: collection)
    let octets = try configuration.octets(limit: RegistryLimits.configurationOctets)
    let digest = try ContainerDocument.digest(of: octets)
    // Docker names the file by its digest.
    guard
      file.utf8.elementsEqual("\(digest.hex).json".utf8) || file.utf8.elementsEqual("blobs/sha256/\(digest.hex)".utf8)
    else {
      throw RegistryError(.tampered, "the configuration \(VisibleText(file, limit: 100)) has the digest \(digest)")
    }
    let files = try image.list("Layers", limit: RegistryLimits.layers) ?? []
    let layers = try ContainerConfiguration(octets, layerCount: files.count).layers
    var pieces = [digest: configuration]
    var descriptors: [BlobDescriptor] = []
    for (json, layer) in zip(files, layers) {
      guard let path = json.string?.text else { throw .malformed("manifest.json names a layer that is no text") }
      let piece = try Self.piece(path, in: collection)
      guard piece.count <= RegistryLimits.blobOctets else {
        throw .malformed("layer \(layer) is \(piece.count) octets long; \(RegistryLimits.blobOctets) are allowed")
      }
      pieces[layer] = piece
      descriptors.append(
        BlobDescriptor(type: MediaType.dockerLayer.rawValue, digest: layer, size: piece.count))
    }
    self.pieces = pieces
    document = try Self.manifest(
      BlobDescriptor(
        type: MediaType.dockerConfiguration.rawValue, digest: digest, size: UInt64(octets.count)), descriptors)
  }

  private static func choose(_ images: [JSON], _ name: DockerReference, in path: String) throws(RegistryError) -> JSON {
    if images.count == 1 { return images[0] }
    let wanted = [
      "\(name.familiarName):\(name.tag?.name ?? "latest")", "\(name.repository):\(name.tag?.name ?? "latest")",
    ]
    let found = images.filter { image in
      (image["RepoTags"]?.array ?? []).contains { tag in wanted.contains { tag.string == JSONString($0) } }
    }
    guard found.count == 1 else {
      throw RegistryError(
        .usage, "\(shownPath(path)) holds \(images.count) images, and none of them alone is named \(wanted[0])")
    }
    return found[0]
  }

  /// A file by the archive's own path, which leads nowhere else.
  private static func piece(_ path: String, in collection: BlobCollection) throws(RegistryError) -> BlobPiece {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard !path.utf8.contains(0), parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else {
      throw .malformed("manifest.json names \(VisibleText(path, limit: 100)), which leads out of the archive")
    }
    guard let piece = try collection.piece(path) else {
      throw .malformed("manifest.json names \(VisibleText(path, limit: 100)), which is not there")
    }
    return piece
  }

  private static func manifest(
    _ configuration: BlobDescriptor, _ layers: [BlobDescriptor]
  ) throws(RegistryError) -> ContainerDocument {
    let type = MediaType.dockerManifest.rawValue
    let json: JSON = [
      "schemaVersion": 2, "mediaType": JSON(type), "config": configuration.document,
      "layers": .array(layers.map(\.document)),
    ]
    return try ContainerDocument(json.encoded(pretty: true), claimed: type)
  }
}

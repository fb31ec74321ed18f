internal import StrictJSON
public import TrustModel

/// An image that lies in a layout or a saved archive: its manifest or index, and where each blob of it is.
public struct LocalImage: Sendable {
  /// The manifest or index, which a push ends with.
  public let document: ContainerDocument
  /// The manifests of an index, in its order; the one manifest itself otherwise.
  public let manifests: [ContainerDocument]
  /// The configuration and layers of all of them, each once.
  public let blobs: [BlobDescriptor]
  private let collection: BlobCollection
  private let pieces: [ManifestDigest: BlobPiece]

  /// Reads the image of a folder or archive.
  ///
  /// - Parameter name: which one, where there are several: its tag or its whole reference.
  public init(_ path: String, named name: DockerReference) throws(RegistryError) {
    let collection = try BlobCollection(path)
    if let index = try collection.octets("index.json", limit: RegistryLimits.layoutOctets) {
      try self.init(collection, index, named: name)
    } else if let list = try collection.octets("manifest.json", limit: RegistryLimits.layoutOctets) {
      try self.init(saved: SavedArchive(collection, list, named: name), in: collection)
    } else {
      throw .malformed(
        "\(shownPath(path)) is neither an OCI layout (index.json) nor an archive of docker save (manifest.json)")
    }
  }

  /// The image of a digest in a layout.
  public init(_ collection: BlobCollection, _ descriptor: BlobDescriptor) throws(RegistryError) {
    let octets = try collection.document(descriptor, limit: RegistryLimits.manifestOctets)
    let document = try ContainerDocument(octets, claimed: descriptor.type)
    var manifests = [document]
    if case .index(let index) = document.content {
      manifests = []
      for child in index.manifests {
        guard child.mediaType?.isManifest == true else {
          throw .malformed(
            "the index leads to \(VisibleText(child.type, limit: 100)), and only manifests of images are pushed")
        }
        let octets = try collection.document(child, limit: RegistryLimits.manifestOctets)
        // As buildx keeps what it says of a build beside the image: for no platform that there is.
        let isArtifact = child.artifactType != nil || child.platform?.isUnknown == true
        manifests.append(try ContainerDocument(octets, claimed: child.type, isArtifact: isArtifact))
      }
    }
    (self.document, self.manifests, self.collection, pieces) = (document, manifests, collection, [:])
    blobs = Self.blobs(of: manifests)
  }

  private init(_ collection: BlobCollection, _ index: [UInt8], named name: DockerReference) throws(RegistryError) {
    let layout = try collection.octets("oci-layout", limit: RegistryLimits.layoutOctets)
    guard let layout,
      let version = try StrictDocument(layout, "oci-layout", limit: RegistryLimits.layoutOctets).text(
        "imageLayoutVersion"),
      version.hasPrefix("1.")
    else { throw .malformed("\(shownPath(collection.path)) has no oci-layout of version 1") }
    let list = try ContainerIndex(
      try StrictDocument(index, "index.json", limit: RegistryLimits.layoutOctets))
    try self.init(collection, Self.choose(list.manifests, name, in: collection.path))
  }

  private static func choose(
    _ manifests: [BlobDescriptor], _ name: DockerReference, in path: String
  ) throws(RegistryError) -> BlobDescriptor {
    // A signature of an image is no image.
    let manifests = manifests.filter { $0.artifactType == nil }
    if manifests.count == 1 { return manifests[0] }
    let names = [
      name.description, "\(name.familiarName)\(name.tag.map { ":\($0)" } ?? "")", name.tag?.name ?? "latest",
    ]
    for wanted in names {
      let found = manifests.filter { $0.name.map { $0.utf8.elementsEqual(wanted.utf8) } ?? false }
      if found.count == 1 { return found[0] }
    }
    let known = manifests.map { $0.name ?? $0.digest.description }.joined(separator: ", ")
    throw RegistryError(
      .usage,
      "\(shownPath(path)) holds \(manifests.count) images, and none of them is named \(name.tag?.name ?? "latest"): it has "
        + "\(VisibleText(known, limit: 300)); copy the one that is meant into a layout of its own")
  }

  private init(saved: SavedArchive, in collection: BlobCollection) throws(RegistryError) {
    (document, manifests, self.collection, pieces) = (
      saved.document, [saved.document], collection, saved.pieces
    )
    blobs = Self.blobs(of: manifests)
  }

  private static func blobs(of manifests: [ContainerDocument]) -> [BlobDescriptor] {
    var seen: Set<ManifestDigest> = []
    return manifests.flatMap { document -> [BlobDescriptor] in
      guard case .manifest(let manifest) = document.content else { return [] }
      return manifest.blobs
    }.filter { seen.insert($0.digest).inserted }
  }

  /// Where the octets of a blob lie.
  public func piece(_ digest: ManifestDigest) throws(RegistryError) -> BlobPiece {
    if let piece = pieces[digest] { return piece }
    return try collection.blob(digest)
  }

  /// Reads every blob through its digest.
  public func check() throws(RegistryError) {
    for blob in blobs { try BlobDigestCheck.check(try piece(blob.digest), blob) }
  }
}

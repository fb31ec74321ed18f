public import StrictJSON
public import TrustModel

/// What a manifest or index says of a blob or another document: its type, digest and length, and for which platform it is.
///
/// Source: OCI image specification, "Content Descriptors". Addresses of foreign layers (`urls`) are never asked.
public struct BlobDescriptor: Sendable, Hashable {
  /// The media type, as it is written.
  public let type: String
  /// The digest of its octets.
  public let digest: ManifestDigest
  /// Its length, in octets.
  public let size: UInt64
  /// For which system it is, where an index says so.
  public let platform: ImagePlatform?
  /// The name that a layout gives it (`org.opencontainers.image.ref.name`).
  public let name: String?
  /// What it is, where it is no image but something that belongs to one, such as a signature.
  public let artifactType: String?

  /// A descriptor.
  public init(
    type: String, digest: ManifestDigest, size: UInt64, platform: ImagePlatform? = nil, name: String? = nil
  ) {
    (self.type, self.digest, self.size, self.platform, self.name) = (type, digest, size, platform, name)
    artifactType = nil
  }

  /// The known type.
  public var mediaType: MediaType? { MediaType(rawValue: type) }

  static let names = ["mediaType", "digest", "size", "urls", "annotations", "platform", "data", "artifactType"]

  init(_ json: JSON, _ what: String, limit: UInt64) throws(RegistryError) {
    let document = try StrictDocument(json, what)
    try document.check(Self.names)
    guard let type = try document.text("mediaType"), type.utf8.count <= 255 else {
      throw .malformed("\(what) has no mediaType")
    }
    self.type = type
    guard let text = try document.text("digest") else { throw .malformed("\(what) has no digest") }
    do throws(NameError) { digest = try ManifestDigest(text) } catch { throw .malformed("\(what): \(error)") }
    guard let size = json["size"]?.integer, size >= 0 else { throw .malformed("\(what) has no size") }
    guard UInt64(size) <= limit else {
      throw .malformed("\(what) is \(size) octets long; \(limit) are allowed")
    }
    self.size = UInt64(size)
    platform = try Self.platform(json["platform"], what)
    artifactType = try document.text("artifactType")
    name =
      try json["annotations"].map { annotations throws(RegistryError) in
        try StrictDocument(annotations, "\(what), its annotations").text("org.opencontainers.image.ref.name")
      } ?? nil
  }

  private static func platform(_ json: JSON?, _ what: String) throws(RegistryError) -> ImagePlatform? {
    guard let json, json != .null else { return nil }
    let document = try StrictDocument(json, "\(what), its platform")
    try document.check(["os", "architecture", "variant"])
    guard let system = try document.text("os"), let architecture = try document.text("architecture") else { return nil }
    return ImagePlatform(system, architecture, try document.text("variant"))
  }

  /// As it stands in a document of ours.
  public var document: JSON {
    var members: [JSON.Member] = [
      .init("mediaType", JSON(type)), .init("digest", JSON(digest.description)), .init("size", JSON(size)),
    ]
    if let platform {
      var parts: [JSON.Member] = [
        .init("architecture", JSON(platform.architecture)), .init("os", JSON(platform.system)),
      ]
      if let variant = platform.variant { parts.append(.init("variant", JSON(variant))) }
      members.append(.init("platform", .object(parts)))
    }
    if let name { members.append(.init("annotations", ["org.opencontainers.image.ref.name": JSON(name)])) }
    return .object(members)
  }
}

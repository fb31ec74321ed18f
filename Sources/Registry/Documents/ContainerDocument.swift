internal import Crypto
internal import StrictJSON
public import TrustModel

/// A manifest or an index as it was served, with what it is.
public struct ContainerDocument: Sendable {
  /// Which of the two.
  public enum Content: Sendable {
    /// The manifest of an image.
    case manifest(ContainerManifest)
    /// An index of manifests.
    case index(ContainerIndex)
  }

  /// The octets, byte for byte.
  public let octets: [UInt8]
  /// Their digest.
  public let digest: ManifestDigest
  /// The media type.
  public let type: MediaType
  /// What it says.
  public let content: Content

  private static let names = [
    "schemaVersion", "mediaType", "config", "layers", "manifests", "subject", "artifactType", "annotations", "fsLayers",
    "history", "signatures",
  ]

  /// Reads a document.
  ///
  /// - Parameters:
  ///   - claimed: the type that whoever delivered it says it has; what the document itself says must be the same.
  ///   - isArtifact: whether it may be the manifest of what is no image, such as a statement on how one was built.
  public init(_ octets: [UInt8], claimed: String?, isArtifact: Bool = false) throws(RegistryError) {
    (self.octets, digest) = (octets, try Self.digest(of: octets))
    if let claimed, MediaType.isOldManifest(claimed) { throw Self.old }
    let document = try StrictDocument(octets, "the manifest", limit: RegistryLimits.manifestOctets)
    try document.check(Self.names)
    let json = document.json
    guard json["schemaVersion"]?.integer == 2 else {
      if json["schemaVersion"]?.integer == 1 { throw Self.old }
      throw .malformed("the manifest has no schemaVersion 2")
    }
    let hasManifests = json["manifests"] != nil
    let hasLayers = json["layers"] != nil || json["config"] != nil || json["fsLayers"] != nil
    guard hasManifests != hasLayers else {
      throw .malformed(
        hasManifests
          ? "the manifest is an image and an index at once: readers would differ in which of them they take"
          : "the manifest is neither an image nor an index")
    }
    type = try Self.type(document, claimed, isIndex: hasManifests)
    content =
      hasManifests
      ? .index(try ContainerIndex(document)) : .manifest(try ContainerManifest(document, isArtifact: isArtifact))
  }

  private static let old = RegistryError.malformed(
    "the manifest is of the old form (schema 1), whose digest says nothing of its layers' order: push the image again by a "
      + "newer docker")

  /// The digest of octets.
  public static func digest(of octets: [UInt8]) throws(RegistryError) -> ManifestDigest {
    try digest(SHA256.hash(data: octets))
  }

  static func digest(_ hash: SHA256.Digest) throws(RegistryError) -> ManifestDigest {
    let hex = Array("0123456789abcdef".utf8)
    let digits = hash.flatMap { [hex[Int($0 >> 4)], hex[Int($0 & 15)]] }
    do throws(NameError) {
      return try ManifestDigest(ManifestDigest.prefix + String(decoding: digits, as: UTF8.self))
    } catch {
      throw .malformed("\(error)")
    }
  }

  /// The one type that its deliverer and itself agree on.
  private static func type(_ document: StrictDocument, _ claimed: String?, isIndex: Bool) throws(RegistryError)
    -> MediaType
  {
    let own = try document.text("mediaType")
    let other = claimed.flatMap { MediaType(header: $0) }
    if let claimed, other == nil,
      !["application/json", "application/octet-stream", "text/plain"].contains(plain(claimed))
    {
      throw .malformed("the registry gives \(VisibleText(claimed, limit: 100)) in place of a manifest")
    }
    guard let own else {
      // Before OCI 1.1 its documents did not have to say what they are; docker's always do.
      guard let other else { return isIndex ? .ociIndex : .ociManifest }
      guard other.isIndex == isIndex, other == .ociIndex || other == .ociManifest else {
        throw ambiguous(other.rawValue, "nothing")
      }
      return other
    }
    guard let type = MediaType(rawValue: own), type.isIndex || type.isManifest, type.isIndex == isIndex else {
      throw .malformed(
        "the manifest says that it is \(VisibleText(own, limit: 100)), and its members are those of another kind")
    }
    guard other == nil || other == type else { throw ambiguous(other?.rawValue ?? "", own) }
    return type
  }

  private static func plain(_ header: String) -> String { String(header.prefix { $0 != ";" }).lowercased() }

  private static func ambiguous(_ claimed: String, _ own: String) -> RegistryError {
    .malformed(
      "the manifest is delivered as \(claimed) and says of itself \(VisibleText(own, limit: 100)): readers would differ"
    )
  }
}

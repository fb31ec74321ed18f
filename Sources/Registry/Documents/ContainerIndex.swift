internal import StrictJSON
internal import TrustModel

/// An index: manifests of one image for several platforms.
public struct ContainerIndex: Sendable {
  /// The manifests, as it lists them.
  public let manifests: [BlobDescriptor]

  init(_ document: StrictDocument) throws(RegistryError) {
    guard let list = try document.list("manifests", limit: RegistryLimits.manifests) else {
      throw .malformed("the index has no manifests")
    }
    var manifests: [BlobDescriptor] = []
    for (index, json) in list.enumerated() {
      manifests.append(
        try BlobDescriptor(json, "manifest \(index + 1) of the index", limit: RegistryLimits.blobOctets))
    }
    self.manifests = manifests
  }

  /// The one manifest for a platform.
  ///
  /// - Throws: `notFound` where there is none, `malformed` where several are for the very same platform or it is another index.
  public func manifest(for platform: ImagePlatform) throws(RegistryError) -> BlobDescriptor {
    let fitting = manifests.filter { $0.platform.map(platform.admits) ?? false }
    let exact = fitting.filter { $0.platform.map(platform.isSame) ?? false }
    let found = exact.isEmpty ? fitting : exact
    guard let first = found.first else {
      throw RegistryError(.notFound, "the index has nothing for \(platform); it has \(offered)")
    }
    guard found.allSatisfy({ $0.digest == first.digest }) else {
      let isSame = found.allSatisfy { $0.platform == first.platform }
      guard !isSame else { throw .malformed("the index has two manifests for \(platform): readers would differ") }
      let names = found.compactMap { $0.platform?.description }.joined(separator: ", ")
      throw RegistryError(.usage, "the index has several for \(platform): say which one by --platform (\(names))")
    }
    guard let type = first.mediaType, type.isManifest else {
      throw .malformed(
        "the index leads to \(VisibleText(first.type, limit: 100)) for \(platform), and only a manifest is followed")
    }
    guard first.size <= UInt64(RegistryLimits.manifestOctets) else {
      throw .malformed(
        "the manifest for \(platform) is \(first.size) octets long; \(RegistryLimits.manifestOctets) are allowed")
    }
    return first
  }

  private var offered: String {
    let names = manifests.compactMap(\.platform).filter { !$0.isUnknown }.map(\.description)
    return names.isEmpty ? "no platforms" : VisibleText(names.joined(separator: ", "), limit: 300).description
  }
}

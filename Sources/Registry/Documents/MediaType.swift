internal import TrustModel

/// What a document or blob of an image says it is.
///
/// Source: OCI image specification, "Media types"; docker's image manifest, version 2, schema 2.
public enum MediaType: String, Sendable, CaseIterable {
  /// A manifest.
  case ociManifest = "application/vnd.oci.image.manifest.v1+json"
  case dockerManifest = "application/vnd.docker.distribution.manifest.v2+json"
  /// An index of manifests by platform.
  case ociIndex = "application/vnd.oci.image.index.v1+json"
  case dockerList = "application/vnd.docker.distribution.manifest.list.v2+json"
  /// A configuration.
  case ociConfiguration = "application/vnd.oci.image.config.v1+json"
  case dockerConfiguration = "application/vnd.docker.container.image.v1+json"
  /// Layers.
  case ociLayer = "application/vnd.oci.image.layer.v1.tar"
  case ociGzipLayer = "application/vnd.oci.image.layer.v1.tar+gzip"
  case ociZstdLayer = "application/vnd.oci.image.layer.v1.tar+zstd"
  case dockerLayer = "application/vnd.docker.image.rootfs.diff.tar"
  case dockerGzipLayer = "application/vnd.docker.image.rootfs.diff.tar.gzip"
  case dockerZstdLayer = "application/vnd.docker.image.rootfs.diff.tar.zstd"

  /// What a registry is asked for where it is asked for a manifest.
  public static let documents: [MediaType] = [.ociManifest, .dockerManifest, .ociIndex, .dockerList]

  /// Reads a `Content-Type`, whose parameters do not count; nil for any other type.
  public init?(header: String) {
    let word = header.prefix { $0 != ";" }.lowercased().split(separator: " ").joined()
    self.init(rawValue: word)
  }

  /// Whether it is an index.
  public var isIndex: Bool { self == .ociIndex || self == .dockerList }
  /// Whether it is a manifest.
  public var isManifest: Bool { self == .ociManifest || self == .dockerManifest }
  /// Whether it is a configuration.
  public var isConfiguration: Bool { self == .ociConfiguration || self == .dockerConfiguration }
  /// Whether it is a layer.
  public var isLayer: Bool {
    switch self {
    case .ociLayer, .ociGzipLayer, .ociZstdLayer, .dockerLayer, .dockerGzipLayer, .dockerZstdLayer: true
    default: false
    }
  }

  /// Whether a type is that of the old manifests, which say nothing that a digest could be checked with.
  static func isOldManifest(_ header: String) -> Bool {
    header.hasPrefix("application/vnd.docker.distribution.manifest.v1+")
  }

  /// Whether a type is that of layers that are kept by others than the registry.
  static func isForeignLayer(_ type: String) -> Bool {
    type.contains(".nondistributable.") || type.contains(".rootfs.foreign.")
  }
}

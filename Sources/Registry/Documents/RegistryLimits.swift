/// How much is taken of a registry, a layout or a saved archive: the only place where these limits are set.
///
/// Source: reference/security.md, rows.
public enum RegistryLimits {
  /// Octets of a manifest or an index: 4 MiB.
  public static let manifestOctets = 4 << 20
  /// Octets of an image's configuration: 4 MiB.
  public static let configurationOctets = 4 << 20
  /// Octets of one blob: 16 GiB.
  public static let blobOctets: UInt64 = 16 << 30
  /// Octets of one layer without compression: 64 GiB.
  public static let layerOctets: UInt64 = 64 << 30
  /// How many times larger than its blob a layer may become: 1000, as for ACIs.
  public static let expansionRatio: UInt64 = 1000
  /// Octets that are allowed whatever the ratio: 16 MiB.
  public static let expansionFloor: UInt64 = 16 << 20
  /// Octets without compression that a layer of so many octets may become.
  public static func expanded(_ size: UInt64) -> UInt64 {
    let (scaled, overflow) = size.multipliedReportingOverflow(by: expansionRatio)
    return min(layerOctets, max(expansionFloor, overflow ? .max : scaled))
  }

  /// Octets of memory for the window of zstd: 128 MiB, as its own tools have it.
  public static let inflaterMemory: UInt64 = 128 << 20
  /// Layers of an image.
  public static let layers = 1000
  /// Manifests of an index.
  public static let manifests = 1000
  /// Octets of an error's body.
  static let errorOctets: UInt64 = 64 << 10
  /// How deep a document may be nested.
  static let depth = 64
  /// Octets of `index.json`, `oci-layout` and `manifest.json` in a layout or a saved archive: 4 MiB.
  static let layoutOctets = 4 << 20
  /// Entries of a layout or saved archive in tar.
  static let archiveEntries = 100_000
}

internal import Stores
internal import StrictJSON

/// The version of signed metadata: what must never go back.
///
/// Read without its signatures being looked at: that is the business of whoever uses the metadata.
public enum MetadataVersion {
  /// `signed.version` of a file, or nil where it has none that can be read.
  public static func version(of octets: [UInt8]) -> Int64? {
    let limits = JSONLimits(octets: Store.fileLimit, numbers: .anyNumber)
    guard let version = (try? JSON.parse(octets, limits: limits))?["signed"]?["version"]?.integer, version >= 0 else {
      return nil
    }
    return version
  }
}

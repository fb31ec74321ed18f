internal import StrictJSON

/// A document that has to be fetched.
public struct MetadataRequest: Sendable, Equatable {
  /// Its role.
  public let role: RoleName
  /// Its address below the repository's metadata, percent-encoded.
  public let address: String
  /// The most octets that are of use.
  public let limit: Int

  /// The root of a version.
  public static func root(version: Int64, _ limits: MetadataLimits) -> MetadataRequest {
    MetadataRequest(role: .root, address: "\(version).root.json", limit: limits.root)
  }

  /// The latest root, which only Notary serves: for whoever has none yet, or where the server has lost one on the way.
  public static func latestRoot(_ limits: MetadataLimits) -> MetadataRequest {
    MetadataRequest(role: .root, address: "root.json", limit: limits.root)
  }

  /// A document at an address, whatever it is: to be compared with a digest and not to be trusted.
  package static func frozen(_ address: String, limit: Int) -> MetadataRequest {
    MetadataRequest(role: .root, address: address, limit: limit)
  }

  /// The timestamp of a version, which only Notary serves.
  public static func timestamp(version: Int64, _ limits: MetadataLimits) -> MetadataRequest {
    MetadataRequest(role: .timestamp, address: "\(version).timestamp.json", limit: limits.timestamp)
  }

  /// The timestamp, whose address never changes.
  public static func timestamp(_ limits: MetadataLimits) -> MetadataRequest {
    MetadataRequest(role: .timestamp, address: "timestamp.json", limit: limits.timestamp)
  }

  /// A document that another one lists.
  static func listed(
    _ role: RoleName, _ file: ListedFile, isConsistent: Bool, _ dialect: Dialect, _ limits: MetadataLimits
  ) -> MetadataRequest {
    let address: String
    switch dialect {
    case .tuf:
      let name = PercentEncoding.encoded(role.text.octets)
      let version = isConsistent ? file.version.map { "\($0)." } ?? "" : ""
      address = "\(version)\(name).json"
    case .notary:
      let digest = file.sha256.map { ".\(Hex.text($0))" } ?? ""
      address = "\(role.text.text)\(digest).json"
    }
    let limit = file.length.map { Int(min($0, Int64(limits.stated))) } ?? limits.unstated(role)
    return MetadataRequest(role: role, address: address, limit: limit)
  }
}

/// Octets as part of an address.
enum PercentEncoding {
  /// Everything but letters, digits, `-`, `.`, `_` and `~` is encoded, `/` too.
  ///
  /// Source: RFC 3986, section 2.3.
  static func encoded(_ octets: [UInt8]) -> String {
    octets.reduce(into: "") { text, octet in
      switch octet {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        text.unicodeScalars.append(Unicode.Scalar(octet))
      default: text += "%" + Hex.text([octet]).uppercased()
      }
    }
  }
}

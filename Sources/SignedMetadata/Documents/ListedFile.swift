internal import Crypto
internal import StrictJSON
internal import TrustModel

/// What a document says of a file: its digests, its length, its version.
public struct ListedFile: Sendable, Hashable {
  /// SHA-256, 32 octets.
  public let sha256: [UInt8]?
  /// SHA-512, 64 octets.
  public let sha512: [UInt8]?
  /// In octets.
  public let length: Int64?
  /// Of metadata; files have none.
  public let version: Int64?

  /// What is demanded of an entry.
  struct Demand {
    var hash = false
    var length = false
    var version = false
  }

  /// A file with digests of the right lengths.
  init(sha256: [UInt8], sha512: [UInt8]?, length: Int64) {
    (self.sha256, self.sha512, self.length, version) = (sha256, sha512, length, nil)
  }

  init(_ fields: FieldReader, _ demand: Demand) throws(MetadataError) {
    version =
      try fields["version"] == nil && !demand.version
      ? nil : fields.integer("version", in: 1...JSONLimits.integerLimit)
    length =
      try fields["length"] == nil && !demand.length
      ? nil : fields.integer("length", in: 0...JSONLimits.integerLimit)
    guard let hashes = fields["hashes"] else {
      guard !demand.hash else { throw fields.error("\(fields.place).hashes is missing") }
      (sha256, sha512) = (nil, nil)
      return
    }
    let list = try FieldReader(hashes, "hashes", of: fields.role, fields.dialect)
    sha256 = try Self.digest("sha256", 32, list)
    sha512 = try Self.digest("sha512", 64, list)
    // A digest of an unknown kind says nothing, and a list without a known one must not look like proof.
    guard sha256 != nil || sha512 != nil else { throw fields.error("\(list.place) has no sha256 and no sha512") }
    if fields.dialect == .notary, demand.hash, sha256 == nil { throw fields.error("\(list.place) has no sha256") }
  }

  private static func digest(_ name: JSONString, _ size: Int, _ list: FieldReader) throws(MetadataError) -> [UInt8]? {
    guard list[name] != nil else { return nil }
    let text = try list.string(name).text
    let octets = list.dialect == .tuf ? Hex.octets(text) : Base64.decode(text.utf8)
    guard let octets, octets.count == size else { throw list.error("\(list.place).\(name.text) is no digest") }
    return octets
  }

  /// The digest that stands in the address of the file; SHA-256 where it is listed.
  public var hexDigest: String? { (sha256 ?? sha512).map { Hex.text($0) } }

  /// SHA-256 in hexadecimal digits; nil where it is not listed.
  public var sha256Text: String? { sha256.map { Hex.text($0) } }

  /// Checks length and every digest that is listed.
  public func check(_ octets: [UInt8], of role: RoleName) throws(MetadataError) {
    if let length, Int64(octets.count) != length {
      throw MetadataError(role, .length(expected: length, offered: Int64(octets.count)))
    }
    if let sha256, !SHA256.hash(data: octets).elementsEqual(sha256) { throw MetadataError(role, .hash) }
    if let sha512, !SHA512.hash(data: octets).elementsEqual(sha512) { throw MetadataError(role, .hash) }
  }
}

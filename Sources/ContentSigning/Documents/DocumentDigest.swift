internal import Crypto
public import SignedMetadata
internal import StrictJSON
internal import TrustModel

/// What snapshot and timestamp say of a document: digests and length of its octets.
public struct DocumentDigest: Hashable, Sendable {
  /// SHA-256.
  public let sha256: [UInt8]?
  /// SHA-512.
  public let sha512: [UInt8]?
  /// In octets.
  public let length: Int64

  /// The digest of a document.
  public init(of octets: [UInt8]) {
    sha256 = Array(SHA256.hash(data: octets))
    sha512 = Array(SHA512.hash(data: octets))
    length = Int64(octets.count)
  }

  /// What was listed of one before; nil where its length was not.
  public init?(_ listed: ListedFile) {
    guard let length = listed.length else { return nil }
    (sha256, sha512, self.length) = (listed.sha256, listed.sha512, length)
  }

  /// The entry.
  var form: JSON {
    let hashes = [("sha256", sha256), ("sha512", sha512)].compactMap { name, octets in
      octets.map {
        JSON.Member(JSONString(name), JSON(String(decoding: Base64.encode($0), as: UTF8.self)))
      }
    }
    return ["hashes": .object(hashes), "length": JSON(length)]
  }
}

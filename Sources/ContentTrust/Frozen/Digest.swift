internal import Crypto
internal import SignedMetadata

/// Digests of whole files as text.
enum Digest {
  /// SHA-256 in hexadecimal digits.
  static func text(_ octets: [UInt8]) -> String { Hex.text(SHA256.hash(data: octets)) }
}

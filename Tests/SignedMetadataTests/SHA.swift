import Crypto

/// SHA-256 as octets.
enum SHA {
  static func digest(_ octets: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: octets)) }
}

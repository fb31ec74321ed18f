import Crypto

/// The hashes that signatures are made with, among them those that no signature should be made with.
public enum MadeHash: UInt8, Sendable, CaseIterable {
  /// Broken.
  case md5 = 1
  /// Broken.
  case sha1 = 2
  /// Accepted.
  case sha256 = 8
  /// Accepted.
  case sha384 = 9
  /// Accepted.
  case sha512 = 10

  /// The hash of those octets.
  func digest(_ octets: [UInt8]) -> any Digest {
    switch self {
    case .md5: Insecure.MD5.hash(data: octets)
    case .sha1: Insecure.SHA1.hash(data: octets)
    case .sha256: SHA256.hash(data: octets)
    case .sha384: SHA384.hash(data: octets)
    case .sha512: SHA512.hash(data: octets)
    }
  }
}

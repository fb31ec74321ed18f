/// A hash algorithm by its OpenPGP number.
///
/// Source: RFC 4880, section 9.4.
public enum HashAlgorithm: Hashable, Sendable, CustomStringConvertible {
  /// Accepted.
  case sha256, sha384, sha512
  /// Known and too weak, or too rare, for a signature to count.
  case md5, sha1, ripemd160, sha224
  /// A number that this program does not know.
  case unknown(UInt8)

  /// The algorithm with that OpenPGP number.
  public init(openPGP number: UInt8) {
    switch number {
    case 1: self = .md5
    case 2: self = .sha1
    case 3: self = .ripemd160
    case 8: self = .sha256
    case 9: self = .sha384
    case 10: self = .sha512
    case 11: self = .sha224
    default: self = .unknown(number)
    }
  }

  /// Whether signatures over data count that use it.
  public var isAccepted: Bool {
    switch self {
    case .sha256, .sha384, .sha512: true
    case .md5, .sha1, .ripemd160, .sha224, .unknown: false
    }
  }

  /// The short name: `sha512`.
  public var description: String {
    switch self {
    case .sha256: "sha256"
    case .sha384: "sha384"
    case .sha512: "sha512"
    case .md5: "md5"
    case .sha1: "sha1"
    case .ripemd160: "ripemd160"
    case .sha224: "sha224"
    case .unknown(let number): "hash\(number)"
    }
  }
}

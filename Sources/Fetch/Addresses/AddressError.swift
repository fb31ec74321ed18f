internal import TrustModel

/// Why a text is no address that anything is fetched from.
public enum AddressError: Error, Hashable, CustomStringConvertible {
  /// The scheme is neither https nor http, or there is none.
  case scheme(String)
  /// Longer than the limit, in octets.
  case tooLong(limit: Int)
  /// A character that stands in no address.
  case character(Unicode.Scalar)
  /// A part behind `#`.
  case fragment
  /// A user name or password.
  case userInformation
  /// Something else: the text, and what is wrong in words.
  case malformed(String, String)
  /// libcurl cannot be used, in its words.
  case unreadable(String)

  /// One sentence.
  public var description: String {
    switch self {
    case .scheme(let text):
      "\(Self.shown(text)) is not an address that anything is fetched from: it must begin with https://"
    case .tooLong(let limit): "the address is longer than \(limit) octets"
    case .character(let scalar):
      "the address holds \(VisibleText(String(scalar))) (U+\(Self.hex(scalar))), which must be percent-encoded"
    case .fragment: "the address has a part behind #, which no server would see: leave it out"
    case .userInformation:
      "the address holds a user name: leave it out, and put credentials into a file below /etc/keyreeve"
    case .malformed(let text, let problem): "\(Self.shown(text)) is no address: \(VisibleText(problem))"
    case .unreadable(let problem):
      "libcurl cannot be loaded (\(VisibleText(problem))): install it (Debian: apt install libcurl4)"
    }
  }

  private static func shown(_ text: String) -> String { "'\(VisibleText(text, limit: 200))'" }

  private static func hex(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

/// The id of an image: SHA-512 of its uncompressed archive, written `sha512-` and 128 hexadecimal digits.
///
/// Source: appc image specification, "image id". rkt writes the first half of it.
public struct ImageID: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The id in its written form.
  public let description: String

  /// What every id begins with.
  public static let scheme = "sha512-"
  /// Hexadecimal digits behind the scheme.
  public static let digits = 128

  /// Reads a whole id in lower case, as directories are named; nil for anything else.
  public init?(_ text: some StringProtocol) {
    let digits = text.utf8.dropFirst(Self.scheme.utf8.count)
    guard text.hasPrefix(Self.scheme), digits.count == Self.digits, digits.allSatisfy(Self.isDigit) else { return nil }
    description = String(text)
  }

  /// The id for a digest of 64 octets; nil for any other number.
  public init?(digest: [UInt8]) {
    guard digest.count * 2 == Self.digits else { return nil }
    description =
      Self.scheme
      + digest.map { octet in (octet < 16 ? "0" : "") + String(octet, radix: 16) }.joined()
  }

  /// The scheme and the first twelve digits: for lists, never to decide by.
  public var short: String { String(description.prefix(Self.scheme.count + 12)) }

  /// The beginning of an id as a person types it, with or without the scheme; nil where it is none.
  ///
  /// At least two digits, as rkt takes them (reference/rkt.md, section 4.6); upper case is taken too.
  public static func beginning(_ text: String) -> String? {
    let lower = text.lowercased()
    let digits = lower.hasPrefix(scheme) ? lower.dropFirst(scheme.count) : lower[...]
    guard (2...Self.digits).contains(digits.utf8.count), digits.utf8.allSatisfy(isDigit) else { return nil }
    return scheme + digits
  }

  private static func isDigit(_ octet: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(octet)
  }

  /// Orders by digits.
  public static func < (left: ImageID, right: ImageID) -> Bool { left.description < right.description }
}

/// The digest of a manifest: `sha256:` and 64 lower-case hexadecimal digits.
///
/// A value that exists is safe in an address and in a path. Other algorithms, which no tag is signed with, are refused. Source:
/// reference/security.md, row R-03.
public struct ManifestDigest: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// What stands before the digits.
  public static let prefix = "sha256:"
  /// Number of digits.
  public static let digitCount = 64
  /// Octets of the written form.
  public static let length = prefix.utf8.count + digitCount

  /// The 64 digits.
  public let hex: String

  /// Reads the written form, and nothing near it.
  ///
  /// - Throws: `NameError` with the position.
  public init(_ text: some StringProtocol) throws(NameError) {
    let octets = Array(text.utf8)
    guard !octets.isEmpty else { throw Self.error(text, 0, .empty) }
    guard octets.starts(with: Self.prefix.utf8) else {
      let common = zip(octets, Self.prefix.utf8).prefix { $0 == $1 }.count
      throw Self.error(text, common, .form("a digest begins with sha256:, the one algorithm that tags are signed with"))
    }
    let digits = octets.dropFirst(Self.prefix.utf8.count)
    for (place, octet) in zip(digits.indices, digits).prefix(Self.digitCount) where !Self.isDigit(octet) {
      throw Self.error(text, place, .form("a digest has 64 hexadecimal digits, in lower case"))
    }
    guard digits.count == Self.digitCount else {
      throw Self.error(
        text, min(octets.count, Self.length), .form("a digest has 64 hexadecimal digits, no more and no fewer"))
    }
    hex = String(decoding: digits, as: UTF8.self)
  }

  static func isDigit(_ octet: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(octet)
  }

  private static func error(_ text: some StringProtocol, _ offset: Int, _ rule: NameError.Rule) -> NameError {
    NameError(kind: "digest", text: String(text), offset: offset, rule: rule)
  }

  /// The written form.
  public var description: String { Self.prefix + hex }

  /// Orders by octets.
  public static func < (left: ManifestDigest, right: ManifestDigest) -> Bool {
    left.hex.utf8.lexicographicallyPrecedes(right.hex.utf8)
  }
}

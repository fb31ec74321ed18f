internal import StrictJSON

/// The identifier of a key in metadata: 64 lower-case hexadecimal digits, the SHA-256 of its canonical form.
///
/// Source: TUF 1.0.34, section 4.2; reference/docker-content-trust.md, section 1.
public struct KeyID: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The digits.
  public let description: String

  /// The identifier that a text spells; nil where it is not 64 lower-case hexadecimal digits.
  public init?(_ text: some StringProtocol) {
    guard text.utf8.count == 64, text.utf8.allSatisfy({ Hex.isLowerDigit($0) }) else { return nil }
    description = String(text)
  }

  /// The identifier of a digest.
  package init(digest: some Sequence<UInt8>) {
    description = Hex.text(digest)
  }

  /// Orders by digits.
  public static func < (left: KeyID, right: KeyID) -> Bool {
    left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
  }
}

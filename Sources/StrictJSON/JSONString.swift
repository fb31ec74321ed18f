/// Text in a JSON document: a string or a member's name, compared, ordered and hashed by its UTF-8 octets.
///
/// Swift's own `String` compares by canonical equivalence, so that "é" in one code point equals "é" in two; a signed
/// document that holds both would then have one member too few. Source: reference/security.md, rows J-03 to J-05.
public struct JSONString: Sendable, Hashable, Comparable, ExpressibleByStringLiteral {
  /// The text, for showing and for types that check it themselves; not to be compared with `==`.
  public let text: String

  /// The octets of `text` as they are, without normalization.
  public init(_ text: some StringProtocol) {
    self.text = String(text)
  }

  /// The same for a whole string, which is kept as it is.
  public init(_ text: String) {
    self.text = text
  }

  /// The octets of a literal.
  public init(stringLiteral value: String) {
    text = value
  }

  /// The UTF-8 octets.
  public var octets: [UInt8] { Array(text.utf8) }

  /// Whether the octets are the same.
  public static func == (left: JSONString, right: JSONString) -> Bool {
    guard left.text.utf8.count == right.text.utf8.count else { return false }
    return compared(left, right) { $0.elementsEqual($1) } ?? left.text.utf8.elementsEqual(right.text.utf8)
  }

  /// Orders by octets, the shorter of two first where it begins the longer.
  public static func < (left: JSONString, right: JSONString) -> Bool {
    compared(left, right) { $0.lexicographicallyPrecedes($1) }
      ?? left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  /// Compares the octets where they lie, which is several times as fast as one by one; nil where they lie in pieces.
  private static func compared(
    _ left: JSONString, _ right: JSONString, by body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Bool
  ) -> Bool? {
    left.text.utf8.withContiguousStorageIfAvailable { first in
      right.text.utf8.withContiguousStorageIfAvailable { body(first, $0) }
    }.flatMap { $0 }
  }

  /// Feeds the octets and their number.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(text.utf8.count)
    let done: Void? = text.utf8.withContiguousStorageIfAvailable { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    if done == nil { for octet in text.utf8 { hasher.combine(octet) } }
  }
}

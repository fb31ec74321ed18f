internal import Fetch
internal import TrustModel

/// The text of a JSON string, from wiped octets to wiped octets.
enum SecretText {
  /// Without escapes; nil where one is none.
  static func unescaped(_ text: Slice<SecretOctets>) -> SecretOctets? {
    var isValid = true
    // Unescaped text is never longer.
    let octets = unsafe SecretOctets(capacity: text.count) { room in
      var (rest, length) = (text, 0)
      while let octet = rest.popFirst() {
        guard octet == UInt8(ascii: "\\") else {
          unsafe room[length] = octet
          length += 1
          continue
        }
        guard let scalar = escaped(&rest) else {
          isValid = false
          return 0
        }
        for unit in UTF8.encode(scalar) ?? .init() {
          unsafe room[length] = unit
          length += 1
        }
      }
      return length
    }
    return isValid ? octets : nil
  }

  /// What stands behind a backslash.
  private static func escaped(_ rest: inout Slice<SecretOctets>) -> Unicode.Scalar? {
    switch rest.popFirst() {
    case UInt8(ascii: "\""): "\""
    case UInt8(ascii: "\\"): "\\"
    case UInt8(ascii: "/"): "/"
    case UInt8(ascii: "b"): "\u{8}"
    case UInt8(ascii: "f"): "\u{c}"
    case UInt8(ascii: "n"): "\n"
    case UInt8(ascii: "r"): "\r"
    case UInt8(ascii: "t"): "\t"
    case UInt8(ascii: "u"): scalar(&rest)
    default: nil
    }
  }

  /// Four digits, or a pair of them for what needs two.
  private static func scalar(_ rest: inout Slice<SecretOctets>) -> Unicode.Scalar? {
    guard let first = unit(&rest) else { return nil }
    guard (0xd800..<0xdc00).contains(first) else { return Unicode.Scalar(first) }
    guard rest.popFirst() == UInt8(ascii: "\\"), rest.popFirst() == UInt8(ascii: "u"), let second = unit(&rest),
      (0xdc00..<0xe000).contains(second)
    else { return nil }
    return Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
  }

  private static func unit(_ rest: inout Slice<SecretOctets>) -> UInt32? {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let octet = rest.popFirst(), let digit = Character(Unicode.Scalar(octet)).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}

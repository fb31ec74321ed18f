/// The small grammars of header lines.
///
/// Source: RFC 9110, 5.5, 5.6.2, 8.8.3 and 5.6.7.
enum HeaderText {
  /// The longest validator that is kept, in octets.
  static let validatorLimit = 512

  /// Whether the octets are a field name: a token.
  static func isName(_ octets: some Collection<UInt8>) -> Bool {
    !octets.isEmpty
      && octets.allSatisfy { octet in
        switch octet {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "!#$%&'*+-.^_`|~".utf8.contains(octet)
        }
      }
  }

  /// Whether the octets can be a field value: no control characters but tabs.
  static func isValue(_ octets: some Collection<UInt8>) -> Bool {
    octets.allSatisfy { ($0 >= 0x20 && $0 != 0x7f) || $0 == 0x09 }
  }

  /// A value as text, where it is ASCII.
  static func ascii(_ octets: some Collection<UInt8>) -> String? {
    octets.allSatisfy { $0 < 0x80 } ? String(decoding: octets, as: UTF8.self) : nil
  }

  /// Without the blanks around it.
  static func trimmed(_ octets: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isBlank = { (octet: UInt8) in octet == 0x20 || octet == 0x09 }
    guard let first = octets.firstIndex(where: { !isBlank($0) }) else { return [] }
    let last = octets.lastIndex { !isBlank($0) } ?? first
    return octets[first...last]
  }

  /// Whether this is an entity tag that stands for exactly these octets.
  static func isStrongEntityTag(_ text: String) -> Bool {
    let octets = Array(text.utf8)
    guard (2...validatorLimit).contains(octets.count), octets.first == 0x22, octets.last == 0x22 else { return false }
    return octets.dropFirst().dropLast().allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != 0x22 }
  }

  /// Whether this is a date as servers write it: `Sun, 06 Nov 1994 08:49:37 GMT`.
  static func isDate(_ text: String) -> Bool {
    let octets = Array(text.utf8)
    guard octets.count == 29, octets[3] == UInt8(ascii: ","), text.hasSuffix(" GMT") else { return false }
    return octets.allSatisfy { $0 >= 0x20 && $0 < 0x7f }
  }
}

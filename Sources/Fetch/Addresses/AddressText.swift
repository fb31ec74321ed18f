/// What the text of an address may hold before libcurl reads it, which would mend or pass over some of it.
///
/// Source: RFC 3986; reference/security.md, rows D-05 and D-07.
enum AddressText {
  /// Refuses what stands in no address that is fetched: control characters, spaces, characters that must be
  /// percent-encoded, percent signs without two digits, a fragment, a user name.
  static func check(_ text: String) throws(AddressError) {
    guard text.utf8.count <= Address.lengthLimit else { throw .tooLong(limit: Address.lengthLimit) }
    for scalar in text.unicodeScalars where !isAllowed(scalar) { throw .character(scalar) }
    guard !text.utf8.contains(UInt8(ascii: "#")) else { throw .fragment }
    try checkPercents(text)
    guard let authority = authority(of: text) else { return }
    guard !authority.utf8.contains(UInt8(ascii: "@")) else { throw .userInformation }
    guard !authority.utf8.contains(UInt8(ascii: "%")) else {
      throw .malformed(text, "the host has a percent sign in it")
    }
    // What looks like a name that one knows may be another one; in ASCII it does not.
    guard authority.utf8.allSatisfy({ $0 < 0x80 }) else {
      throw .malformed(text, "the host is not in ASCII: write it in its form that begins with xn--")
    }
  }

  /// The scheme of a reference that has one, in lower case.
  static func scheme(of text: String) -> String? {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let before = text[..<colon]
    guard !before.contains(where: { $0 == "/" || $0 == "?" || $0 == "#" }) else { return nil }
    return before.lowercased()
  }

  /// Whether the text begins with a scheme that is fetched from, and a host.
  static func isAbsolute(_ text: String) -> Bool {
    guard let scheme = scheme(of: text), Address.Scheme(rawValue: scheme) != nil else { return false }
    let rest = text.dropFirst(scheme.count)
    return rest.hasPrefix("://") && !rest.hasPrefix(":///")
  }

  /// A host as libcurl gives it, as it is kept.
  static func host(_ found: String, in text: String) throws(AddressError) -> String {
    let isBracketed = found.hasPrefix("[") && found.hasSuffix("]")
    let host = (isBracketed ? String(found.dropFirst().dropLast()) : found).lowercased()
    guard !host.isEmpty else { throw .malformed(text, "there is no host") }
    guard !host.hasSuffix(".") else { throw .malformed(text, "the host ends with a dot: write it without") }
    let allowed = host.utf8.allSatisfy { octet in
      switch octet {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "_"):
        true
      case UInt8(ascii: ":"): isBracketed
      default: false
      }
    }
    guard allowed, !host.contains("..") else { throw .malformed(text, "the host is neither a name nor an address") }
    return host
  }

  /// A port as libcurl gives it.
  static func port(_ found: String?, in text: String) throws(AddressError) -> Int? {
    guard let found else { return nil }
    guard let port = Int(found), (1...65535).contains(port) else {
      throw .malformed(text, "the port is not a number from 1 to 65535")
    }
    return port
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\"", "<", ">", "\\", "^", "`", "{", "|", "}": false
    default: scalar.value > 0x20 && !(0x7f...0x9f).contains(scalar.value)
    }
  }

  private static func checkPercents(_ text: String) throws(AddressError) {
    let octets = Array(text.utf8)
    for index in octets.indices where octets[index] == UInt8(ascii: "%") {
      let digits = octets[(index + 1)...].prefix(2)
      guard digits.count == 2, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else {
        throw .malformed(text, "a percent sign is not followed by two hexadecimal digits")
      }
    }
  }

  /// What stands between `//` and the next `/` or `?`.
  private static func authority(of text: String) -> Substring? {
    var rest = text[...]
    if scheme(of: text) != nil, let colon = text.firstIndex(of: ":") { rest = text[text.index(after: colon)...] }
    guard rest.hasPrefix("//") else { return nil }
    return rest.dropFirst(2).prefix { $0 != "/" && $0 != "?" }
  }
}

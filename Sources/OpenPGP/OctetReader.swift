/// Why octets are not what they should be; the readers of files turn it into their own errors.
struct Malformed: Error, Equatable {
  let what: String
}

/// Reads octets from the front, never past the end.
struct OctetReader {
  private(set) var rest: ArraySlice<UInt8>

  init(_ octets: ArraySlice<UInt8>) { rest = octets }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func octet(_ what: String) throws(Malformed) -> UInt8 {
    guard let first = rest.popFirst() else { throw Malformed(what: "\(what) cut short") }
    return first
  }

  mutating func octets(_ count: Int, _ what: String) throws(Malformed) -> ArraySlice<UInt8> {
    guard count >= 0, count <= rest.count else { throw Malformed(what: "\(what) cut short") }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  /// A number of `count` octets, at most four, most significant first.
  mutating func number(octets count: Int, _ what: String) throws(Malformed) -> UInt32 {
    try octets(count, what).reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// A multiprecision integer without its leading zero bits.
  ///
  /// Source: RFC 4880, section 3.2.
  mutating func integer(_ what: String) throws(Malformed) -> MultiprecisionInteger {
    let bits = Int(try number(octets: 2, what))
    let value = try octets((bits + 7) / 8, what)
    let significant = value.drop { $0 == 0 }
    let actual = significant.first.map { significant.count * 8 - $0.leadingZeroBitCount } ?? 0
    guard actual <= bits else { throw Malformed(what: "\(what) longer than it says") }
    return MultiprecisionInteger(octets: Array(significant), bits: actual)
  }
}

/// An unsigned integer of any size.
struct MultiprecisionInteger: Sendable, Equatable {
  /// Most significant first, no leading zero octets.
  let octets: [UInt8]
  /// Number of significant bits.
  let bits: Int

  /// The octets with zeros before them, `count` in all; nil if they are more.
  func padded(to count: Int) -> [UInt8]? {
    guard octets.count <= count else { return nil }
    return [UInt8](repeating: 0, count: count - octets.count) + octets
  }
}

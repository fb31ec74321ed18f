internal import Fetch
internal import TrustModel

/// Finds where the values of a JSON document lie.
struct SecretScan {
  private let octets: SecretOctets
  private var index: Int

  init(_ octets: SecretOctets, from index: Int = 0) {
    (self.octets, self.index) = (octets, index)
  }

  /// Whether only blanks are left.
  var isAtEnd: Bool { octets[index...].allSatisfy(Self.isBlank) }

  /// The next value.
  mutating func value(depth: Int) throws(SecretDocument.Malformed) -> SecretDocument.Value {
    guard depth < CredentialLimits.depth, let kind = skipBlanks() else { throw SecretDocument.Malformed() }
    let start = index
    switch kind {
    case UInt8(ascii: "{"): _ = try members(depth: depth)
    case UInt8(ascii: "["): try elements(depth: depth)
    case UInt8(ascii: "\""): _ = try string()
    default: try word()
    }
    return SecretDocument.Value(range: start..<index, kind: kind)
  }

  /// The members of the object that begins here.
  mutating func members(
    depth: Int
  ) throws(SecretDocument.Malformed) -> [(name: Range<Int>, value: SecretDocument.Value)] {
    var members: [(name: Range<Int>, value: SecretDocument.Value)] = []
    try expect("{")
    if skipBlanks() == UInt8(ascii: "}") {
      index += 1
      return []
    }
    while true {
      guard skipBlanks() == UInt8(ascii: "\"") else { throw SecretDocument.Malformed() }
      let name = try string()
      try expect(":")
      members.append((name, try value(depth: depth + 1)))
      if try isLast(before: "}") { return members }
    }
  }

  private mutating func elements(depth: Int) throws(SecretDocument.Malformed) {
    try expect("[")
    if skipBlanks() == UInt8(ascii: "]") {
      index += 1
      return
    }
    repeat { _ = try value(depth: depth + 1) } while try !isLast(before: "]")
  }

  /// Where a string lies, without its quotation marks.
  private mutating func string() throws(SecretDocument.Malformed) -> Range<Int> {
    index += 1
    let start = index
    while index < octets.count, octets[index] != UInt8(ascii: "\"") {
      guard octets[index] >= 0x20 else { throw SecretDocument.Malformed() }
      index += octets[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard index < octets.count else { throw SecretDocument.Malformed() }
    index += 1
    return start..<(index - 1)
  }

  /// A number, true, false or null: no more than what such words are made of.
  private mutating func word() throws(SecretDocument.Malformed) {
    let start = index
    while index < octets.count, Self.isWord(octets[index]) { index += 1 }
    guard index > start else { throw SecretDocument.Malformed() }
  }

  private mutating func isLast(before end: Unicode.Scalar) throws(SecretDocument.Malformed) -> Bool {
    let next = skipBlanks()
    guard next == UInt8(ascii: ",") || next == UInt8(ascii: end) else { throw SecretDocument.Malformed() }
    index += 1
    return next == UInt8(ascii: end)
  }

  private mutating func expect(_ scalar: Unicode.Scalar) throws(SecretDocument.Malformed) {
    guard skipBlanks() == UInt8(ascii: scalar) else { throw SecretDocument.Malformed() }
    index += 1
  }

  private mutating func skipBlanks() -> UInt8? {
    while index < octets.count, Self.isBlank(octets[index]) { index += 1 }
    return index < octets.count ? octets[index] : nil
  }

  private static func isBlank(_ octet: UInt8) -> Bool { [0x20, 0x09, 0x0a, 0x0d].contains(octet) }

  private static func isWord(_ octet: UInt8) -> Bool {
    switch octet {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
      UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "E"):
      true
    default: false
    }
  }
}

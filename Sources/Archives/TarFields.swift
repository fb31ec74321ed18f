/// The fields of a tar header block.
struct TarFields {
  private let block: [UInt8]
  private let offset: UInt64

  init(_ block: [UInt8], at offset: UInt64) {
    (self.block, self.offset) = (block, offset)
  }

  func malformed(_ what: String) -> ArchiveError {
    .malformed("the tar header at octet \(offset) is refused: \(what)")
  }

  /// Text up to the first zero octet, or to the end of the field.
  func text(_ range: Range<Int>, _ name: String) throws(ArchiveError) -> [UInt8] {
    let field = block[range]
    let end = field.firstIndex(of: 0) ?? field.endIndex
    guard field[end...].allSatisfy({ $0 == 0 }) else { throw malformed("its \(name) hides octets behind a zero") }
    return Array(field[..<end])
  }

  /// A number that is not negative; an empty field is zero.
  func number(_ range: Range<Int>, _ name: String) throws(ArchiveError) -> UInt64 {
    let field = block[range]
    if let first = field.first, first & 0x80 != 0 { return try binary(field, name) }
    var digits = field.drop { $0 == 0x20 }
    var value: UInt64 = 0
    while let digit = digits.first, (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(digit) {
      // Twelve digits at most, 36 bits.
      value = value << 3 | UInt64(digit - UInt8(ascii: "0"))
      digits.removeFirst()
    }
    guard digits.allSatisfy({ $0 == 0 || $0 == 0x20 }) else { throw malformed("its \(name) is not an octal number") }
    return value
  }

  /// A time in seconds since the epoch, which may lie before 1970 and then stands there in base 256.
  func time(_ range: Range<Int>) throws(ArchiveError) -> Int64 {
    guard block[range.lowerBound] == 0xff else { return Int64(clamping: try number(range, "time")) }
    // The octets of a negative number in two's complement, of which the lowest eight count.
    return block[range].suffix(8).reduce(Int64(-1)) { $0 << 8 | Int64($1) }
  }

  /// Base-256: the first octet is 0x80 for a positive number, 0xff for a negative one.
  private func binary(_ field: ArraySlice<UInt8>, _ name: String) throws(ArchiveError) -> UInt64 {
    guard field.first == 0x80 else { throw malformed("its \(name) is negative or too large") }
    var value: UInt64 = 0
    for octet in field.dropFirst() {
      guard value < 1 << 55 else { throw malformed("its \(name) is negative or too large") }
      value = value << 8 | UInt64(octet)
    }
    return value
  }
}

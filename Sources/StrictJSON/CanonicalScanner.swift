/// Moves over values that stand in canonical form; false wherever it is not sure of that.
struct CanonicalScanner {
  private let octets: [UInt8]
  /// The octet that comes next.
  private(set) var position: Int

  init(_ octets: [UInt8], at position: Int) {
    (self.octets, self.position) = (octets, position)
  }

  /// Whether an object comes next.
  var isAtObject: Bool { position < octets.count && octets[position] == UInt8(ascii: "{") }

  /// A value with at most so many arrays and objects in each other.
  mutating func value(depth: Int) -> Bool {
    guard position < octets.count else { return false }
    switch octets[position] {
    case UInt8(ascii: "\""): return string() != nil
    case UInt8(ascii: "{"): return object(depth: depth) { scanner, _ in scanner.value(depth: depth - 1) }
    case UInt8(ascii: "["): return array(depth: depth)
    case UInt8(ascii: "t"): return word("true")
    case UInt8(ascii: "f"): return word("false")
    case UInt8(ascii: "n"): return word("null")
    default: return number()
    }
  }

  /// An object; `each` moves over the value of a member, whose name it is told.
  mutating func object(depth: Int, each: (inout CanonicalScanner, Range<Int>) -> Bool) -> Bool {
    guard depth > 0, skip(UInt8(ascii: "{")) else { return false }
    if skip(UInt8(ascii: "}")) { return true }
    var last: Range<Int>?
    while true {
      guard let name = string(), isAscending(last, name), skip(UInt8(ascii: ":")), each(&self, name) else {
        return false
      }
      last = name
      if skip(UInt8(ascii: "}")) { return true }
      guard skip(UInt8(ascii: ",")) else { return false }
    }
  }

  private mutating func array(depth: Int) -> Bool {
    guard depth > 0, skip(UInt8(ascii: "[")) else { return false }
    if skip(UInt8(ascii: "]")) { return true }
    while true {
      guard value(depth: depth - 1) else { return false }
      if skip(UInt8(ascii: "]")) { return true }
      guard skip(UInt8(ascii: ",")) else { return false }
    }
  }

  private mutating func skip(_ octet: UInt8) -> Bool {
    guard position < octets.count, octets[position] == octet else { return false }
    position += 1
    return true
  }

  private mutating func word(_ word: StaticString) -> Bool {
    let end = position + word.utf8CodeUnitCount
    guard end <= octets.count, octets[position..<end].elementsEqual("\(word)".utf8) else { return false }
    position = end
    return true
  }

  /// A whole number without leading zeros, not `-0`, of so few digits that every reader holds it exactly.
  private mutating func number() -> Bool {
    let isNegative = skip(UInt8(ascii: "-"))
    let start = position
    while position < octets.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octets[position]) { position += 1 }
    guard (1...15).contains(position - start) else { return false }
    return octets[start] != UInt8(ascii: "0") || (position == start + 1 && !isNegative)
  }

  /// A string in which nothing is escaped; the octets between its quotes.
  private mutating func string() -> Range<Int>? {
    guard skip(UInt8(ascii: "\"")) else { return nil }
    let start = position
    var (end, isASCII) = (start, true)
    while end < octets.count {
      let octet = octets[end]
      if octet == UInt8(ascii: "\"") {
        position = end + 1
        let isText = isASCII || String(validating: octets[start..<end], as: UTF8.self) != nil
        return isText ? start..<end : nil
      }
      guard octet >= 0x20, octet != UInt8(ascii: "\\") else { return nil }
      isASCII = isASCII && octet < 0x80
      end += 1
    }
    return nil
  }

  /// Whether a name comes after the last one by its octets; the first one always does.
  private func isAscending(_ last: Range<Int>?, _ name: Range<Int>) -> Bool {
    guard let last else { return true }
    for (left, right) in zip(last, name) where octets[left] != octets[right] { return octets[left] < octets[right] }
    return last.count < name.count
  }
}

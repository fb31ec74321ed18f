/// Octets of an instruction, each with its place in the file: what was written over several lines is one text.
struct SourceText: Equatable {
  private(set) var octets: [UInt8] = []
  /// The place of each octet in the file.
  private(set) var offsets: [Int] = []

  init() {}

  /// The octets of a file in a range.
  init(_ file: [UInt8], _ range: Range<Int>) { (octets, offsets) = (Array(file[range]), Array(range)) }

  /// A part.
  subscript(_ range: Range<Int>) -> SourceText {
    var part = SourceText()
    (part.octets, part.offsets) = (Array(octets[range]), Array(offsets[range]))
    return part
  }

  mutating func append(_ other: SourceText) {
    octets += other.octets
    offsets += other.offsets
  }

  mutating func append(_ octet: UInt8, at offset: Int) {
    octets.append(octet)
    offsets.append(offset)
  }

  var isEmpty: Bool { octets.isEmpty }
  var count: Int { octets.count }
  var text: String { String(decoding: octets, as: UTF8.self) }

  /// From the first octet to behind the last one; nil for an empty text.
  var range: Range<Int>? {
    guard let first = offsets.first, let last = offsets.last else { return nil }
    return first..<(last + 1)
  }

  /// Without white space before it.
  var trimmedBefore: SourceText {
    var start = 0
    while let length = WhiteSpace.length(in: octets, at: start) { start += length }
    return self[start..<count]
  }

  /// Without white space on both sides.
  var trimmed: SourceText {
    let part = trimmedBefore
    var end = part.count
    while let length = WhiteSpace.length(in: part.octets, before: end) { end -= length }
    return part[0..<end]
  }

  /// What stands between white space that separates words.
  var words: [SourceText] {
    var words: [SourceText] = []
    var start = 0
    for index in 0...count where index == count || WhiteSpace.separates(octets[index]) {
      if index > start { words.append(self[start..<index]) }
      start = index + 1
    }
    return words
  }
}

/// White space as Go's library has it, which BuildKit reads by.
enum WhiteSpace {
  /// The separators of words: `[\t\v\f\r ]`.
  static func separates(_ octet: UInt8) -> Bool { [0x20, 0x09, 0x0b, 0x0c, 0x0d].contains(octet) }

  /// Unicode's white space, as it is written.
  private static let long: [[UInt8]] =
    [[0xc2, 0x85], [0xc2, 0xa0], [0xe1, 0x9a, 0x80], [0xe2, 0x80, 0xa8], [0xe2, 0x80, 0xa9], [0xe2, 0x80, 0xaf]]
    + [[0xe2, 0x81, 0x9f], [0xe3, 0x80, 0x80]] + (0x80...0x8a).map { [0xe2, 0x80, $0] }

  /// Octets of the white space that begins there; nil where none does.
  static func length(in octets: [UInt8], at index: Int) -> Int? {
    guard index < octets.count else { return nil }
    if separates(octets[index]) || octets[index] == 0x0a { return 1 }
    guard octets[index] >= 0x80 else { return nil }
    return long.first { octets[index...].starts(with: $0) }?.count
  }

  /// Octets of the white space that ends there; nil where none does.
  static func length(in octets: [UInt8], before end: Int) -> Int? {
    guard end > 0 else { return nil }
    if separates(octets[end - 1]) || octets[end - 1] == 0x0a { return 1 }
    guard octets[end - 1] >= 0x80 else { return nil }
    return long.first { $0.count <= end && octets[(end - $0.count)..<end].elementsEqual($0) }?.count
  }
}

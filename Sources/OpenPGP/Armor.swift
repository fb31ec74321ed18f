internal import TrustModel

/// One ASCII-armored block of a file, and what stood around it.
///
/// Source: RFC 4880, section 6.2.
///
/// Strict: a header line ends in an empty line, the body is whole groups of base 64, a checksum that is there is right
/// (it may be missing, RFC 9580 section 6.1), and the tail names the same type.
struct Armor {
  /// What the block says it is: `PUBLIC KEY BLOCK`, `SIGNATURE`, `MESSAGE` or another word.
  let type: String
  let octets: [UInt8]

  /// All blocks of a file, and whether there is text other than white space outside of them.
  static func blocks(in file: [UInt8], limit: Int) throws(Malformed) -> (blocks: [Armor], hasTextAround: Bool) {
    var lines = file.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
    var blocks: [Armor] = []
    var hasText = false
    while let line = lines.popFirst().map(trimmed) {
      guard let type = boundary("BEGIN", line) else {
        hasText = hasText || !line.isEmpty
        continue
      }
      // Has text instead of a body, and is named by its readers only to be refused.
      guard type != "SIGNED MESSAGE" else { return (blocks + [Armor(type: type, octets: [])], hasText) }
      guard blocks.count < limit else { throw Malformed(what: "more than \(limit) blocks") }
      blocks.append(Armor(type: type, octets: try body(of: type, &lines)))
    }
    return (blocks, hasText)
  }

  private static func body(of type: String, _ lines: inout ArraySlice<ArraySlice<UInt8>>) throws(Malformed) -> [UInt8] {
    while let line = lines.popFirst().map(trimmed), !line.isEmpty {
      guard line.contains(UInt8(ascii: ":")) else { throw Malformed(what: "no empty line before the body") }
    }
    var digits: [UInt8] = []
    var checksum: [UInt8]?
    while let line = lines.popFirst().map(trimmed) {
      if let end = boundary("END", line) {
        guard end == type else { throw Malformed(what: "the last line ends another type of block") }
        guard let octets = Base64.decode(digits) else { throw Malformed(what: "broken base 64") }
        guard checksum == nil || checksum == crc24(octets) else { throw Malformed(what: "wrong checksum") }
        return octets
      }
      guard checksum == nil else { throw Malformed(what: "lines after the checksum") }
      if line.count == 5, line.first == UInt8(ascii: "=") {
        checksum = Base64.decode(line.dropFirst())
        guard checksum?.count == 3 else { throw Malformed(what: "broken checksum") }
      } else {
        digits += line
      }
    }
    throw Malformed(what: "no last line")
  }

  /// The type in `-----BEGIN PGP TYPE-----`; nil for any other line.
  private static func boundary(_ word: String, _ line: ArraySlice<UInt8>) -> String? {
    let (head, tail) = ("-----\(word) PGP ", "-----")
    guard line.starts(with: head.utf8), line.count > head.utf8.count + tail.utf8.count, line.count < 80,
      line.suffix(5).elementsEqual(tail.utf8)
    else { return nil }
    return String(decoding: line.dropFirst(head.utf8.count).dropLast(5), as: UTF8.self)
  }

  private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    func isBlank(_ octet: UInt8) -> Bool { octet == 0x20 || octet == 0x09 || octet == 0x0d }
    var line = line
    while let last = line.last, isBlank(last) { line.removeLast() }
    return line
  }

  /// A block of that type around `octets`, with checksum, in lines of 64.
  static func encode(_ octets: [UInt8], type: String) -> [UInt8] {
    var text = Array("-----BEGIN PGP \(type)-----\n\n".utf8)
    var digits = Base64.encode(octets)[...]
    while !digits.isEmpty {
      text += digits.prefix(64)
      text.append(UInt8(ascii: "\n"))
      digits = digits.dropFirst(64)
    }
    text.append(UInt8(ascii: "="))
    text += Base64.encode(crc24(octets))
    text += Array("\n-----END PGP \(type)-----\n".utf8)
    return text
  }

  /// The checksum's three octets.
  ///
  /// Source: RFC 4880, section 6.1.
  private static func crc24(_ octets: [UInt8]) -> [UInt8] {
    var crc: UInt32 = 0xb7_04ce
    for octet in octets {
      crc ^= UInt32(octet) << 16
      for _ in 0..<8 {
        crc <<= 1
        if crc & 0x100_0000 != 0 { crc ^= 0x186_4cfb }
      }
    }
    return [UInt8(crc >> 16 & 0xff), UInt8(crc >> 8 & 0xff), UInt8(crc & 0xff)]
  }
}

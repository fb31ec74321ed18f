/// A list of strings in JSON at the beginning of an instruction's rest, whatever stands behind it.
///
/// Builders of old take no notice of what stands behind it, newer ones take the whole for no list then.
enum JSONList {
  /// Whether the octets begin with one.
  static func begins(_ octets: [UInt8]) -> Bool {
    guard octets.first == UInt8(ascii: "[") else { return false }
    var index = blanks(octets, 1)
    if index < octets.count, octets[index] == UInt8(ascii: "]") { return true }
    while let end = string(octets, index) {
      index = blanks(octets, end)
      guard index < octets.count else { return false }
      if octets[index] == UInt8(ascii: "]") { return true }
      guard octets[index] == UInt8(ascii: ",") else { return false }
      index = blanks(octets, index + 1)
    }
    return false
  }

  private static func blanks(_ octets: [UInt8], _ start: Int) -> Int {
    octets[start...].firstIndex { ![0x20, 0x09, 0x0a, 0x0d].contains($0) } ?? octets.count
  }

  /// The index behind a string; nil where none stands there.
  private static func string(_ octets: [UInt8], _ start: Int) -> Int? {
    guard start < octets.count, octets[start] == UInt8(ascii: "\"") else { return nil }
    var index = start + 1
    while index < octets.count {
      switch octets[index] {
      case UInt8(ascii: "\""): return index + 1
      case UInt8(ascii: "\\"): index += 2
      default: index += 1
      }
    }
    return nil
  }
}

/// Takes one secret string out of a JSON object, without a Swift String that would stay in memory.
///
/// Only what needs no unescaping is taken: tokens and base 64 never do.
enum SecretMember {
  /// The octets of the first of these members at the top of the object that has a value.
  static func value(of names: [String], in octets: [UInt8]) -> [UInt8]? {
    for name in names {
      if let value = member(Array(name.utf8), in: octets), !value.isEmpty { return value }
    }
    return nil
  }

  private static func member(_ name: [UInt8], in octets: [UInt8]) -> [UInt8]? {
    var (depth, index) = (0, octets.startIndex)
    var isNamed = false
    while index < octets.endIndex {
      switch octets[index] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ","): isNamed = false
      case UInt8(ascii: "\""):
        guard let end = end(ofStringAt: index, octets) else { return nil }
        let text = octets[(index + 1)..<end]
        if isNamed, depth == 1 { return text.contains(UInt8(ascii: "\\")) ? nil : Array(text) }
        index = end
        isNamed = depth == 1 && text.elementsEqual(name) && isFollowedByColon(end, octets)
      default: break
      }
      index += 1
    }
    return nil
  }

  private static func end(ofStringAt start: Int, _ octets: [UInt8]) -> Int? {
    var index = start + 1
    while index < octets.endIndex, octets[index] != UInt8(ascii: "\"") {
      index += octets[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return index < octets.endIndex ? index : nil
  }

  private static func isFollowedByColon(_ end: Int, _ octets: [UInt8]) -> Bool {
    octets[(end + 1)...].first { ![0x20, 0x09, 0x0a, 0x0d].contains($0) } == UInt8(ascii: ":")
  }
}

/// TUF's patterns of target names: `*` and `?` stand for characters within one part, everything else for itself.
///
/// Source: TUF 1.0.34, section 4.5, PATHPATTERN; reference/security.md, row T-47.
enum PathPattern {
  static func matches(_ name: [UInt8], _ pattern: [UInt8]) -> Bool {
    let slash = UInt8(ascii: "/")
    let names = name.split(separator: slash, omittingEmptySubsequences: false)
    let patterns = pattern.split(separator: slash, omittingEmptySubsequences: false)
    return names.count == patterns.count && zip(names, patterns).allSatisfy { part($0, $1) }
  }

  /// In time proportional to the product of the lengths: after a mismatch only the last `*` is tried further on.
  private static func part(_ name: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
    var (at, place) = (name.startIndex, pattern.startIndex)
    var retry: (name: Int, pattern: Int)?
    while at < name.endIndex {
      if place < pattern.endIndex, pattern[place] == UInt8(ascii: "*") {
        retry = (at, place)
        place += 1
      } else if place < pattern.endIndex, pattern[place] == UInt8(ascii: "?") || pattern[place] == name[at] {
        at += 1
        place += 1
      } else if let last = retry {
        retry = (last.name + 1, last.pattern)
        at = last.name + 1
        place = last.pattern + 1
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}

/// The extent of `${…}`.
enum BracedVariable {
  /// The index behind its last brace; nil where BuildKit's reader fails.
  ///
  /// - Throws: `BuildFileError` where they are nested too deep.
  static func end(
    in octets: [UInt8], at start: Int, escape: UInt8, line: Int, depth: Int = 0
  ) throws(BuildFileError) -> Int? {
    guard depth < BuildFileLimits.expansionDepth else {
      throw BuildFileError(
        line: line, "variables inside of each other more than \(BuildFileLimits.expansionDepth) deep")
    }
    var index = start + 2
    guard index < octets.count, !"{}:".utf8.contains(octets[index]) else { return nil }
    index = VariableName.end(in: octets, at: index)
    guard index < octets.count else { return nil }
    switch octets[index] {
    case UInt8(ascii: "}"): return index + 1
    case UInt8(ascii: ":"): index += 2
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "%"): index += 1
    case UInt8(ascii: "/"):
      index += index + 1 < octets.count && octets[index + 1] == UInt8(ascii: "/") ? 2 : 1
      let slash = UInt8(ascii: "/")
      guard let next = try closing(slash, in: octets, at: index, escape: escape, line: line, depth: depth) else {
        return nil
      }
      index = next
    default: return nil
    }
    return try closing(UInt8(ascii: "}"), in: octets, at: index, escape: escape, line: line, depth: depth)
  }

  private static func closing(
    _ end: UInt8, in octets: [UInt8], at start: Int, escape: UInt8, line: Int, depth: Int
  ) throws(BuildFileError) -> Int? {
    var (index, quote) = (start, UInt8?.none)
    while index < octets.count {
      let octet = octets[index]
      if quote == nil, octet == end { return index + 1 }
      if octet == escape, quote != UInt8(ascii: "'") {
        index += 2
      } else if octet == UInt8(ascii: "$"), quote != UInt8(ascii: "'"), index + 1 < octets.count,
        octets[index + 1] == UInt8(ascii: "{")
      {
        let inner = try Self.end(in: octets, at: index, escape: escape, line: line, depth: depth + 1)
        guard let inner else { return nil }
        index = inner
      } else {
        if octet == quote {
          quote = nil
        } else if quote == nil, [UInt8(ascii: "'"), UInt8(ascii: "\"")].contains(octet) {
          quote = octet
        }
        index += 1
      }
    }
    return nil
  }
}

/// Names of variables.
enum VariableName {
  /// The index behind the name that begins there, which may be empty.
  static func end(in octets: [UInt8], at start: Int) -> Int {
    guard start < octets.count else { return start }
    if isDigit(octets[start]) { return octets[start...].firstIndex { !isDigit($0) } ?? octets.count }
    if "@*#?-$!".utf8.contains(octets[start]) { return start + 1 }
    return octets[start...].firstIndex { !isDigit($0) && !isLetter($0) } ?? octets.count
  }

  /// Whether the octets are a name that can be declared.
  static func isName(_ octets: [UInt8]) -> Bool {
    guard let first = octets.first, isLetter(first) else { return false }
    return octets.allSatisfy { isDigit($0) || isLetter($0) }
  }

  private static func isDigit(_ octet: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet) }
  private static func isLetter(_ octet: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(octet | 0x20) || octet == UInt8(ascii: "_")
  }
}

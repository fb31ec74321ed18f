/// Whether lines are as expected: `…` in a line stands for any text, alone for any number of lines.
enum LinePattern {
  static func matches(_ lines: [Substring], _ patterns: ArraySlice<String>) -> Bool { matches(lines[...], patterns) }

  private static func matches(_ lines: ArraySlice<Substring>, _ patterns: ArraySlice<String>) -> Bool {
    guard let pattern = patterns.first else { return lines.isEmpty }
    if pattern == "…" {
      return (lines.startIndex...lines.endIndex).contains { matches(lines[$0...], patterns.dropFirst()) }
    }
    guard let line = lines.first, matches(line[...], pattern[...]) else { return false }
    return matches(lines.dropFirst(), patterns.dropFirst())
  }

  /// Every piece between two `…` follows the one before it; the first begins the line and the last ends it.
  static func matches(_ line: Substring, _ pattern: Substring) -> Bool {
    var pieces = pattern.split(separator: "…", omittingEmptySubsequences: false)
    guard pieces.count > 1 else { return line == pattern }
    let (first, last) = (pieces.removeFirst(), pieces.removeLast())
    guard line.hasPrefix(first), line.hasSuffix(last), line.count >= first.count + last.count else { return false }
    var rest = line.dropFirst(first.count).dropLast(last.count)
    for piece in pieces where !piece.isEmpty {
      guard let found = rest.firstRange(of: piece) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }
}

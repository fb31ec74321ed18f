/// What a `Content-Range` line says: `bytes 100-199/200`, or `bytes */200` where nothing is sent.
///
/// Source: RFC 9110, 14.4.
struct ContentRange: Equatable {
  /// First and last octet of what is sent.
  let part: ClosedRange<UInt64>?
  /// Octets of the whole, where the server says so.
  let whole: UInt64?

  /// Reads the value; nil where it is malformed or contradicts itself.
  init?(_ text: String) {
    let halves = text.split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count == 2, halves[0].lowercased().hasPrefix("bytes ") else { return nil }
    whole = Self.number(halves[1])
    guard whole != nil || halves[1] == "*" else { return nil }
    let range = halves[0].dropFirst("bytes ".count)
    if range == "*" {
      guard whole != nil else { return nil }
      part = nil
      return
    }
    let ends = range.split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, let first = Self.number(ends[0]), let last = Self.number(ends[1]), first <= last else {
      return nil
    }
    if let whole, last >= whole { return nil }
    part = first...last
  }

  private static func number(_ text: Substring) -> UInt64? {
    guard !text.isEmpty, text.utf8.count <= 18, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return UInt64(text)
  }
}

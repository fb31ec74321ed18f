internal import Screen
internal import TrustModel

/// A passphrase that is shown, so that it can be written down: lent to the terminal octet by octet from where it lies.
struct ShownSecret: SecretText {
  private let octets: SecretOctets

  var identity: ObjectIdentifier { ObjectIdentifier(octets) }

  init(_ octets: SecretOctets) { self.octets = octets }

  func lend(_ body: (UnsafeRawBufferPointer) -> Void) { octets.withUnsafeBytes(body) }

  /// Its words in lines of so many columns: which octets stand in each.
  func lines(columns: Int) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    while start < octets.count {
      var end = min(start + max(1, columns), octets.count)
      if end < octets.count, let blank = octets[start...end].lastIndex(of: 0x20), blank > start { end = blank }
      lines.append(start..<end)
      start = end
      if start < octets.count, octets[start] == 0x20 { start += 1 }
    }
    return lines
  }
}

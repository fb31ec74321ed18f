/// Octets that a terminal shows and that never become text of this process: no cell, no String, no buffer of curses holds them.
public protocol SecretText: Sendable {
  /// Whose octets they are.
  var identity: ObjectIdentifier { get }
  /// Lends the octets; the pointer is not valid afterwards.
  func lend(_ body: (UnsafeRawBufferPointer) -> Void)
}

extension SecretText {
  /// The end of it that fits into so many columns, from the beginning of a character on.
  public func end(columns: Int) -> Range<Int> {
    var range = 0..<0
    unsafe lend { octets in
      var start = max(0, octets.count - max(0, columns))
      while start < octets.count, unsafe octets[start] & 0xC0 == 0x80 { start += 1 }
      range = start..<octets.count
    }
    return range
  }
}

/// Where a secret stands in a grid, and which part of it.
public struct SecretPiece: Equatable, Sendable {
  /// The first cell.
  public let position: Position
  /// The octets that stand there: printable ASCII, one column each; of what else there is, a `?` for each character.
  public let range: Range<Int>
  /// Whose octets they are.
  public let source: any SecretText

  /// Equal where the same owner shows the same part in the same place.
  public static func == (left: SecretPiece, right: SecretPiece) -> Bool {
    left.position == right.position && left.range == right.range && left.source.identity == right.source.identity
  }
}

extension Grid {
  /// Puts a part of a secret over the cells, which stay what they are; what does not fit into its row is left out.
  public mutating func put(_ row: Int, _ column: Int, secret source: any SecretText, _ range: Range<Int>) {
    guard (0..<size.rows).contains(row), column >= 0, column + range.count <= size.columns else { return }
    secrets.append(SecretPiece(position: Position(row: row, column: column), range: range, source: source))
  }
}

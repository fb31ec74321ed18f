// A grid as text, and its styles one by one: what tests look at.

extension Grid {
  /// The rows as lines of text, without spaces at their ends, each closed by a newline.
  public func text(lines: LineDrawing = .ascii) -> String {
    (0..<size.rows).map { text(ofRow: $0, lines: lines) + "\n" }.joined()
  }

  /// One row as text, without spaces at its end.
  ///
  /// Empty outside of the grid.
  public func text(ofRow row: Int, lines: LineDrawing = .ascii) -> String {
    guard (0..<size.rows).contains(row) else { return "" }
    var line = String.UnicodeScalarView()
    for column in 0..<size.columns {
      let glyph = cells[index(row, column)].glyph
      if let piece = glyph.piece {
        line.append(contentsOf: piece.character(lines).unicodeScalars)
      } else {
        line.append(contentsOf: glyph.scalars)
      }
    }
    while line.last == " " { line.removeLast() }
    return String(line)
  }

  /// The style of a cell, nil outside of the grid.
  public func style(_ row: Int, _ column: Int) -> Style? {
    guard (0..<size.rows).contains(row), (0..<size.columns).contains(column) else { return nil }
    return cells[index(row, column)].style
  }

  /// The style at the first character of a text that stands in one row, nil when it is nowhere.
  public func style(of text: String) -> Style? {
    guard let found = position(of: text) else { return nil }
    return style(found.row, found.column)
  }

  /// Where a text stands first, read row by row, nil when it is nowhere.
  public func position(of text: String) -> Position? {
    let wanted = Array(text.unicodeScalars)
    guard !wanted.isEmpty else { return nil }
    for row in 0..<size.rows {
      var scalars: [Unicode.Scalar] = []
      var columns: [Int] = []
      for column in 0..<size.columns {
        for scalar in cells[index(row, column)].glyph.scalars {
          scalars.append(scalar)
          columns.append(column)
        }
      }
      guard scalars.count >= wanted.count else { continue }
      for start in 0...(scalars.count - wanted.count) where scalars[start...].starts(with: wanted) {
        return Position(row: row, column: columns[start])
      }
    }
    return nil
  }
}

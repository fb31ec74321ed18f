// How a text field looks when it has less room than text.

extension LineField {
  /// The part of the text that is shown in so many columns, and the column of the cursor in it.
  ///
  /// The cursor is always in view; the text moves to the left as far as that needs.
  public func visible(columns: Int) -> (text: String, cursorColumn: Int) {
    guard columns > 0 else { return ("", 0) }
    let widths = characters.map { DisplayWidth.columns(of: String($0)) }
    var start = cursor
    var cursorColumn = 0
    while start > 0, cursorColumn + widths[start - 1] < columns {
      start -= 1
      cursorColumn += widths[start]
    }
    var end = start
    var used = 0
    while end < characters.count, used + widths[end] <= columns {
      used += widths[end]
      end += 1
    }
    return (String(characters[start..<end]), cursorColumn)
  }

  /// Draws the field, filled up with `_`.
  ///
  /// - Parameters:
  ///   - grid: where it is drawn.
  ///   - row: the row.
  ///   - column: the first column.
  ///   - width: the columns it takes.
  ///   - style: the style of all of it.
  ///   - focused: true puts the cursor of the grid into it.
  public func draw(
    into grid: inout Grid, row: Int, column: Int, width: Int, style: Style = .plain, focused: Bool = true
  ) {
    let part = visible(columns: width)
    grid.put(row, column, String(repeating: "_", count: min(max(width, 0), grid.size.columns)), style)
    grid.put(row, column, part.text, style)
    if focused { grid.cursor = Position(row: row, column: column + part.cursorColumn) }
  }
}

// Lines and boxes on a grid.

extension Grid {
  /// Draws a line to the right.
  public mutating func horizontalLine(_ row: Int, _ column: Int, length: Int, _ style: Style = .plain) {
    for column in Self.clip(column, length, to: size.columns) { put(row, column, .horizontal, style) }
  }

  /// Draws a line downwards.
  public mutating func verticalLine(_ row: Int, _ column: Int, length: Int, _ style: Style = .plain) {
    for row in Self.clip(row, length, to: size.rows) { put(row, column, .vertical, style) }
  }

  /// Draws a frame on the outermost cells of an area, and leaves the inside as it is.
  ///
  /// An area of less than two rows or columns gets none.
  public mutating func box(_ area: Rectangle, _ style: Style = .plain) {
    guard area.rows >= 2, area.columns >= 2 else { return }
    let bottom = area.row + area.rows - 1
    let right = area.column + area.columns - 1
    horizontalLine(area.row, area.column, length: area.columns, style)
    horizontalLine(bottom, area.column, length: area.columns, style)
    verticalLine(area.row, area.column, length: area.rows, style)
    verticalLine(area.row, right, length: area.rows, style)
    put(area.row, area.column, .upperLeft, style)
    put(area.row, right, .upperRight, style)
    put(bottom, area.column, .lowerLeft, style)
    put(bottom, right, .lowerRight, style)
  }
}

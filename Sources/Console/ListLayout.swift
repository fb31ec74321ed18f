internal import Screen

/// How a list and the description of its current row share the screen.
struct ListLayout {
  let isWide: Bool
  let listRows: Int
  let listColumns: Int
  let detailRows: Int

  init(_ size: Size) {
    isWide = size.columns >= 110
    // Title, summary, heading, rule, message and footer stand beside the list.
    let body = max(1, size.rows - 6)
    listColumns = isWide ? min(78, size.columns - 42) : size.columns
    detailRows = isWide || body < 12 ? 0 : 5
    listRows = max(1, body - detailRows)
  }

  /// Draws the description beside the list, or a few lines of it below; nothing where there is room for neither.
  func draw(
    _ lines: [DescribedLine], brief: [(String, Theme.Role)], into grid: inout Grid, _ area: Rectangle, _ theme: Theme
  ) {
    if isWide {
      grid.verticalLine(area.row + 1, listColumns, length: area.rows - 1, theme.style(.dim))
      let column = listColumns + 2
      grid.put(
        lines, in: Rectangle(row: area.row + 1, column: column, rows: area.rows - 1, columns: area.columns - column),
        theme)
    } else if detailRows > 0 {
      let top = area.row + 2 + listRows
      grid.horizontalLine(top, 0, length: area.columns, theme.style(.dim))
      for (offset, line) in brief.prefix(detailRows - 1).enumerated() {
        grid.put(top + 1 + offset, 1, line.0, theme.style(line.1), width: area.columns - 2)
      }
    }
  }
}

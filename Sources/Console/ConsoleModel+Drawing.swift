internal import Screen
internal import TrustModel

extension ConsoleModel {
  /// Draws everything.
  func draw(into grid: inout Grid) {
    let columns = grid.size.columns
    let screen = screens[screens.count - 1]
    guard grid.size.holds(.smallest) else { return drawTooSmall(into: &grid) }
    TitleBar(screen, context, columns: columns).draw(into: &grid, context.theme)
    let area = Rectangle(row: 1, column: 0, rows: grid.size.rows - 3, columns: columns)
    screen.draw(into: &grid, area, context)
    FooterBar(screen, context, columns: columns).draw(into: &grid, context.theme)
    if let commandLine { return commandLine.draw(into: &grid, context.theme) }
    drawMessage(into: &grid)
    menu?.draw(into: &grid, context.theme)
  }

  /// The message above the footer; a long one takes more lines rather than lose its end, as far as there is room.
  private func drawMessage(into grid: inout Grid) {
    let lines = VisibleText(message).description.wrapped(to: max(1, grid.size.columns - 2)).prefix(
      grid.size.rows < 16 ? 2 : 4)
    for (offset, line) in lines.enumerated() {
      let row = grid.size.rows - 1 - lines.count + offset
      grid.put(row, 0, " " + line, context.theme.style(.heading), width: grid.size.columns)
    }
  }

  private func drawTooSmall(into grid: inout Grid) {
    let needed = Size.smallest
    let text =
      "Keyreeve needs a larger window: \(needed.columns) columns and \(needed.rows) rows. \(context.key(.quit)) leaves."
    for (row, line) in text.wrapped(to: max(1, grid.size.columns)).enumerated() { grid.put(row, 0, line) }
  }
}

internal import Screen
internal import TrustModel

extension ConsoleModel {
  /// Draws everything.
  func draw(into grid: inout Grid) {
    let columns = grid.size.columns
    let screen = screens[screens.count - 1]
    guard grid.size.holds(screen.smallest) else { return drawTooSmall(into: &grid, screen) }
    drawTitle(into: &grid, screen)
    let area = Rectangle(row: 1, column: 0, rows: grid.size.rows - 3, columns: columns)
    screen.draw(into: &grid, area, context)
    drawMessage(into: &grid)
    drawFooter(into: &grid, screen)
  }

  /// The message above the footer; a long one takes more lines rather than lose its end.
  private func drawMessage(into grid: inout Grid) {
    let lines = VisibleText(message).description.wrapped(to: max(1, grid.size.columns - 2)).prefix(4)
    for (offset, line) in lines.enumerated() {
      let row = grid.size.rows - 1 - lines.count + offset
      grid.put(row, 0, " " + line, context.theme.style(.heading), width: grid.size.columns)
    }
  }

  private func drawTooSmall(into grid: inout Grid, _ screen: any ConsoleScreen) {
    let needed = screen.smallest
    let text =
      "Keyreeve needs a larger window here: \(needed.columns) columns and \(needed.rows) rows. "
      + (grid.size.holds(.smallest) ? "Esc goes back." : "q leaves.")
    for (row, line) in text.wrapped(to: max(1, grid.size.columns)).enumerated() { grid.put(row, 0, line) }
  }

  private func drawTitle(into grid: inout Grid, _ screen: any ConsoleScreen) {
    let style = context.theme.style(.title).adding(.reverse)
    let place = screen.title.isEmpty ? " keyreeve | 1:Keys 2:Explain 3:Log 4:Images" : " keyreeve > \(screen.title)"
    let rights = context.isReadOnly ? "read-only" : "can write"
    let right = "\(VisibleText(context.host, limit: 30)) \(rights) "
    grid.put(0, 0, place, style, width: grid.size.columns)
    let column = grid.size.columns - right.count
    if column > place.count + 1 { grid.put(0, column, right, style) }
  }

  /// The keys of the screen, as many as there is room for; how to leave is always among them.
  private func drawFooter(into grid: inout Grid, _ screen: any ConsoleScreen) {
    let offered = screen.commands(context).map(\.row)
    func width(_ rows: some Collection<Command.Row>) -> Int {
      rows.reduce(1) { $0 + $1.keys.count + $1.word.count + 2 }
    }
    let quit = offered.first { $0.keys == Command.quit.row.keys }
    var shown = offered[...]
    while shown.count > 1, width(shown) > grid.size.columns { shown.removeLast() }
    if let quit, !shown.contains(where: { $0.keys == quit.keys }) {
      while shown.count > 1, width(shown) + width([quit]) - 1 > grid.size.columns { shown.removeLast() }
      shown.append(quit)
    }
    var column = 1
    for row in shown {
      column = grid.put(grid.size.rows - 1, column, row.keys, context.theme.style(.key))
      column = grid.put(grid.size.rows - 1, column, ":\(row.word)") + 1
    }
  }
}

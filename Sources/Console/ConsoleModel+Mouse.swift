internal import Screen

extension ConsoleModel {
  /// A click on the title or the footer, or a second one on the current row; true where it was one of these.
  mutating func takeBeside(_ mouse: Event.Mouse) -> Bool {
    guard mouse.action == .press else { return false }
    let screen = screens[screens.count - 1]
    let column = mouse.position.column
    var command: Command?
    switch mouse.position.row {
    case 0: command = TitleBar(screen, context, columns: size.columns).command(at: column)
    case size.rows - 1: command = FooterBar(screen, context, columns: size.columns).command(at: column)
    default:
      // Help has two lines in one row, and looks itself which one is meant.
      let isList = screen.commands(context).contains(.open) && !(screen is HelpScreen)
      if isList, isOnCurrentRow(mouse.position) { command = .open }
    }
    guard let command, offered.contains(command) else { return false }
    perform(command)
    return true
  }

  /// Whether the row under the mouse is the current one: there the real cursor stands, at its beginning.
  private func isOnCurrentRow(_ position: Position) -> Bool {
    var grid = Grid(size: size)
    draw(into: &grid)
    guard let cursor = grid.cursor else { return false }
    return cursor.row == position.row && cursor.column <= 3
  }

  /// The wheel where the screen does nothing of its own with it: three lines.
  mutating func turnWheel(_ mouse: Event.Mouse) {
    guard mouse.action == .wheelDown || mouse.action == .wheelUp else { return }
    for _ in 0..<3 { perform(mouse.action == .wheelDown ? .down : .up) }
  }
}

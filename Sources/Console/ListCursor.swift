internal import Screen

/// A cursor in a list that scrolls: always on a line, always in view.
struct ListCursor: Sendable, Equatable {
  /// The current line, from 0.
  private(set) var index = 0
  /// The first line in view.
  private(set) var top = 0

  /// Moves as a command says; false where the command is no movement.
  mutating func move(_ command: Command, count: Int, page: Int) -> Bool {
    switch command {
    case .down: index += 1
    case .up: index -= 1
    case .pageDown: index += max(1, page - 1)
    case .pageUp: index -= max(1, page - 1)
    case .first: index = 0
    case .last: index = count - 1
    default: return false
    }
    hold(count: count, page: page)
    return true
  }

  /// Puts the cursor on a line.
  mutating func set(_ line: Int, count: Int, page: Int) {
    index = line
    hold(count: count, page: page)
  }

  /// Moves as the mouse says, in a list whose first line stands in row `top` of the screen.
  mutating func take(_ mouse: Event.Mouse, top: Int, count: Int, page: Int) {
    switch mouse.action {
    case .wheelDown: set(index + 3, count: count, page: page)
    case .wheelUp: set(index - 3, count: count, page: page)
    case .press where (top..<top + page).contains(mouse.position.row):
      set(self.top + mouse.position.row - top, count: count, page: page)
    default: break
    }
  }

  /// Keeps the cursor on a line and the line in view.
  mutating func hold(count: Int, page: Int) {
    index = max(0, min(index, count - 1))
    let page = max(1, page)
    if index < top { top = index }
    if index >= top + page { top = index - page + 1 }
    top = max(0, min(top, max(0, count - page)))
  }
}

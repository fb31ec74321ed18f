internal import Screen

/// How far a text that may be longer than its window was moved up.
struct TextScroll: Sendable, Equatable {
  private var wanted = 0

  /// Moves as a command says; false where the command is no movement.
  mutating func move(_ command: Command, rows: Int, page: Int) -> Bool {
    let step = max(1, page - 2)
    wanted = first(rows: rows, page: page)
    switch command {
    case .down: wanted += 1
    case .up: wanted -= 1
    case .pageDown: wanted += step
    case .pageUp: wanted -= step
    case .first: wanted = 0
    case .last: wanted = rows
    default: return false
    }
    wanted = first(rows: rows, page: page)
    return true
  }

  /// Moves as the wheel says: three rows.
  mutating func turn(_ mouse: Event.Mouse, rows: Int, page: Int) {
    guard mouse.action == .wheelDown || mouse.action == .wheelUp else { return }
    for _ in 0..<3 { _ = move(mouse.action == .wheelDown ? .down : .up, rows: rows, page: page) }
  }

  /// The first row in view: never so far that the window stays empty below.
  func first(rows: Int, page: Int) -> Int { max(0, min(wanted, rows - page)) }
}

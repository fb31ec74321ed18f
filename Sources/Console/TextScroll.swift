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

  /// The first row in view: never so far that the window stays empty below.
  func first(rows: Int, page: Int) -> Int { max(0, min(wanted, rows - page)) }
}

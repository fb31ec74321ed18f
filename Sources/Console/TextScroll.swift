internal import Screen

/// How far a text that may be longer than its window was moved up.
struct TextScroll: Sendable, Equatable {
  private var wanted = 0
  /// How many rows from the top were in view, as far as `look` was told.
  private var seen = 0

  /// A text that begins with that row, as far as there is so much of it.
  init(first: Int = 0) { wanted = first }

  /// Takes note of what is in view; where there is more, the last row of the page may say so in place of the text.
  mutating func look(rows: Int, page: Int) {
    let end = first(rows: rows, page: page) + page
    seen = max(seen, end >= rows ? rows : end - 1)
  }

  /// Forgets what was in view: the rows are others now.
  mutating func forget() { seen = 0 }

  /// Whether every row was in view once.
  func hasSeenAll(rows: Int, page: Int) -> Bool { max(seen, page) >= rows }

  /// Moves as a command says; false where the command is no movement.
  mutating func move(_ command: Command, rows: Int, page: Int) -> Bool {
    // Two rows stay in view for the eye, where there are enough of them.
    let step = page > 5 ? page - 2 : max(1, page - 1)
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

internal import Screen

/// The line at the bottom into which commands are typed.
struct CommandLine: Sendable {
  /// What a person has done with it.
  enum Answer: Sendable, Equatable {
    case none
    case left
    case entered(String)
  }

  /// The lines that were entered in this run, the newest last.
  struct History: Sendable {
    /// The most lines that are kept.
    static let limit = 100
    private(set) var lines: [String] = []

    /// Keeps a line; the same one again only once.
    mutating func add(_ line: String) {
      lines.removeAll { $0 == line }
      lines.append(line)
      if lines.count > Self.limit { lines.removeFirst(lines.count - Self.limit) }
    }
  }

  private(set) var field = LineField(limit: Order.limit)
  /// What Tab has found last, while nothing else was typed.
  private(set) var candidates: [String] = []
  private let history: [String]
  /// The line of the history that is shown; its count stands for what was typed.
  private var place: Int
  private var typed = ""

  init(_ history: History) {
    self.history = history.lines
    place = history.lines.count
  }

  /// Takes an event.
  mutating func take(_ event: Event, _ knowledge: @autoclosure () -> Completion.Knowledge) -> Answer {
    switch event {
    case .key(.escape), .interrupt: return .left
    case .key(.enter):
      let line = field.text.trimmed
      return line.isEmpty ? .left : .entered(line)
    case .key(.tab): complete(knowledge())
    case .key(.up), .key(.control("p")): recall(place - 1)
    case .key(.down), .key(.control("n")): recall(place + 1)
    // As in other command lines: taking back the colon leaves.
    case .key(.backspace) where field.isEmpty: return .left
    default: if field.handle(event) { candidates = [] }
    }
    return .none
  }

  private mutating func complete(_ knowledge: Completion.Knowledge) {
    // A word in the middle is not completed: what stands behind the cursor would be lost.
    guard field.cursor == field.text.count else { return }
    let completion = Completion(of: field.text, knowledge)
    field = LineField(completion.line, limit: Order.limit)
    candidates = completion.candidates.count > 1 ? completion.candidates : []
  }

  private mutating func recall(_ wanted: Int) {
    guard (0...history.count).contains(wanted) else { return }
    if place == history.count { typed = field.text }
    place = wanted
    candidates = []
    field = LineField(wanted == history.count ? typed : history[wanted], limit: Order.limit)
  }

  /// Draws the line in the last row, and what Tab has found above it.
  func draw(into grid: inout Grid, _ theme: Theme) {
    let (rows, columns) = (grid.size.rows, grid.size.columns)
    let hint = "Tab:Complete  Up:History  Enter:Run  Esc:Leave"
    let above = candidates.isEmpty ? hint : candidates.joined(separator: "  ")
    grid.put(rows - 2, 0, " " + above, theme.style(.dim), width: columns)
    grid.put(rows - 1, 0, " :", theme.style(.heading), width: columns)
    field.draw(into: &grid, row: rows - 1, column: 2, width: max(1, columns - 3), style: theme.style(.field))
  }
}

internal import Screen

/// A plan in a box with the question whether to carry it out: what all screens have in common that write something.
///
/// What is confirmed must be seen: the button works once the end of the plan was in view.
struct PlanBox: Sendable {
  private let heading: String
  private var confirmation: Confirmation
  private var scroll = TextScroll()
  private var size = Size.full

  init(_ heading: String, _ confirmation: Confirmation) {
    (self.heading, self.confirmation) = (heading, confirmation)
  }

  /// Whether what is typed goes into a field.
  var isTyping: Bool { confirmation.isTyping }

  /// Whether the event before was for the button that asks for a wider plan.
  var isWidened: Bool { confirmation.isWidened }

  /// Takes an event; `lines` are those that are drawn.
  mutating func take(_ event: Event, _ lines: [DescribedLine]) -> Confirmation.Answer {
    if case .resize(let size) = event {
      // Wrapped otherwise, what was seen is no longer known.
      if size.columns != self.size.columns { scroll.forget() }
      self.size = size
    }
    let layout = PlanLayout(size, hasQuestion: confirmation.demand != nil)
    let rows = layout.pieces(lines).count
    defer { scroll.look(rows: rows, page: layout.page) }
    switch event {
    case .resize: return .none
    case .mouse(let mouse):
      scroll.turn(mouse, rows: rows, page: layout.page)
      // A click on a button only puts the focus there, as one click alone must never confirm.
      if mouse.action == .press, mouse.position.row == layout.buttonRow {
        confirmation.focus(at: mouse.position.column, isCompact: layout.isCompact)
      }
      return .none
    default: break
    }
    if let movement = movement(event) {
      _ = scroll.move(movement, rows: rows, page: layout.page)
      return .none
    }
    let answer = confirmation.take(event)
    let isUnseen = !scroll.hasSeenAll(rows: rows, page: layout.page)
    return answer == .confirmed && isUnseen ? .tooEarly("PgDn shows the rest of the plan first, End its end.") : answer
  }

  /// How a key moves the plan; while something is typed, Home and End are the field's.
  private func movement(_ event: Event) -> Command? {
    switch event {
    case .key(.pageDown): .pageDown
    case .key(.pageUp): .pageUp
    case .key(.end) where !isTyping: .last
    case .key(.home) where !isTyping: .first
    default: nil
    }
  }

  /// Draws the plan, the buttons, and what the keys do.
  func draw(
    _ lines: [DescribedLine], into grid: inout Grid, _ area: Rectangle, _ theme: Theme, keys: String = ""
  ) {
    let layout = PlanLayout(grid.size, hasQuestion: confirmation.demand != nil)
    if !layout.isCompact {
      grid.box(Rectangle(row: area.row, column: 1, rows: area.rows - 1, columns: area.columns - 2), theme.style(.dim))
    }
    grid.put(area.row, layout.isCompact ? 1 : 3, layout.isCompact ? heading : " \(heading) ", theme.style(.heading))
    let pieces = layout.pieces(lines)
    let first = scroll.first(rows: pieces.count, page: layout.page)
    for (offset, piece) in pieces.dropFirst(first).prefix(layout.page).enumerated() {
      let (row, text) = (area.row + 1 + offset, layout.margin + layout.labelWidth)
      grid.put(row, layout.margin, piece.label, theme.style(.heading), width: layout.labelWidth - 1)
      grid.put(row, text, piece.text, theme.style(piece.role), width: area.columns - layout.margin - text)
    }
    drawMore(pieces.count, first, layout, into: &grid, area, theme)
    confirmation.draw(into: &grid, layout.buttonRow, theme, isCompact: layout.isCompact)
    let hint =
      layout.isCompact
      ? "Tab Enter Esc: nothing is written yet"
      : "Tab:Next  Enter:Press  Esc:Cancel\(keys). Nothing has been written yet."
    grid.put(area.row + area.rows - 1, 1, hint, theme.style(.key), width: area.columns - 2)
  }

  private func drawMore(
    _ rows: Int, _ first: Int, _ layout: PlanLayout, into grid: inout Grid, _ area: Rectangle, _ theme: Theme
  ) {
    let left = rows - first - layout.page
    guard left > 0 || first > 0 else { return }
    let text = left > 0 ? " PgDn: \(left) more lines " : " PgUp: back to the beginning "
    if layout.isCompact {
      let short = left > 0 ? "PgDn: \(left) more" : "PgUp: back"
      grid.put(area.row, max(1, area.columns - short.count - 1), short, theme.style(.warning))
    } else {
      grid.put(area.row + area.rows - 2, 3, text, theme.style(.warning))
    }
  }
}

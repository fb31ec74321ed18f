internal import Screen

/// A plan in a box with the question whether to carry it out: what all screens have in common that write something.
struct PlanBox: Sendable {
  /// What is confirmed must be seen: what it is about, what is written, the effect, the buttons.
  static let smallest = Size(rows: 20, columns: 76)
  /// Columns that the labels take.
  private static let labelWidth = 10

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
      self.size = size
      return .none
    }
    if case .mouse(let mouse) = event {
      take(mouse, lines)
      return .none
    }
    for command in [Command.pageDown, .pageUp] where command.row.events.first == event {
      _ = scroll.move(command, rows: pieces(lines, size.columns).count, page: Self.page(size.rows - 3))
      return .none
    }
    return confirmation.take(event)
  }

  /// The wheel scrolls; a click on a button only puts the focus there, as one click alone must never confirm.
  private mutating func take(_ mouse: Event.Mouse, _ lines: [DescribedLine]) {
    let rows = pieces(lines, size.columns).count
    scroll.turn(mouse, rows: rows, page: Self.page(size.rows - 3))
    // As it is drawn: in an area below the title, above message and footer.
    if mouse.action == .press, mouse.position.row == 1 + size.rows - 3 - 3 {
      confirmation.focus(at: mouse.position.column)
    }
  }

  /// Rows of the plan in an area of so many rows.
  private static func page(_ rows: Int) -> Int { max(1, rows - 6) }

  private struct Piece {
    let label: String
    let text: String
    let role: Theme.Role
  }

  private func pieces(_ lines: [DescribedLine], _ columns: Int) -> [Piece] {
    let width = max(1, columns - 6 - Self.labelWidth)
    return lines.flatMap { line in
      line.text.wrapped(to: width).enumerated().map { offset, text in
        Piece(label: offset == 0 ? line.label : "", text: text, role: line.role)
      }
    }
  }

  /// Draws the plan, the buttons, and what the keys do.
  func draw(
    _ lines: [DescribedLine], into grid: inout Grid, _ area: Rectangle, _ theme: Theme, keys: String = ""
  ) {
    grid.box(Rectangle(row: area.row, column: 1, rows: area.rows - 1, columns: area.columns - 2), theme.style(.dim))
    grid.put(area.row, 3, " \(heading) ", theme.style(.heading))
    let pieces = pieces(lines, area.columns)
    let page = Self.page(area.rows)
    let first = scroll.first(rows: pieces.count, page: page)
    for (offset, piece) in pieces.dropFirst(first).prefix(page).enumerated() {
      let row = area.row + 1 + offset
      grid.put(row, 3, piece.label, theme.style(.heading), width: Self.labelWidth - 1)
      grid.put(row, 3 + Self.labelWidth, piece.text, theme.style(piece.role), width: area.columns - 6 - Self.labelWidth)
    }
    let isMore = pieces.count > first + page
    if isMore || first > 0 {
      let text = isMore ? " PgDn: \(pieces.count - first - page) more lines " : " PgUp: back to the beginning "
      grid.put(area.row + area.rows - 2, 3, text, theme.style(.warning))
    }
    confirmation.draw(into: &grid, area.row + area.rows - 3, theme)
    grid.put(
      area.row + area.rows - 1, 1, "Tab:Next  Enter:Press  Esc:Cancel\(keys). Nothing has been written yet.",
      theme.style(.key), width: area.columns - 2)
  }
}

internal import Screen
internal import TrustModel

/// What a looking command of the program prints.
struct ReportScreen: ConsoleScreen {
  private let order: ReportOrder
  private var lines: [String]?
  private var top = TextScroll()
  private var size = Size.full

  init(_ order: ReportOrder) { self.order = order }

  var title: String { VisibleText(order.words.joined(separator: " "), limit: 200).description.capitalizedFirst }

  func commands(_ context: Context) -> [Command] { [.help, .back, .reload, .copy, .quit, .keys, .log] }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    switch event {
    case .resize(let size): self.size = size
    case .mouse(let mouse): top.turn(mouse, rows: rows.count, page: page)
    default: return nil
    }
    return []
  }

  mutating func take(_ news: News, _ context: Context) -> [Effect]? {
    guard case .reported(order, let lines) = news else { return nil }
    self.lines = lines
    return []
  }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] {
    if top.move(command, rows: rows.count, page: page) { return [] }
    switch command {
    case .back, .quit: return [.close]
    case .reload:
      lines = nil
      return [.work(.report(order))]
    case .copy:
      let line = context.ownCommandLine(ShellText.line(order.words))
      return [.copy(line), .say("Copied: \(line)")]
    default: return []
    }
  }

  private var page: Int { max(1, size.rows - 3) }

  /// The lines as wide as the window; what goes on is set in.
  private var rows: [String] {
    guard let lines else { return ["Running..."] }
    guard !lines.isEmpty else { return ["It has printed nothing."] }
    let width = size.columns - 2
    return lines.flatMap { line in
      guard DisplayWidth.columns(of: line) > width else { return [line] }
      let first = line.wrapped(to: width)[0]
      let rest = line.dropFirst(first.count).drop { $0 == " " }
      return [first] + String(rest).wrapped(to: max(8, width - 4)).map { "    " + $0 }
    }
  }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let rows = rows
    let first = top.first(rows: rows.count, page: page)
    for (offset, row) in rows.dropFirst(first).prefix(page).enumerated() {
      grid.put(area.row + offset, 1, row, width: area.columns - 2)
    }
    let more = rows.count - first - page
    if more > 0 {
      let text = "-- \(more) more: PgDn --"
      grid.put(area.row + page - 1, 1, text, context.theme.style(.dim), width: area.columns - 2)
    }
    grid.cursor = Position(row: area.row, column: 1)
  }
}

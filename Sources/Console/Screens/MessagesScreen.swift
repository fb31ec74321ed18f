internal import Screen
internal import TrustModel

/// What was said since the start, newest first.
struct MessagesScreen: ConsoleScreen {
  private let lines: [DescribedLine]
  private var scroll = TextScroll()
  private var size = Size.full

  init(_ log: MessageLog) {
    let none = [DescribedLine("", "Nothing was said yet.")]
    let said = log.entries.reversed().map { entry in
      DescribedLine("\(entry.when)".timeOfDay, VisibleText(entry.text).description)
    }
    lines = said.isEmpty ? none : said
  }

  var title: String { "Messages" }

  func commands(_ context: Context) -> [Command] { [.help, .back, .quit] }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    guard case .resize(let size) = event else { return nil }
    self.size = size
    return []
  }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] {
    if scroll.move(command, rows: lines.rows(columns: size.columns - 2), page: size.rows - 3) { return [] }
    return [.back, .quit, .messages].contains(command) ? [.close] : []
  }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let inside = Rectangle(row: area.row, column: 1, rows: area.rows, columns: area.columns - 2)
    grid.put(scrolled: lines, in: inside, context.theme, scroll, keys: context.scrollKeys)
    grid.cursor = Position(row: area.row, column: 1)
  }
}

extension String {
  /// The time in a text such as `2026-11-21T10:40:00Z`.
  fileprivate var timeOfDay: String { split(separator: "T").last.map(String.init) ?? self }
}

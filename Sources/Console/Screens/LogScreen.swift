internal import Screen
internal import TrustModel
internal import TrustVerify

/// What was changed, when, by whom, and what can be taken back.
struct LogScreen: ConsoleScreen {
  private var cursor = ListCursor()
  private var entries: [JournalEntry] = []
  private var size = Size.full
  /// What is wrong with the log itself, which nobody must overlook.
  private var warning: String?

  init(_ context: Context) { refresh(context) }

  var title: String { "Log" }
  var view: Command? { .log }

  func commands(_ context: Context) -> [Command] {
    [.help, .open, .undo, .redo, .back, .copy, .quit, .keys, .explain, .images, .audit, .backup, .reload]
  }

  mutating func refresh(_ context: Context) {
    entries = context.machine?.journal.entries.reversed() ?? []
    let problems = context.machine?.journal.problems ?? []
    let more = problems.count > 1 ? " (and \(problems.count - 1) more)" : ""
    warning = entries.isEmpty ? nil : problems.first.map { "! THE LOG IS NOT WHOLE: \($0)\(more)" }
    cursor.hold(count: entries.count, page: page)
  }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    switch event {
    case .resize(let size):
      self.size = size
      cursor.hold(count: entries.count, page: page)
    case .mouse(let mouse): cursor.take(mouse, top: 2 + warningRows, count: entries.count, page: page)
    default: return nil
    }
    return []
  }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] {
    if cursor.move(command, count: entries.count, page: page) { return [] }
    switch command {
    case .back, .quit: return [.close]
    case .redo: return LogActions.redo(context)
    case .explain: return [.open(ExplainScreen(name: "", context))]
    default: break
    }
    guard let entry = selected else {
      let problem = context.machine?.journal.problems.first.map { "The log is not whole: \($0)." }
      return [.say(problem ?? "Nothing was changed yet.")]
    }
    switch command {
    case .open: return [.open(LogEntryScreen(entry))]
    case .undo: return LogActions.undo(entry, context)
    case .copy where entry.lasting != nil: return [.say("#\(entry.id): \(entry.end ?? "")")]
    case .copy: return [.copy(LogActions.command(entry, context)), .say("Copied the command that takes it back.")]
    default: return []
    }
  }

  private var selected: JournalEntry? { entries.indices.contains(cursor.index) ? entries[cursor.index] : nil }

  // MARK: Drawing

  /// Rows of the area: what title, message and footer leave.
  private var areaRows: Int { size.rows - 3 - warningRows }

  private var warningRows: Int { warning == nil ? 0 : 1 }

  /// Rows of the list: all of a small window, else about half of it, for the details below.
  private var page: Int { areaRows < 12 ? max(1, areaRows - 1) : (areaRows - 2) / 2 }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    if let warning { grid.put(area.row, 1, warning, context.theme.style(.refused), width: area.columns - 2) }
    draw(
      listIn: Rectangle(
        row: area.row + warningRows, column: area.column, rows: area.rows - warningRows, columns: area.columns),
      into: &grid, context)
  }

  private func draw(listIn area: Rectangle, into grid: inout Grid, _ context: Context) {
    let columns = Columns(area.columns)
    columns.draw(Columns.names, into: &grid, area.row, context.theme.style(.heading))
    if entries.isEmpty { drawEmpty(into: &grid, area, context) }
    for offset in 0..<page {
      let index = cursor.top + offset
      guard entries.indices.contains(index) else { break }
      let (row, isCurrent) = (area.row + 1 + offset, index == cursor.index)
      let description = LogDescription(entry: entries[index], context: context)
      columns.draw(
        Columns.texts(description, isCurrent: isCurrent), into: &grid, row,
        context.theme.style(isCurrent ? .selection : .normal))
      if isCurrent { grid.cursor = Position(row: row, column: 1) }
    }
    guard let entry = selected, areaRows >= 12 else { return }
    let top = area.row + 1 + page
    grid.horizontalLine(top, 0, length: area.columns, context.theme.style(.dim))
    let below = Rectangle(row: top + 1, column: 1, rows: area.rows - 2 - page, columns: area.columns - 2)
    grid.put(
      scrolled: LogDescription(entry: entry, context: context).lines, in: below, context.theme, TextScroll(),
      keys: context.key(.open))
  }

  /// A log that cannot be read is not an empty one.
  private func drawEmpty(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let problems = context.machine?.problems.filter { $0.contains("change log") } ?? []
    let text = problems.isEmpty ? "Nothing was changed yet." : problems.joined(separator: "; ").capitalizedFirst
    for (offset, line) in text.wrapped(to: area.columns - 4).prefix(area.rows - 1).enumerated() {
      grid.put(area.row + 1 + offset, 3, line, context.theme.style(problems.isEmpty ? .normal : .warning))
    }
  }
}

extension LogScreen {
  /// Where the columns begin in a list of some width; those that do not fit are left out.
  private struct Columns {
    struct Texts {
      let mark: String
      let id: String
      let when: String
      let who: String
      let undo: String
      let what: String
    }

    static let names = Texts(mark: " ", id: "#", when: "WHEN (UTC)", who: "WHO", undo: "UNDO", what: "WHAT")

    let width: Int
    private var isWide: Bool { width >= 70 }
    private var when: Int { width >= 70 ? 17 : width >= 50 ? 11 : 0 }

    init(_ width: Int) { self.width = width }

    static func texts(_ description: LogDescription, isCurrent: Bool) -> Texts {
      let entry = description.entry
      let time = "\(entry.when)"
      return Texts(
        mark: isCurrent ? ">" : " ", id: "\(entry.id)", when: "\(time.prefix(10)) \(time.dropFirst(11).prefix(5))",
        who: VisibleText(entry.author.description).description, undo: description.fate, what: description.brief)
    }

    func draw(_ texts: Texts, into grid: inout Grid, _ row: Int, _ style: Style) {
      grid.put(row, 0, texts.mark, style, width: width)
      grid.put(row, 3, texts.id, style, width: 5)
      var column = 8
      if when > 0 {
        grid.put(row, column, String(texts.when.prefix(when - 1)), style, width: when - 1)
        column += when
      }
      if isWide {
        grid.put(row, column, texts.who, style, width: 8)
        column += 9
      }
      grid.put(row, column, texts.undo, style, width: 6)
      grid.put(row, column + 8, texts.what, style, width: max(0, width - column - 8))
    }
  }
}

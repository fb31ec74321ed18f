internal import Screen
internal import TrustModel
internal import TrustVerify

/// One change of the log in full.
struct LogEntryScreen: ConsoleScreen {
  private var entry: JournalEntry
  private var scroll = TextScroll()
  private var size = Size.full

  init(_ entry: JournalEntry) {
    self.entry = entry
  }

  var title: String { "Log > #\(entry.id)" }

  func commands(_ context: Context) -> [Command] {
    [.help, .back, .undo, .copy, .quit, .keys, .explain, .images, .backup, .reload]
  }

  mutating func refresh(_ context: Context) {
    if let now = context.machine?.journal[entry.id] { entry = now }
  }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    guard case .resize(let size) = event else { return nil }
    self.size = size
    return []
  }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] {
    let lines = LogDescription(entry: entry, context: context).lines
    if scroll.move(command, rows: lines.rows(columns: size.columns - 2), page: size.rows - 3) { return [] }
    switch command {
    case .back, .quit: return [.close]
    case .undo: return LogActions.undo(entry, context)
    case .copy where entry.lasting != nil: return [.say("#\(entry.id): \(entry.end ?? "")")]
    case .copy: return [.copy(LogActions.command(entry, context)), .say("Copied the command that takes it back.")]
    case .explain: return [.open(ExplainScreen(name: "", context))]
    default: return []
    }
  }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    grid.put(
      scrolled: LogDescription(entry: entry, context: context).lines,
      in: Rectangle(row: area.row, column: 1, rows: area.rows, columns: area.columns - 2), context.theme, scroll,
      keys: context.scrollKeys)
    grid.cursor = Position(row: area.row, column: 1)
  }
}

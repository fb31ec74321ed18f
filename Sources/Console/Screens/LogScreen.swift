internal import Screen
internal import Stores
internal import TrustModel
internal import TrustVerify

/// What was changed, when, by whom, and what can be taken back.
struct LogScreen: ConsoleScreen {
  private var cursor = ListCursor()
  private var entries: [JournalEntry] = []
  private var page = 8

  init(_ context: Context) { refresh(context) }

  var title: String { "Log" }

  func commands(_ context: Context) -> [Command] {
    [.help, .back, .undo, .copy, .quit, .keys, .explain, .images, .backup, .reload]
  }

  mutating func refresh(_ context: Context) {
    entries = context.machine?.journal.entries.reversed() ?? []
    cursor.hold(count: entries.count, page: page)
  }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    guard case .resize(let size) = event else { return nil }
    page = max(1, size.rows - 12)
    cursor.hold(count: entries.count, page: page)
    return []
  }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] {
    if cursor.move(command, count: entries.count, page: page) { return [] }
    switch command {
    case .back, .quit: return [.close]
    case .undo:
      guard let entry = selected else { return [.say("There is nothing to take back.")] }
      guard !context.isReadOnly else {
        return [.say("Read-only here: " + context.commandLine("undo \(entry.id)"))]
      }
      return [.work(.plan(.undo(entry.id)))]
    case .copy: return selected.map { [.copy($0.summary), .say("Copied.")] } ?? []
    case .explain: return [.open(ExplainScreen(name: "", context))]
    default: return []
    }
  }

  private var selected: JournalEntry? { entries.indices.contains(cursor.index) ? entries[cursor.index] : nil }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let theme = context.theme
    grid.put(
      area.row, 0, "   #    WHEN                  WHO       UNDO    WHAT", theme.style(.heading), width: area.columns)
    if entries.isEmpty { grid.put(area.row + 1, 3, "Nothing was changed yet.") }
    for offset in 0..<min(page, max(0, area.rows - 8)) {
      let index = cursor.top + offset
      guard entries.indices.contains(index) else { break }
      draw(entries[index], isCurrent: index == cursor.index, into: &grid, area.row + 1 + offset, area.columns, theme)
    }
    guard let entry = selected else { return }
    let top = area.row + max(2, area.rows - 7)
    grid.horizontalLine(top, 0, length: area.columns, theme.style(.dim))
    for (offset, line) in details(entry).prefix(6).enumerated() {
      grid.put(top + 1 + offset, 1, line, width: area.columns - 2)
    }
  }

  private func draw(
    _ entry: JournalEntry, isCurrent: Bool, into grid: inout Grid, _ row: Int, _ width: Int, _ theme: Theme
  ) {
    let style = isCurrent ? theme.style(.selection) : theme.style(.normal)
    grid.put(row, 0, isCurrent ? ">" : " ", style, width: width)
    grid.put(row, 3, "\(entry.id)", style, width: 5)
    grid.put(row, 8, "\(entry.when)", style, width: 21)
    grid.put(row, 30, VisibleText(entry.author.description).description, style, width: 9)
    grid.put(row, 40, fate(entry), style, width: 7)
    grid.put(row, 48, brief(entry), style, width: width - 48)
    if isCurrent { grid.cursor = Position(row: row, column: 1) }
  }

  /// The change in a few words: the list has no room for whole fingerprints, the details below it have.
  private func brief(_ entry: JournalEntry) -> String {
    if let undone = entry.undoes { return "undo #\(undone)" }
    guard let location = entry.edits.first.flatMap({ KeyLocation(administratorFile: $0.file) }) else {
      return entry.summary
    }
    let more = entry.edits.count > 1 ? " and \(entry.edits.count - 1) more" : ""
    let key = location.fingerprint.shortGrouped.suffix(9)
    return "\(entry.verb) \(key) \(location.scope == .root ? "*" : location.scope.description)\(more)"
  }

  private func fate(_ entry: JournalEntry) -> String {
    if entry.undoneBy != nil { return "undone" }
    switch entry.outcome {
    case .done: return "can"
    case .begun: return "open"
    case .rolledBack, .abandoned: return "-"
    }
  }

  private func details(_ entry: JournalEntry) -> [String] {
    var lines = ["#\(entry.id) \(entry.summary)"]
    for edit in entry.edits {
      lines.append("\(edit.before == nil ? "+" : edit.after == nil ? "-" : "~") \(VisibleText(edit.file))")
    }
    if let reason = entry.reason { lines.append("Reason: \(VisibleText(reason))") }
    if let other = entry.undoneBy { lines.append("Taken back by #\(other).") }
    if entry.canBeUndone { lines.append("As a command: keyreeve undo \(entry.id)") }
    return lines
  }
}

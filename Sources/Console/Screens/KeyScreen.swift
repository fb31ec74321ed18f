internal import Screen
internal import TrustModel

/// One key in full.
struct KeyScreen: ConsoleScreen {
  private var row: KeyRow
  private var first = 0

  init(_ row: KeyRow) {
    self.row = row
  }

  var title: String { "Keys > \(row.label)" }

  func commands(_ context: Context) -> [Command] {
    [
      .help, .back, .explain, .disable, .enable, .remove, .rotate, .undo, .redo, .copy, .quit, .backup, .fetch, .images,
      .reload,
    ]
  }

  mutating func refresh(_ context: Context) {
    guard let rows = context.machine?.rows else { return }
    if let now = rows.first(where: { $0.scope == row.scope && $0.name == row.name }) { row = now }
  }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] {
    switch command {
    case .back, .quit: return [.close]
    case .down: first = min(first + 1, max(0, KeyDescription(row: row, context: context).lines.count - 1))
    case .up: first = max(0, first - 1)
    case .first: first = 0
    case .explain:
      guard case .prefix(let prefix) = row.scope else { return [.open(ExplainScreen(name: "", context))] }
      return [.open(ExplainScreen(name: prefix.description, context))]
    case .fetch:
      guard case .prefix(let prefix) = row.scope else { return ImageActions.fetch("", context) }
      return ImageActions.fetch(prefix.description, context)
    default: return KeyActions.perform(command, on: row, context)
    }
    return []
  }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let lines = KeyDescription(row: row, context: context).lines
    grid.put(
      lines, in: Rectangle(row: area.row, column: 1, rows: area.rows, columns: area.columns - 2), context.theme,
      from: first)
    grid.cursor = Position(row: area.row, column: 1)
  }
}

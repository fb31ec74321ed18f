internal import Screen
internal import TrustModel

/// One key in full.
struct KeyScreen: ConsoleScreen {
  private var row: KeyRow
  private var scroll = TextScroll()
  private var size = Size.full

  init(_ row: KeyRow) {
    self.row = row
  }

  var title: String { "Keys > \(row.label)" }

  func commands(_ context: Context) -> [Command] {
    [
      .help, .back, .explain, .disable, .enable, .remove, .rotate, .undo, .redo, .copy, .quit, .backup, .fetch, .images,
      .audit, .reload,
    ]
  }

  mutating func refresh(_ context: Context) {
    guard let table = context.machine?.table, let index = table.index(of: row.place) else { return }
    row = table.rows[index]
  }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    guard case .resize(let size) = event else { return nil }
    self.size = size
    return []
  }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] {
    let rows = lines(context).rows(columns: size.columns - 2)
    if scroll.move(command, rows: rows, page: size.rows - 3) { return [] }
    switch command {
    case .back, .quit: return [.close]
    case .explain:
      guard case .prefix(let prefix) = row.scope else { return [.open(ExplainScreen(name: "", context))] }
      return [.open(ExplainScreen(name: prefix.description, context))]
    case .fetch:
      guard case .prefix(let prefix) = row.scope else { return ImageActions.fetch("", context) }
      return ImageActions.fetch(prefix.description, context)
    default: return KeyActions.perform(command, on: row, context)
    }
  }

  private func lines(_ context: Context) -> [DescribedLine] { KeyDescription(row: row, context: context).lines }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let place = Rectangle(row: area.row, column: 1, rows: area.rows, columns: area.columns - 2)
    grid.put(scrolled: lines(context), in: place, context.theme, scroll, keys: context.scrollKeys)
    grid.cursor = Position(row: area.row, column: 1)
  }
}

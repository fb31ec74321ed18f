internal import Screen
internal import TrustModel

/// The layers side by side: what the distribution ships, what this machine changes, and what counts.
struct LayersScreen: ConsoleScreen {
  private var table = KeyTable([])
  private var shown: [Int32] = []
  private var cursor = ListCursor()
  private var page = 10
  private var detailRows = 5
  private var onlyDifferences = false
  private var wanted: KeyPlace?

  /// The view with the cursor on a key.
  init(at place: KeyPlace? = nil) { wanted = place }

  var title: String { "Layers" }

  func commands(_ context: Context) -> [Command] {
    [
      .help, .open, .differences, .explain, .disable, .enable, .back, .quit, .remove, .undo, .copy, .keys, .log,
      .reload,
    ]
  }

  mutating func refresh(_ context: Context) {
    guard let machine = context.machine else { return }
    table = machine.table
    show()
  }

  /// Chooses the rows; the cursor stays on its key.
  private mutating func show() {
    let place = selected?.place ?? wanted
    let all = table.orders[.scope]
    shown = onlyDifferences ? all.filter { table.rows[Int($0)].isChangeHere } : all
    let kept = place.flatMap { table.index(of: $0) }.flatMap { shown.firstIndex(of: Int32($0)) }
    cursor.set(kept ?? cursor.index, count: shown.count, page: page)
    wanted = nil
  }

  private var selected: KeyRow? {
    shown.indices.contains(cursor.index) ? table.rows[Int(shown[cursor.index])] : nil
  }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    switch event {
    case .resize(let size):
      detailRows = size.rows < 16 ? 0 : size.rows < 20 ? 3 : 7
      page = max(1, size.rows - 5 - detailRows)
      cursor.hold(count: shown.count, page: page)
    case .mouse(let mouse): cursor.take(mouse, top: 3, count: shown.count, page: page)
    default: return nil
    }
    return []
  }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] {
    if cursor.move(command, count: shown.count, page: page) { return [] }
    switch command {
    case .back, .quit: return [.close]
    case .differences:
      onlyDifferences.toggle()
      show()
      return []
    case .explain:
      guard case .prefix(let prefix) = selected?.scope else { return [.open(ExplainScreen(name: "", context))] }
      return [.open(ExplainScreen(name: prefix.description, context))]
    default: break
    }
    guard let row = selected else { return [.say("There is no key here.")] }
    if command == .open { return [.open(KeyScreen(row)), .needImages] }
    return KeyActions.perform(command, on: row, context)
  }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let columns = LayerColumns(area.columns)
    let words = area.columns >= 110 ? "What the distribution ships, what this machine changes, and what counts." : ""
    grid.put(area.row, 1, words.isEmpty ? "\(shown.count) keys in both layers" : words, width: area.columns - 2)
    let mode = "only differences (o): " + (onlyDifferences ? "on" : "off")
    let column = max(1, area.columns - mode.count - 1)
    grid.put(area.row, column - 1, " " + mode, context.theme.style(.heading))
    columns.drawHeading(into: &grid, area.row + 1, context.theme)
    for line in 0..<page where shown.indices.contains(cursor.top + line) {
      let index = cursor.top + line
      let row = table.rows[Int(shown[index])]
      columns.draw(row, isCurrent: index == cursor.index, into: &grid, area.row + 2 + line, context)
    }
    grid.cursor = Position(row: area.row + 2 + cursor.index - cursor.top, column: 1)
    drawDifference(into: &grid, area, context)
  }

  /// In what the layers differ for the current row, below the list.
  private func drawDifference(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    guard let row = selected, let machine = context.machine else {
      if context.machine != nil { grid.put(area.row + 3, 3, "No differences.", width: area.columns - 4) }
      return
    }
    guard detailRows > 0 else { return }
    let top = area.row + 2 + page
    grid.horizontalLine(top, 0, length: area.columns, context.theme.style(.dim))
    let lines = [DescribedLine("DIFFERENCE", "of \(row.label)", .heading)] + LayerDifference(row, machine).lines
    let place = Rectangle(row: top + 1, column: 1, rows: detailRows - 1, columns: area.columns - 2)
    grid.put(lines, in: place, context.theme)
  }
}

extension KeyRow {
  /// Whether this machine has something else here than the distribution ships.
  var isChangeHere: Bool { state != .vendor && state != .same }
}

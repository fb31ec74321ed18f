internal import Screen
internal import TrustChange
internal import TrustModel

/// The key browser: one merged list of both layers, with the key under the cursor in full below or beside it.
struct KeysScreen: ConsoleScreen {
  private(set) var list = KeyList()
  private(set) var field = LineField(limit: KeyFilter.limit)
  private var isFiltering = false
  private var layout = ListLayout(.full)
  private var columns = KeyColumns(Size.full.columns)

  var title: String { "" }
  var view: Command? { .keys }

  func commands(_ context: Context) -> [Command] {
    [
      .help, .open, .explain, .trust, .disable, .enable, .undo, .filter, .quit, .remove, .rotate, .layers, .backup,
      .fetch, .images, .audit, .log, .sort, .reverse, .mark, .nextMatch, .previousMatch, .copy, .redo, .reload, .keys,
    ]
  }

  mutating func refresh(_ context: Context) {
    guard let machine = context.machine else { return }
    list.take(machine.table, isWhole: machine.unread == 0, at: context.now)
  }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    switch event {
    case .resize(let size):
      layout = ListLayout(size)
      columns = KeyColumns(
        layout.isWide ? layout.listColumns : size.columns, shown: context.preferences.keyColumns)
      list.setPage(layout.listRows)
    case .mouse(let mouse): take(mouse, context)
    case .key(.escape) where isFiltering || !field.isEmpty:
      isFiltering = false
      field.clear()
      list.clearFilter(at: context.now)
    case .key(.escape) where !list.marks.isEmpty: list.clearMarks()
    case .key(.enter) where isFiltering:
      // What is not understood filters nothing: it is not left as if it did.
      if let problem = list.filter.problem { return [.say(problem.capitalizedFirst)] }
      isFiltering = false
    case _ where isFiltering && field.handle(event): list.setFilter(field.text, at: context.now)
    default: return nil
    }
    return []
  }

  private mutating func take(_ mouse: Event.Mouse, _ context: Context) {
    if mouse.action == .press, mouse.position.row == 2 {
      if let column = columns.column(at: mouse.position.column) { list.sort(by: column, at: context.now) }
    } else {
      list.take(ListMouse(event: mouse, top: 3))
    }
  }

  mutating func take(_ order: ListOrder, _ context: Context) -> [Effect]? {
    switch order {
    case .filter(let text):
      field = LineField(text, limit: KeyFilter.limit)
      list.setFilter(text, at: context.now)
      if let problem = list.filter.problem { return [.say(problem.capitalizedFirst)] }
    case .sort(let name):
      guard let column = KeyColumn(rawValue: name) else { return nil }
      list.sort(by: column, at: context.now)
    }
    return []
  }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] {
    if list.move(command) { return [] }
    switch command {
    case .filter: isFiltering = true
    case .sort: list.sort(by: list.ordering.column.next, at: context.now)
    case .reverse: list.reverse(at: context.now)
    case .nextMatch: return jump(forward: true, context)
    case .previousMatch: return jump(forward: false, context)
    case .layers: return [.open(LayersScreen(at: list.current?.place))]
    case .trust where context.isReadOnly:
      return [.say("Read-only here: " + context.commandLine("trust --prefix NAME KEY"))]
    case .trust: return [.open(TrustScreen(scope: list.current?.scope))]
    case .explain: return [.open(ExplainScreen(name: suggestedName, context))]
    case .fetch: return ImageActions.fetch("", context)
    default: return change(command, context)
    }
    return []
  }

  private mutating func change(_ command: Command, _ context: Context) -> [Effect] {
    if !list.marks.isEmpty, let effects = KeyActions.perform(command, onMarked: list.marked, context) { return effects }
    guard let row = list.current else { return [.say("There is no key here.")] }
    switch command {
    case .open: return [.open(KeyScreen(row)), .needImages]
    case .mark:
      guard !list.mark() else { return [] }
      return [.say("\(VisibleText(row.name)) is not a key file: only keys can be marked.")]
    default: return KeyActions.perform(command, on: row, context)
    }
  }

  private mutating func jump(forward: Bool, _ context: Context) -> [Effect] {
    let wanted = list.filter.isEmpty ? list.former : list.filter
    guard !wanted.isEmpty else { return [.say("There was no filter yet: \(context.key(.filter)) sets one.")] }
    guard list.jump(to: wanted, forward: forward, at: context.now) else {
      return [.say("Nothing matches \(wanted.text).")]
    }
    return []
  }

  private var suggestedName: String {
    guard case .prefix(let prefix) = list.current?.scope else { return "" }
    return prefix.description
  }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    columns.drawHeading(into: &grid, area.row + 1, list.ordering, context.theme)
    if isFiltering { drawFilter(into: &grid, area, context) } else { drawSummary(into: &grid, area, context) }
    for line in 0..<layout.listRows { draw(line, into: &grid, area, context) }
    if list.isEmpty { drawEmpty(into: &grid, area, context) }
    if let row = list.current {
      let lines = layout.isWide ? KeyDescription(row: row, context: context).lines : []
      layout.draw(lines, brief: row.brief(context), into: &grid, area, context.theme)
    }
    if !isFiltering { grid.cursor = Position(row: area.row + 2 + list.cursor.index - list.cursor.top, column: 1) }
  }

  private func draw(_ line: Int, into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let index = list.cursor.top + line
    if let row = list.row(at: index) {
      let isCurrent = index == list.cursor.index
      columns.draw(
        row, isCurrent: isCurrent, isMarked: list.marks.contains(row.place), into: &grid, area.row + 2 + line, context)
    } else if let next = list.row(at: index + 1) {
      columns.drawGroup(next.scope, into: &grid, area.row + 2 + line, context.theme)
    }
  }
}

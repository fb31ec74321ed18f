internal import Screen
internal import TrustChange
internal import TrustModel

/// The key browser: one merged list of both layers, with the key under the cursor in full below or beside it.
struct KeysScreen: ConsoleScreen {
  private var cursor = ListCursor()
  private var filter = LineField(limit: 80)
  private var isFiltering = false
  private var rows: [KeyRow] = []
  private var total = 0
  private var page = 10

  var title: String { "" }
  var view: Command? { .keys }

  func commands(_ context: Context) -> [Command] {
    [
      .help, .open, .explain, .trust, .disable, .enable, .undo, .filter, .quit, .remove, .rotate, .redo, .backup,
      .fetch,
      .images, .log, .copy,
      .reload, .keys,
    ]
  }

  mutating func refresh(_ context: Context) {
    let current = rows.indices.contains(cursor.index) ? rows[cursor.index] : nil
    let all = context.machine?.rows ?? []
    let wanted = RowFilter(filter.text)
    total = all.count
    rows = all.filter { wanted.matches($0) }
    // The cursor stays on its key, not on its line.
    let kept = rows.firstIndex { $0.scope == current?.scope && $0.name == current?.name }
    cursor.set(kept ?? cursor.index, count: rows.count, page: page)
  }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    switch event {
    case .resize(let size):
      page = ListLayout(size).listRows
      cursor.hold(count: rows.count, page: page)
      return []
    case .mouse(let mouse):
      cursor.take(mouse, top: 3, count: rows.count, page: page)
      return []
    case .key(.escape) where isFiltering || !filter.isEmpty:
      isFiltering = false
      filter.clear()
      refresh(context)
      return []
    case .key(.enter) where isFiltering:
      isFiltering = false
      return []
    case _ where isFiltering && filter.handle(event):
      refresh(context)
      return []
    default: return nil
    }
  }

  mutating func take(_ order: ListOrder, _ context: Context) -> [Effect]? {
    guard case .filter(let text) = order else { return nil }
    filter = LineField(text, limit: 80)
    refresh(context)
    return []
  }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] {
    if cursor.move(command, count: rows.count, page: page) { return [] }
    switch command {
    case .filter:
      isFiltering = true
      return []
    case .trust where context.isReadOnly:
      return [.say("Read-only here: " + context.commandLine("trust --prefix NAME KEY"))]
    case .trust: return [.open(TrustScreen(scope: selected?.scope))]
    case .explain: return [.open(ExplainScreen(name: suggestedName, context))]
    case .fetch: return ImageActions.fetch("", context)
    default: break
    }
    guard let row = selected else { return [.say("There is no key here.")] }
    if command == .open { return [.open(KeyScreen(row))] }
    return KeyActions.perform(command, on: row, context)
  }

  private var selected: KeyRow? { rows.indices.contains(cursor.index) ? rows[cursor.index] : nil }

  private var suggestedName: String {
    guard case .prefix(let prefix) = selected?.scope else { return "" }
    return prefix.description
  }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let layout = ListLayout(grid.size)
    if isFiltering { drawFilter(into: &grid, area, context) } else { drawSummary(into: &grid, area, context) }
    let listWidth = layout.isWide ? layout.listColumns : area.columns
    drawHeading(into: &grid, area.row + 1, listWidth, context)
    for line in 0..<layout.listRows {
      let index = cursor.top + line
      guard rows.indices.contains(index) else { break }
      draw(rows[index], isCurrent: index == cursor.index, into: &grid, area.row + 2 + line, listWidth, context)
    }
    if rows.isEmpty { drawEmpty(into: &grid, area, context) }
    if let row = selected {
      let lines = KeyDescription(row: row, context: context).lines
      layout.draw(lines, brief: brief(row, context), into: &grid, area, context.theme)
    }
    if !isFiltering { grid.cursor = Position(row: area.row + 2 + cursor.index - cursor.top, column: 1) }
  }

  private func drawFilter(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let width = max(8, min(40, area.columns - 24))
    grid.put(area.row, 1, "Filter:", context.theme.style(.heading))
    filter.draw(
      into: &grid, row: area.row, column: 9, width: width, style: context.theme.style(.field), focused: true)
    grid.put(area.row, 11 + width, "\(rows.count) of \(total)", width: max(0, area.columns - 12 - width))
  }

  private func drawSummary(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    guard let machine = context.machine else {
      grid.put(area.row, 1, "Reading the key layers...", context.theme.style(.dim))
      return
    }
    var text = "\(machine.rows.count) keys: \(machine.accepted) accepted, \(machine.masked) masked"
    text += ", \(machine.broken) broken"
    if !machine.isJudged { text += "; being judged" }
    if !filter.isEmpty { text += "   filter: \(filter.text) (\(rows.count) of \(total))" }
    grid.put(area.row, 1, text, width: area.columns - 2)
  }

  private func drawHeading(into grid: inout Grid, _ row: Int, _ width: Int, _ context: Context) {
    let style = context.theme.style(.heading)
    let columns = Columns(width)
    grid.put(row, 0, "   STATE", style, width: columns.scope)
    grid.put(row, columns.scope, "SCOPE", style, width: columns.key - columns.scope)
    grid.put(row, columns.key, "KEY, last 16 of 40", style, width: min(21, width - columns.key))
    if let expires = columns.expires { grid.put(row, expires, "EXPIRES", style, width: min(12, width - expires)) }
    if let user = columns.user { grid.put(row, user, "USER ID", style, width: width - user) }
  }

  private func draw(
    _ row: KeyRow, isCurrent: Bool, into grid: inout Grid, _ line: Int, _ width: Int, _ context: Context
  ) {
    let theme = context.theme
    let columns = Columns(width)
    let plain = isCurrent ? theme.style(.selection) : theme.style(.normal)
    let marked = isCurrent ? plain : theme.style(row.mark == "+" ? .accepted : row.mark == "!" ? .warning : .refused)
    grid.put(line, 0, isCurrent ? ">" : " ", plain, width: width)
    grid.put(line, 1, "\(row.mark) \(row.state.rawValue)", marked, width: columns.scope - 2)
    grid.put(
      line, columns.scope, row.scope == .root ? "*" : row.scope.description, plain,
      width: columns.key - columns.scope - 1)
    grid.put(line, columns.key, row.label, plain, width: min(20, width - columns.key))
    if let expires = columns.expires {
      let text = row.expiry(at: context.now)
      let isLoud = ["EXPIRED", "REVOKED", "WEAK"].contains(text) || text.hasPrefix("in ")
      grid.put(
        line, expires, text, isCurrent ? plain : theme.style(isLoud ? .warning : .normal),
        width: min(11, width - expires))
    }
    if let user = columns.user { grid.put(line, user, row.who, plain, width: width - user) }
  }

  private func drawEmpty(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    guard context.machine != nil else { return }
    let text =
      filter.isEmpty
      ? "This machine trusts no keys yet: t trusts one." : "Nothing matches: Esc clears the filter."
    grid.put(area.row + 3, 3, text, width: area.columns - 4)
  }

  /// The key in a few lines, below the list.
  private func brief(_ row: KeyRow, _ context: Context) -> [(String, Theme.Role)] {
    let algorithm = row.record?.algorithm?.description ?? ""
    func file(_ record: KeyRecord?) -> String { record.map { VisibleText($0.file).description } ?? "no file" }
    return [
      ((row.fingerprint?.grouped ?? VisibleText(row.name).description) + "   " + algorithm, .heading),
      ("local   " + file(row.local), row.local == nil ? .dim : .normal),
      ("vendor  " + file(row.vendor), row.vendor == nil ? .dim : .normal),
      (RowSentence.text(row, context), .normal),
    ]
  }
}

extension KeysScreen {
  /// Where the columns begin in a list of some width; those that do not fit are left out.
  struct Columns {
    let scope = 12
    let key: Int
    let expires: Int?
    let user: Int?

    init(_ width: Int) {
      let scopeWidth = width >= 70 ? 21 : 12
      key = scope + scopeWidth
      expires = width >= key + 21 + 8 ? key + 21 : nil
      user = width >= key + 33 + 8 ? key + 33 : nil
    }
  }
}

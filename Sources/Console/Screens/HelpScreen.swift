internal import Screen

/// The keys that work on the screen below, from the table that the footer is made of; Enter runs the line.
struct HelpScreen: ConsoleScreen {
  private let all: [HelpEntry]
  private let place: String
  private var entries: [HelpEntry]
  private var search = LineField(limit: 80)
  private var isSearching = false
  private var current = 0
  private var first = 0
  private var size = Size.full

  init(_ commands: [Command], _ keys: KeyBindings, of place: String) {
    all = HelpEntry.all(commands + Command.movements, keys)
    entries = all
    self.place = place
  }

  var title: String { "Help\(place.isEmpty ? "" : ": \(place)")" }

  func commands(_ context: Context) -> [Command] { [.help, .open, .filter, .back, .quit] }

  func word(for command: Command, _ context: Context) -> String? {
    switch command {
    case .open: "Run it"
    case .filter: "Search"
    case .back, .quit: "Close"
    default: nil
    }
  }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    switch event {
    case .resize(let size): self.size = size
    case .mouse(let mouse) where mouse.action == .press: return press(mouse.position)
    case .key(.escape) where isSearching || !search.isEmpty:
      isSearching = false
      search.clear()
      narrow()
    case .key(.enter) where isSearching: isSearching = false
    case .key(.down) where isSearching, .key(.up) where isSearching: move(event == .key(.down) ? 1 : -1)
    case _ where isSearching && search.handle(event): narrow()
    case _ where !isSearching && context.preferences.keys.events(.help).contains(event): return [.close]
    default: return nil
    }
    hold()
    return []
  }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] {
    switch command {
    case .back, .quit: return [.close]
    case .filter: isSearching = true
    case .open: return runCurrent()
    case .down: move(1)
    case .up: move(-1)
    case .pageDown: move(max(1, page - 2))
    case .pageUp: move(-max(1, page - 2))
    case .first: move(-entries.count)
    case .last: move(entries.count)
    default: break
    }
    return []
  }

  private func runCurrent() -> [Effect] {
    guard entries.indices.contains(current) else { return [] }
    guard let command = entries[current].command else { return [.say("This line only explains.")] }
    return [.close, .perform(command)]
  }

  /// A click puts the cursor on a line; a second one runs it.
  private mutating func press(_ position: Position) -> [Effect]? {
    let layout = layout
    let line = first + position.row - top - (layout.isBoxed ? 1 : 0)
    guard position.row > top - 1, position.row < size.rows - 2,
      let entry = layout.entry(line: line, column: position.column)
    else { return nil }
    if entry == current { return runCurrent() }
    current = entry
    hold()
    return []
  }

  private mutating func narrow() {
    entries = all.filter { $0.matches(search.text) }
    (current, first) = (0, 0)
  }

  private mutating func move(_ step: Int) {
    current += step
    hold()
  }

  // MARK: Drawing

  private var layout: HelpLayout { HelpLayout(entries, columns: size.columns) }

  /// The row of the screen where the lines begin: below the title and the search.
  private let top = 2

  private var page: Int {
    HelpLayout.page(size.rows - 4, isBoxed: size.columns >= HelpLayout.boxColumns)
  }

  /// Keeps the cursor on a line, and its lines in view, with the heading above the first.
  private mutating func hold() {
    current = max(0, min(current, entries.count - 1))
    let layout = layout
    let lines = layout.lines(of: current)
    if lines.lowerBound < first { first = lines.lowerBound }
    if lines.upperBound > first + page { first = lines.upperBound - page }
    if current == 0 { first = 0 }
    first = max(0, min(first, layout.lines.count - page))
  }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let theme = context.theme
    drawSearch(into: &grid, area, context)
    let body = Rectangle(row: area.row + 1, column: area.column, rows: area.rows - 1, columns: area.columns)
    guard !entries.isEmpty else {
      return _ = grid.put(body.row + 1, 3, "Nothing matches: Esc shows all of it.", width: area.columns - 4)
    }
    let cursor = grid.cursor
    layout.draw(into: &grid, body, from: first, current: current, theme)
    // The real cursor stays where something is typed.
    if isSearching { grid.cursor = cursor }
  }

  private func drawSearch(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let theme = context.theme
    guard isSearching || !search.isEmpty else {
      let hint = "\(context.key(.open)) runs a line, \(context.key(.filter)) searches."
      grid.put(area.row, 1, hint, theme.style(.dim), width: area.columns - 2)
      return
    }
    let width = max(8, min(40, area.columns - 24))
    grid.put(area.row, 1, "Search:", theme.style(.heading))
    search.draw(into: &grid, row: area.row, column: 9, width: width, style: theme.style(.field), focused: isSearching)
    grid.put(area.row, 11 + width, "\(entries.count) of \(all.count)", width: max(0, area.columns - 12 - width))
  }
}

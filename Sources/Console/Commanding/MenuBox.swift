internal import Screen

/// The menu: the sections of the command table with what works on the screen below, pulled down one at a time.
struct MenuBox: Sendable {
  /// What a person has done with it.
  enum Answer: Sendable, Equatable {
    case none
    case left
    case chosen(Command)
  }

  private struct Item: Sendable {
    let command: Command
    let keys: String
    let word: String
    let help: String
  }

  private let sections: [(name: String, items: [Item])]
  private let keys: KeyBindings
  private var section = 0
  private var cursor = ListCursor()

  /// A menu of `commands`, of which `words` are called otherwise.
  init(_ commands: [Command], _ keys: KeyBindings, words: (Command) -> String?) {
    self.keys = keys
    sections = Command.Section.allCases.compactMap { section in
      let items = Command.ordered(commands).filter { $0.row.section == section && $0 != .menu }.map { command in
        let row = keys.row(command)
        return Item(command: command, keys: row.keys, word: words(command) ?? row.word, help: row.help)
      }
      return items.isEmpty ? nil : (section.name, items)
    }
  }

  private var items: [Item] { sections.indices.contains(section) ? sections[section].items : [] }

  /// Takes an event, in a window of some size.
  mutating func take(_ event: Event, _ size: Size) -> Answer {
    let page = Self.page(size, items.count)
    switch event {
    case .key(.escape), .interrupt: return .left
    case .key(.left), .key(.backTab): turn(-1)
    case .key(.right), .key(.tab): turn(1)
    case .key(.enter): return items.indices.contains(cursor.index) ? .chosen(items[cursor.index].command) : .left
    case .mouse(let mouse): return take(mouse, size, page)
    default:
      if let movement = keys.command(event, among: Command.movements) {
        _ = cursor.move(movement, count: items.count, page: page)
      } else if keys.events(.menu).contains(event) {
        return .left
      } else if let command = keys.command(event, among: sections.flatMap { $0.items.map(\.command) }) {
        return .chosen(command)
      }
    }
    return .none
  }

  private mutating func turn(_ step: Int) {
    section = (section + step + sections.count) % max(1, sections.count)
    cursor = ListCursor()
  }

  private mutating func take(_ mouse: Event.Mouse, _ size: Size, _ page: Int) -> Answer {
    let place = place(size)
    switch mouse.action {
    case .wheelDown: _ = cursor.move(.down, count: items.count, page: page)
    case .wheelUp: _ = cursor.move(.up, count: items.count, page: page)
    case .release: break
    case .press where mouse.position.row == 1:
      guard let clicked = names.firstIndex(where: { $0.range.contains(mouse.position.column) }) else { return .left }
      turn(clicked - section)
    case .press:
      let line = mouse.position.row - place.row - 1
      let columns = place.column..<place.column + place.columns
      guard (0..<page).contains(line), columns.contains(mouse.position.column) else { return .left }
      return .chosen(items[min(cursor.top + line, items.count - 1)].command)
    }
    return .none
  }

  // MARK: Drawing

  /// The names of the sections, and where they stand.
  private var names: [(text: String, range: Range<Int>)] {
    var column = 1
    return sections.enumerated().map { index, section in
      let text = index == self.section ? "[\(section.name)]" : " \(section.name) "
      defer { column += text.count + 1 }
      return (text, column..<column + text.count)
    }
  }

  /// Items in view: title, names, two borders, message and footer stand beside them.
  private static func page(_ size: Size, _ count: Int) -> Int { max(1, min(count, size.rows - 6)) }

  /// The box below the name.
  private func place(_ size: Size) -> Rectangle {
    let widest = items.map(\.word.count).max() ?? 0
    let columns = min(size.columns, widest + Self.keysWidth + 5)
    let start = names.indices.contains(section) ? names[section].range.lowerBound : 1
    return Rectangle(
      row: 2, column: max(0, min(start, size.columns - columns)), rows: Self.page(size, items.count) + 2,
      columns: columns)
  }

  private static let keysWidth = 8

  /// Draws the menu over the screen, and what the current item does into the message line.
  func draw(into grid: inout Grid, _ theme: Theme) {
    let size = grid.size
    grid.put(1, 0, "", width: size.columns)
    for (index, name) in names.enumerated() {
      grid.put(1, name.range.lowerBound, name.text, theme.style(index == section ? .selection : .normal))
    }
    let place = place(size)
    grid.clear(place)
    grid.box(place, theme.style(.dim))
    for line in 0..<place.rows - 2 where items.indices.contains(cursor.top + line) {
      let index = cursor.top + line
      let (item, row) = (items[index], place.row + 1 + line)
      let style = theme.style(index == cursor.index ? .selection : .normal)
      grid.put(row, place.column + 1, index == cursor.index ? ">" : "", style, width: 2)
      grid.put(
        row, place.column + 3, item.keys, index == cursor.index ? style : theme.style(.key), width: Self.keysWidth)
      grid.put(row, place.column + 3 + Self.keysWidth, item.word, style, width: place.columns - Self.keysWidth - 4)
      if index == cursor.index { grid.cursor = Position(row: row, column: place.column + 1) }
    }
    guard items.indices.contains(cursor.index) else { return }
    grid.put(size.rows - 2, 0, " " + items[cursor.index].help, theme.style(.heading), width: size.columns)
  }
}

internal import Screen

/// The last line: the keys of the screen, as many as there is room for.
///
/// Pure. Help stands first, and how to leave is always among them.
struct FooterBar {
  /// One key with its word.
  struct Entry {
    let command: Command
    let keys: String
    let word: String
    /// The columns it takes.
    var width: Int { keys.count + 1 + word.count }
  }

  /// What is shown, with the column where it begins.
  private(set) var entries: [(column: Int, entry: Entry)] = []

  init(_ screen: any ConsoleScreen, _ context: Context, columns: Int) {
    let offered = screen.commands(context)
    let first = offered.filter { $0 == .help }
    let all = (first + offered.filter { $0 != .help }).map { command in
      let row = context.preferences.keys.row(command)
      return Entry(command: command, keys: row.keys, word: screen.word(for: command, context) ?? row.word)
    }
    var column = 1
    for entry in Self.fitting(all, columns: columns) {
      entries.append((column, entry))
      column += entry.width + 1
    }
  }

  private static func fitting(_ all: [Entry], columns: Int) -> [Entry] {
    func width(_ entries: [Entry]) -> Int { entries.reduce(1) { $0 + $1.width + 1 } }
    var shown = all
    while shown.count > 1, width(shown) > columns { shown.removeLast() }
    for exit in all
    where [.quit, .back].contains(exit.command) && !shown.contains(where: { $0.command == exit.command }) {
      // One way out is enough where there is little room.
      if exit.command == .back, shown.contains(where: { $0.command == .quit }) { continue }
      while shown.count > 1, width(shown + [exit]) > columns { shown.removeLast() }
      shown.append(exit)
    }
    return shown
  }

  /// The command whose entry stands in a column.
  func command(at column: Int) -> Command? {
    entries.first { $0.column..<$0.column + $0.entry.width ~= column }?.entry.command
  }

  /// Draws the line.
  func draw(into grid: inout Grid, _ theme: Theme) {
    let row = grid.size.rows - 1
    for (column, entry) in entries {
      let next = grid.put(row, column, entry.keys, theme.style(.key))
      grid.put(row, next, ":\(entry.word)")
    }
  }
}

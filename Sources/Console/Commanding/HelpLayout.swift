internal import Screen

/// Where the lines of help stand: two columns in a box where there is room, one column below.
///
/// Pure.
struct HelpLayout {
  /// A piece of an entry in one line.
  struct Cell {
    let entry: Int
    /// The first column, with the mark of the current line before it.
    let column: Int
    let keysWidth: Int
    let width: Int
    /// Empty where an entry goes on.
    let keys: String
    let text: String
  }

  /// One line.
  enum Line {
    case heading(String)
    case cells([Cell])
  }

  /// The least columns for the box.
  static let boxColumns = 76

  let isBoxed: Bool
  /// The column of the line between the columns.
  let middle: Int
  private(set) var lines: [Line] = []
  private let columns: Int

  init(_ entries: [HelpEntry], columns: Int) {
    self.columns = columns
    isBoxed = columns >= Self.boxColumns
    middle = columns / 2
    var index = 0
    while index < entries.count {
      let end = entries[index...].firstIndex { $0.section != entries[index].section } ?? entries.count
      lines.append(.heading(entries[index].section))
      add(entries, index..<end)
      index = end
    }
  }

  private mutating func add(_ entries: [HelpEntry], _ range: Range<Int>) {
    let keysWidth = (entries[range].map(\.keys.count).max() ?? 0) + 2
    let first = isBoxed ? range.lowerBound + (range.count + 1) / 2 : range.upperBound
    for index in range.lowerBound..<first {
      let left = cells(entries, index, isBoxed ? 3 : 2, isBoxed ? middle - 4 : columns - 3, keysWidth)
      let other = index + first - range.lowerBound
      let right =
        other < range.upperBound ? cells(entries, other, middle + 2, columns - middle - 4, keysWidth) : []
      for line in 0..<max(left.count, right.count) {
        lines.append(.cells([left, right].compactMap { $0.indices.contains(line) ? $0[line] : nil }))
      }
    }
  }

  private func cells(_ entries: [HelpEntry], _ index: Int, _ column: Int, _ width: Int, _ keysWidth: Int) -> [Cell] {
    entries[index].text.wrapped(to: max(8, width - keysWidth)).enumerated().map { offset, text in
      Cell(
        entry: index, column: column, keysWidth: keysWidth, width: width, keys: offset == 0 ? entries[index].keys : "",
        text: text)
    }
  }

  /// The lines of an entry.
  func lines(of entry: Int) -> Range<Int> {
    let found = lines.indices.filter { index in
      if case .cells(let cells) = lines[index] { cells.contains { $0.entry == entry } } else { false }
    }
    return (found.first ?? 0)..<((found.last ?? 0) + 1)
  }

  /// The entry that is drawn at a line and a column.
  func entry(line: Int, column: Int) -> Int? {
    guard lines.indices.contains(line), case .cells(let cells) = lines[line] else { return nil }
    return cells.first { $0.column - 1..<$0.column + $0.width ~= column }?.entry
  }

  /// Draws lines from `first` on into an area.
  func draw(into grid: inout Grid, _ area: Rectangle, from first: Int, current: Int, _ theme: Theme) {
    if isBoxed { drawBox(into: &grid, area, from: first, theme) }
    let inside = isBoxed ? area.row + 1 : area.row
    for (offset, line) in lines.dropFirst(first).prefix(Self.page(area.rows, isBoxed: isBoxed)).enumerated() {
      let row = inside + offset
      switch line {
      case .heading(let text): drawHeading(text, into: &grid, row, theme)
      case .cells(let cells):
        if isBoxed { grid.verticalLine(row, middle, length: 1, theme.style(.dim)) }
        for cell in cells { draw(cell, isCurrent: cell.entry == current, into: &grid, row, theme) }
      }
    }
  }

  /// Lines of text in an area of so many rows.
  static func page(_ rows: Int, isBoxed: Bool) -> Int { max(1, isBoxed ? rows - 2 : rows) }

  private func drawBox(into grid: inout Grid, _ area: Rectangle, from first: Int, _ theme: Theme) {
    grid.box(Rectangle(row: area.row, column: 1, rows: area.rows, columns: area.columns - 2), theme.style(.dim))
    if first > 0 { grid.put(area.row, 4, " more above ", theme.style(.dim)) }
    if lines.count - first > Self.page(area.rows, isBoxed: true) {
      grid.put(area.row + area.rows - 1, 4, " more below ", theme.style(.dim))
    }
  }

  private func drawHeading(_ text: String, into grid: inout Grid, _ row: Int, _ theme: Theme) {
    if isBoxed { grid.horizontalLine(row, 2, length: columns - 4, theme.style(.dim)) }
    let room = columns - (isBoxed ? 9 : 2)
    // Where there is little room, the name of the section is enough.
    let fitting = text.count <= room ? text : String(text.prefix { $0 != ":" })
    grid.put(row, isBoxed ? 4 : 1, isBoxed ? " \(fitting) " : fitting, theme.style(.heading))
  }

  private func draw(_ cell: Cell, isCurrent: Bool, into grid: inout Grid, _ row: Int, _ theme: Theme) {
    let plain = theme.style(isCurrent ? .selection : .normal)
    if isCurrent { grid.put(row, cell.column - 1, cell.keys.isEmpty ? " " : ">", plain) }
    let text = cell.column + cell.keysWidth
    grid.put(row, cell.column, cell.keys, isCurrent ? plain : theme.style(.key), width: cell.keysWidth)
    grid.put(row, text, cell.text, plain, width: max(0, cell.width - cell.keysWidth))
    if isCurrent, !cell.keys.isEmpty { grid.cursor = Position(row: row, column: cell.column - 1) }
  }
}

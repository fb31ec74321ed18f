internal import Screen

/// One line of a description: a label, a text, and how the text looks.
struct DescribedLine: Sendable, Equatable {
  let label: String
  let text: String
  let role: Theme.Role

  init(_ label: String, _ text: String, _ role: Theme.Role = .normal) {
    (self.label, self.text, self.role) = (label, text, role)
  }

  /// Columns that the labels take.
  static let labelWidth = 13

  /// The name of a section, with an empty line before it.
  static func section(_ name: String) -> [DescribedLine] {
    [DescribedLine("", ""), DescribedLine(name, "", .heading)]
  }
}

extension [DescribedLine] {
  /// Rows that they take in a window of so many columns.
  func rows(columns: Int) -> Int {
    let width = Swift.max(8, columns - DescribedLine.labelWidth)
    return reduce(0) { $0 + $1.text.wrapped(to: width).count }
  }
}

extension Grid {
  /// Draws described lines into an area, from row `first` on: labels in one column, texts wrapped in the other.
  mutating func put(_ lines: [DescribedLine], in area: Rectangle, _ theme: Theme, from first: Int = 0) {
    let labelWidth = DescribedLine.labelWidth
    var row = area.row - first
    for line in lines {
      let width = max(8, area.columns - labelWidth)
      let pieces = line.text.wrapped(to: width)
      for (offset, piece) in pieces.enumerated() {
        defer { row += 1 }
        guard row >= area.row, row < area.row + area.rows else { continue }
        if offset == 0 {
          let style = theme.style(line.role == .heading ? .heading : .dim)
          put(row, area.column, line.label, style, width: line.text.isEmpty ? area.columns : labelWidth)
        }
        if !piece.isEmpty { put(row, area.column + labelWidth, piece, theme.style(line.role), width: width) }
      }
    }
  }

  /// Draws described lines that may be more than the area holds: its last row then says that there are more.
  mutating func put(
    scrolled lines: [DescribedLine], in area: Rectangle, _ theme: Theme, _ scroll: TextScroll, keys: String
  ) {
    let rows = lines.rows(columns: area.columns)
    let first = scroll.first(rows: rows, page: area.rows)
    guard rows - first > area.rows else { return put(lines, in: area, theme, from: first) }
    let page = Rectangle(row: area.row, column: area.column, rows: area.rows - 1, columns: area.columns)
    put(lines, in: page, theme, from: first)
    put(area.row + area.rows - 1, area.column, "-- more: \(keys) --", theme.style(.dim), width: area.columns)
  }
}

extension String {
  /// The text in lines of at most `width` columns, cut at spaces where there are any; at least one line.
  func wrapped(to width: Int) -> [String] {
    guard DisplayWidth.columns(of: self) > width, width > 1 else { return [self] }
    var lines: [String] = []
    var rest = self[...]
    while let limit = rest.end(of: width) {
      let space = rest[..<limit].lastIndex(of: " ")
      let cut = space.map { $0 > rest.startIndex ? $0 : limit } ?? limit
      lines.append(String(rest[..<cut]))
      rest = rest[cut...]
      if rest.first == " " { rest = rest.dropFirst() }
    }
    return lines + [String(rest)]
  }

  /// The text with its first letter in upper case.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension Substring {
  /// Where the first so many columns end; nil where all of it fits.
  fileprivate func end(of width: Int) -> Index? {
    var columns = 0
    for index in indices {
      columns += DisplayWidth.columns(of: String(self[index]))
      // One character at least, or there would be no end.
      if columns > width { return index > startIndex ? index : self.index(after: index) }
    }
    return nil
  }
}

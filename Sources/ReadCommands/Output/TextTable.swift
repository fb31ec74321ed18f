/// Rows of text in columns as wide as their widest cell; the last column is not padded.
public struct TextTable {
  private var rows: [[Cell]] = []

  /// A cell: its text, and what it looks like once padded.
  public struct Cell {
    let text: String
    let style: (String) -> String
    /// Characters of the text; counted once, and by octets where these are the same.
    let width: Int

    /// A cell, styled after padding.
    public init(_ text: String, _ style: @escaping (String) -> String = { $0 }) {
      (self.text, self.style) = (text, style)
      width = text.utf8.allSatisfy { $0 < 0x80 } ? text.utf8.count : text.count
    }
  }

  /// A table with a heading.
  public init(_ heading: [String], _ style: TextStyle) {
    rows.append(heading.map { Cell($0, style.heading) })
  }

  /// Adds a row.
  public mutating func add(_ cells: [Cell]) {
    rows.append(cells)
  }

  /// The lines, columns two spaces apart.
  public var lines: [String] {
    var widths: [Int] = []
    for row in rows {
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cell.width)
      }
    }
    let room = widths.reduce(0) { $0 + $1 + 2 }
    return rows.map { row in
      var line = ""
      line.reserveCapacity(room)
      for (column, cell) in row.enumerated() {
        line += cell.style(cell.text)
        guard column < row.count - 1 else { break }
        for _ in 0..<widths[column] - cell.width + 2 { line.unicodeScalars.append(" ") }
      }
      return line
    }
  }
}

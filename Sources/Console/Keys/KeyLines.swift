/// The lines of the key list: its rows, with a line before each group where the order is by scope.
struct KeyLines: Sendable, Equatable {
  let rowCount: Int
  /// How many rows the first group has; nil without groups.
  private let split: Int?

  /// Lines without groups, or with two: the first `split` rows, and the rest.
  init(rowCount: Int, split: Int? = nil) {
    self.rowCount = rowCount
    self.split = rowCount == 0 ? nil : split
  }

  /// Every line, of rows and of groups.
  var count: Int { rowCount + groupLines(before: rowCount) }

  /// The row of a line; nil for the line of a group and beyond the end.
  func row(at line: Int) -> Int? {
    guard let split else { return line < rowCount ? line : nil }
    // The line of the first group stands first, that of the second before the first row of it.
    let row: Int
    if split == 0 || split == rowCount {
      row = line - 1
    } else if line <= split {
      row = line - 1
    } else {
      row = line == split + 1 ? -1 : line - 2
    }
    return row >= 0 && row < rowCount ? row : nil
  }

  /// The line of a row.
  func line(of row: Int) -> Int { row + groupLines(before: row + 1) }

  private func groupLines(before row: Int) -> Int {
    guard let split else { return 0 }
    return (split > 0 && row > 0 ? 1 : 0) + (split < rowCount && row > split ? 1 : 0)
  }
}

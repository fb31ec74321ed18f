/// Rows and columns of a screen.
public struct Size: Hashable, Sendable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int

  /// A size, each part brought between 0 and 1,000: no terminal has more, and a grid must not grow without bound.
  public init(rows: Int, columns: Int) {
    self.rows = min(max(rows, 0), 1000)
    self.columns = min(max(columns, 0), 1000)
  }

  /// Everything is shown from here on.
  public static let full = Size(rows: 24, columns: 80)
  /// The least that anything useful fits into.
  ///
  /// Below it, show a sentence.
  public static let smallest = Size(rows: 10, columns: 40)

  /// True when this has at least the rows and columns of the other.
  public func holds(_ other: Size) -> Bool { rows >= other.rows && columns >= other.columns }
}

/// A cell, counted from 0 at the top left.
public struct Position: Hashable, Sendable {
  /// The row, from the top.
  public var row: Int
  /// The column, from the left.
  public var column: Int

  /// A position, inside a screen or not.
  public init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }
}

/// A part of a screen.
///
/// It may reach beyond the screen; what is outside is not drawn.
public struct Rectangle: Hashable, Sendable {
  /// The top row.
  public var row: Int
  /// The leftmost column.
  public var column: Int
  /// The number of rows.
  public var rows: Int
  /// The number of columns.
  public var columns: Int

  /// A rectangle from its top left cell.
  public init(row: Int, column: Int, rows: Int, columns: Int) {
    self.row = row
    self.column = column
    self.rows = rows
    self.columns = columns
  }
}

/// A screen as a value: cells of text and style, and where the cursor is.
///
/// A view draws into a grid, a terminal shows it, a test reads it. Nothing that is put can leave its row, pass the
/// edge, or reach the terminal as anything but a visible character.
public struct Grid: Equatable, Sendable {
  struct Cell: Equatable, Sendable {
    var glyph = Glyph.space
    var style = Style.plain
  }

  /// Rows and columns, fixed for the life of the grid.
  public let size: Size
  /// Where the cursor is shown: the current row or field, as screen readers and magnifiers follow it.
  ///
  /// Nil hides it, and so does a position outside of the grid.
  public var cursor: Position?
  /// What is shown over the cells and is no text of this process.
  public internal(set) var secrets: [SecretPiece] = []

  private(set) var cells: [Cell]

  /// An empty grid.
  public init(size: Size) {
    self.size = size
    cells = Array(repeating: Cell(), count: size.rows * size.columns)
  }

  // MARK: Text

  /// Puts text into a row, cut at the edges of the grid.
  ///
  /// Control, format and invisible characters are drawn as `?`. A wide character that does not fit leaves a space.
  ///
  /// - Parameters:
  ///   - row: the row; outside of the grid nothing is drawn.
  ///   - column: where the text begins, may be negative.
  ///   - text: any text.
  ///   - style: the style of all of it.
  ///   - width: when given, exactly so many columns are filled: with spaces after a short text, and with `>` in the
  ///     last column of a text that was cut.
  /// - Returns: the column after the text, or after `width`.
  @discardableResult
  public mutating func put(
    _ row: Int, _ column: Int, _ text: String, _ style: Style = .plain, width: Int? = nil
  ) -> Int {
    // What is further outside is not seen either, and the sums cannot overflow.
    var column = max(column, -10_000)
    let limit = min(width.map { column + min(max($0, 0), 20_000) } ?? size.columns, size.columns)
    guard (0..<size.rows).contains(row), column < limit else { return column }

    let glyphs = Glyph.glyphs(of: text, upTo: limit - column)
    let isCut = glyphs.reduce(column) { $0 + $1.columns } > limit
    let end = isCut && width != nil ? limit - 1 : limit
    for glyph in glyphs {
      guard column + glyph.columns <= end else { break }
      set(row, column, Cell(glyph: glyph, style: style))
      column += glyph.columns
    }
    guard isCut || width != nil else { return column }
    while column < end {
      set(row, column, Cell(style: style))
      column += 1
    }
    if column < limit { set(row, column, Cell(glyph: .cutMark, style: style)) }
    return limit
  }

  /// Puts one line piece.
  ///
  /// Outside of the grid nothing is drawn.
  public mutating func put(_ row: Int, _ column: Int, _ piece: LinePiece, _ style: Style = .plain) {
    set(row, column, Cell(glyph: Glyph(piece), style: style))
  }

  /// Gives other attributes and colours to what is there, such as to a row that is selected.
  public mutating func restyle(_ area: Rectangle, _ style: Style) {
    forEachCell(of: area) { $0.cells[$0.index($1.row, $1.column)].style = style }
  }

  /// Makes an area blank.
  public mutating func clear(_ area: Rectangle, _ style: Style = .plain) {
    forEachCell(of: area) { $0.set($1.row, $1.column, Cell(style: style)) }
  }

  // MARK: Cells

  func index(_ row: Int, _ column: Int) -> Int { row * size.columns + column }

  /// Sets a cell, and never leaves half of a wide character behind.
  mutating func set(_ row: Int, _ column: Int, _ cell: Cell) {
    guard (0..<size.rows).contains(row), column < size.columns else { return }
    if cell.glyph.isWide {
      let fits = column >= 0 && column + 1 < size.columns
      set(row, column, Cell(style: cell.style))
      set(row, column + 1, Cell(style: cell.style))
      guard fits else { return }
      cells[index(row, column)] = cell
      cells[index(row, column + 1)].glyph = .continuation
      return
    }
    guard column >= 0 else { return }
    let target = index(row, column)
    if cells[target].glyph == .continuation { cells[target - 1].glyph = .space }
    if cells[target].glyph.isWide { cells[target + 1].glyph = .space }
    cells[target] = cell
  }

  private mutating func forEachCell(of area: Rectangle, _ body: (inout Grid, Position) -> Void) {
    let rows = Self.clip(area.row, area.rows, to: size.rows)
    let columns = Self.clip(area.column, area.columns, to: size.columns)
    for row in rows {
      for column in columns { body(&self, Position(row: row, column: column)) }
    }
  }

  /// The part of a span that is inside.
  static func clip(_ start: Int, _ count: Int, to limit: Int) -> Range<Int> {
    let (sum, overflow) = start.addingReportingOverflow(max(count, 0))
    let end = overflow ? limit : min(max(sum, 0), limit)
    return min(max(start, 0), end)..<end
  }
}

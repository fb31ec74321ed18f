import Screen
import Testing

@Suite struct GridTests {
  private func grid(_ rows: Int = 3, _ columns: Int = 10) -> Grid { Grid(size: Size(rows: rows, columns: columns)) }

  @Test func textIsPutWhereItIsSaid() {
    var grid = grid()
    let end = grid.put(1, 2, "abc")
    #expect(end == 5)
    #expect(grid.text() == "\n  abc\n\n")
  }

  @Test func textIsCutAtTheRightEdge() {
    var grid = grid()
    let end = grid.put(0, 7, "abcdef")
    #expect(end == 10)
    #expect(grid.text(ofRow: 0) == "       abc")
    #expect(grid.text(ofRow: 1) == "")
  }

  @Test func textIsCutAtTheLeftEdge() {
    var grid = grid()
    grid.put(0, -2, "abcdef")
    #expect(grid.text(ofRow: 0) == "cdef")
  }

  @Test(arguments: [-1, 3, Int.min, Int.max])
  func rowsOutsideAreIgnored(row: Int) {
    var grid = grid()
    grid.put(row, 0, "x")
    grid.put(row, 0, .cross)
    #expect(grid == self.grid())
  }

  @Test func aWidthIsFilledWithSpaces() {
    var grid = grid()
    grid.put(0, 0, "xxxxxxxxxx")
    let end = grid.put(0, 1, "ab", width: 5)
    #expect(end == 6)
    #expect(grid.text(ofRow: 0) == "xab   xxxx")
  }

  @Test func aTextThatIsCutByItsWidthSaysSo() {
    var grid = grid()
    grid.put(0, 0, "abcdef", width: 4)
    #expect(grid.text(ofRow: 0) == "abc>")
    grid.put(1, 0, "abcd", width: 4)
    #expect(grid.text(ofRow: 1) == "abcd")
  }

  @Test func aWidthBeyondTheEdgeEndsThere() {
    var grid = grid()
    let end = grid.put(0, 6, "abcdef", width: 100)
    #expect(end == 10)
    #expect(grid.text(ofRow: 0) == "      abc>")
  }

  @Test func noWidthDrawsNothing() {
    var grid = grid()
    grid.put(0, 0, "abc", width: 0)
    grid.put(0, 0, "abc", width: -5)
    #expect(grid == self.grid())
  }

  @Test func stylesGoWithTheCells() {
    var grid = grid()
    let bold = Style(.bold, foreground: .red)
    grid.put(0, 0, "plain")
    grid.put(0, 5, "bold", bold)
    #expect(grid.style(0, 4) == .plain)
    #expect(grid.style(0, 5) == bold)
    #expect(grid.style(of: "bold") == bold)
    #expect(grid.position(of: "bold") == Position(row: 0, column: 5))
    #expect(grid.style(0, 10) == nil)
    #expect(grid.style(of: "nowhere") == nil)
  }

  @Test func restylingKeepsTheText() {
    var grid = grid()
    grid.put(1, 0, "abc")
    grid.restyle(Rectangle(row: 1, column: 1, rows: 9, columns: 99), Style(.reverse))
    #expect(grid.text(ofRow: 1) == "abc")
    #expect(grid.style(1, 0) == .plain)
    #expect(grid.style(1, 9) == Style(.reverse))
    #expect(grid.style(0, 1) == .plain)
  }

  @Test func clearingTakesAwayTextAndStyle() {
    var grid = grid()
    grid.put(0, 0, "日本", Style(.bold))
    grid.clear(Rectangle(row: 0, column: 1, rows: 1, columns: 1))
    #expect(grid.text(ofRow: 0) == "  本")
    #expect(grid.style(0, 1) == .plain)
  }

  @Test func aBoxHasCornersAndAnEmptyInside() {
    var grid = grid(4, 6)
    grid.put(1, 1, "in")
    grid.box(Rectangle(row: 0, column: 0, rows: 4, columns: 6))
    #expect(grid.text() == "+----+\n|in  |\n|    |\n+----+\n")
    #expect(grid.text(lines: .unicode) == "┌────┐\n│in  │\n│    │\n└────┘\n")
  }

  @Test func aBoxThatReachesOutsideIsCut() {
    var grid = grid(2, 4)
    grid.box(Rectangle(row: -1, column: -1, rows: 3, columns: 3))
    #expect(grid.text() == " |\n-+\n")
  }

  @Test func aBoxWithoutRoomIsNotDrawn() {
    var grid = grid()
    grid.box(Rectangle(row: 0, column: 0, rows: 1, columns: 5))
    grid.box(Rectangle(row: 0, column: 0, rows: 5, columns: 1))
    #expect(grid == self.grid())
  }

  @Test func sizesAreBounded() {
    #expect(Size(rows: -1, columns: 1_000_000) == Size(rows: 0, columns: 1000))
    #expect(Grid(size: Size(rows: 0, columns: 0)).text() == "")
  }
}

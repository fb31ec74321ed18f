import Screen
import Testing

@Suite struct WideCharacterTests {
  private func grid() -> Grid { Grid(size: Size(rows: 1, columns: 6)) }

  @Test(arguments: [
    ("a", 1), ("é", 1), ("e\u{301}", 1), ("日", 2), ("한", 2), ("ｆ", 2), ("\u{1F600}", 2), ("─", 1), ("ß", 1),
    ("日本語", 6), ("", 0), ("a\u{300}\u{301}b", 2),
  ])
  func widths(text: String, columns: Int) {
    #expect(DisplayWidth.columns(of: text) == columns)
  }

  @Test func eachScalarIsCountedByItself() {
    #expect(DisplayWidth.columns(of: "\u{301}" as Unicode.Scalar) == 0)
    #expect(DisplayWidth.columns(of: "\u{3000}" as Unicode.Scalar) == 2)
    #expect(DisplayWidth.columns(of: "\u{20000}" as Unicode.Scalar) == 2)
  }

  @Test(
    arguments: [
      0x00, 0x07, 0x09, 0x0A, 0x0D, 0x1B, 0x7F, 0x80, 0x9B, 0xAD, 0x34F, 0x61C, 0x115F, 0x180E, 0x200B, 0x200D, 0x200E,
      0x200F, 0x2028, 0x2029, 0x202A, 0x202E, 0x2060, 0x2066, 0x2069, 0x3164, 0xE000, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF9,
      0xFFFE, 0x1D173, 0xE0001, 0xE0041, 0xE0100, 0xF0000, 0x10FFFF,
    ] as [UInt32])
  func whatIsInvisibleIsNotDrawn(value: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(value))
    #expect(DisplayWidth.columns(of: scalar) == nil)
    var grid = grid()
    grid.put(0, 0, "a" + String(Character(scalar)) + "b")
    #expect(grid.text(ofRow: 0) == "a?b")
  }

  @Test func aWideCharacterAtTheEdgeLeavesASpace() {
    var grid = grid()
    grid.put(0, 0, "xxxxxx")
    let end = grid.put(0, 0, "日本a語b")
    #expect(end == 6)
    #expect(grid.text(ofRow: 0) == "日本a")
  }

  @Test func aWideCharacterBeforeTheCutMark() {
    var grid = grid()
    grid.put(0, 0, "日本語", width: 4)
    #expect(grid.text(ofRow: 0) == "日 >")
  }

  @Test func halfAWideCharacterAtTheLeftEdgeIsASpace() {
    var grid = grid()
    grid.put(0, -1, "日a")
    #expect(grid.text(ofRow: 0) == " a")
  }

  @Test func overwritingOneHalfTakesAwayTheOther() {
    var first = grid()
    first.put(0, 0, "日本")
    first.put(0, 0, "x")
    #expect(first.text(ofRow: 0) == "x 本")

    var second = grid()
    second.put(0, 0, "日本")
    second.put(0, 1, "x")
    #expect(second.text(ofRow: 0) == " x本")

    var both = grid()
    both.put(0, 0, "日本")
    both.put(0, 1, "語")
    #expect(both.text(ofRow: 0) == " 語")
  }

  @Test func marksStayWithTheirBase() {
    var grid = grid()
    let end = grid.put(0, 0, "e\u{301}x")
    #expect(end == 2)
    #expect(grid.text(ofRow: 0) == "e\u{301}x")
  }

  @Test func marksWithoutABaseOrWithoutEndAreShown() {
    var grid = grid()
    grid.put(0, 0, "\u{301}a")
    #expect(grid.text(ofRow: 0) == "?a")
    grid.put(0, 0, "e\u{300}\u{301}\u{302}", width: 6)
    #expect(grid.text(ofRow: 0) == "e\u{300}\u{301}?")
  }
}

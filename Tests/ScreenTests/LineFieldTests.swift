import Screen
import Testing

@Suite struct LineFieldTests {
  private func press(_ field: inout LineField, _ keys: Key...) {
    for key in keys { _ = field.handle(.key(key)) }
  }

  @Test func typingAndMoving() {
    var field = LineField()
    for character in "abd" { _ = field.handle(.text(character)) }
    press(&field, .left)
    let isTaken = field.handle(.text("c"))
    #expect(isTaken)
    #expect(field.text == "abcd")
    #expect(field.cursor == 3)
    press(&field, .home, .delete, .end, .backspace)
    #expect(field.text == "bc")
    #expect(field.cursor == 2)
  }

  @Test func nothingHappensAtTheEnds() {
    var field = LineField("a")
    press(&field, .right, .delete)
    #expect(field.text == "a")
    press(&field, .home, .left, .backspace)
    #expect(field.text == "a")
    #expect(field.cursor == 0)
  }

  @Test func emptyingAndRemovingAWord() {
    var field = LineField("one two  ")
    press(&field, .control("w"))
    #expect(field.text == "one ")
    press(&field, .control("u"))
    #expect(field.isEmpty)
    #expect(field.cursor == 0)
  }

  @Test func keysOfTheFormAreNotTheFields() {
    var field = LineField("a")
    let others: [Event] = [.key(.enter), .key(.tab), .key(.escape), .key(.up), .interrupt, .resize(.full)]
    let taken = others.filter { field.handle($0) }
    #expect(taken.isEmpty)
    #expect(field.text == "a")
  }

  @Test func aPasteLosesNewlinesAndControlCharacters() {
    var field = LineField()
    _ = field.handle(.paste("18AD 5014\r\n\u{1B}[31mC99E\t\u{202E}\n"))
    #expect(field.text == "18AD 5014[31mC99E")
  }

  @Test func theLimitHolds() {
    var field = LineField("abcdef", limit: 4)
    #expect(field.text == "abcd")
    press(&field, .home)
    _ = field.handle(.paste("xyz"))
    #expect(field.text == "abcd")
    press(&field, .delete)
    _ = field.handle(.paste("xyz"))
    #expect(field.text == "xbcd")
    #expect(field.cursor == 1)
  }

  @Test func aMarkJoinsTheCharacterBeforeIt() {
    var field = LineField()
    _ = field.handle(.text("e"))
    _ = field.handle(.text("\u{301}"))
    #expect(field.text == "é")
    #expect(field.cursor == 1)
    press(&field, .backspace)
    #expect(field.isEmpty)
  }

  @Test func theViewFollowsTheCursor() {
    var field = LineField("abcdefgh")
    #expect(field.visible(columns: 4) == ("fgh", 3))
    press(&field, .home)
    #expect(field.visible(columns: 4) == ("abcd", 0))
    #expect(field.visible(columns: 0) == ("", 0))
  }

  @Test func theViewOfWideCharacters() {
    var field = LineField("日本語")
    #expect(field.visible(columns: 4) == ("語", 2))
    press(&field, .left)
    #expect(field.visible(columns: 4) == ("本語", 2))
  }

  @Test func theFieldIsDrawnWithItsCursor() {
    var grid = Grid(size: Size(rows: 1, columns: 12))
    LineField("abc").draw(into: &grid, row: 0, column: 2, width: 6)
    #expect(grid.text(ofRow: 0) == "  abc___")
    #expect(grid.cursor == Position(row: 0, column: 5))
    LineField("abc").draw(into: &grid, row: 0, column: 6, width: 6, focused: false)
    #expect(grid.cursor == Position(row: 0, column: 5))
  }

  @Test(arguments: 0..<100 as Range<UInt64>)
  func theCursorIsAlwaysInView(seed: UInt64) {
    var random = Sequence64(seed: seed)
    var field = LineField(limit: 20)
    let keys: [Key] = [.left, .right, .home, .end, .backspace, .delete, .control("w")]
    let texts = ["a", "日", "\u{301}", " ", "\n", "한글", "\u{1112}", "\u{1161}", "\u{1F1E9}"]
    for _ in 0..<60 {
      let isKey = Bool.random(using: &random)
      if isKey, let key = keys.randomElement(using: &random) { _ = field.handle(.key(key)) }
      if !isKey, let text = texts.randomElement(using: &random) { _ = field.handle(.paste(text)) }
      let columns = Int.random(in: 1...10, using: &random)
      let view = field.visible(columns: columns)
      #expect(view.cursorColumn < columns)
      #expect(DisplayWidth.columns(of: view.text) <= columns)
      #expect((0...field.text.count).contains(field.cursor))
      #expect(field.text.count <= 20)
    }
  }
}

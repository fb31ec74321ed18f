import Screen
import TestSupport
import Testing
import TrustModel

@testable import Console

/// Terms of the filter, and what cannot be understood.
@Suite("The filter of the key list")
struct FilterTests {
  private func count(_ text: String, in table: KeyTable) -> Int {
    KeyFilter(text).matches(table.orders[.scope], in: table, at: Moment.now).count
  }

  @Test(
    "Layers and ends are terms",
    arguments: [
      ("layer:local", 8), ("layer:vendor", 7), ("layer:local layer:vendor", 3), ("expires:never", 6),
      ("expires<1y", 2), ("expires<0d", 1), ("expires>9999d", 8), ("!expires:never !state:broken", 4),
    ])
  func terms(text: String, expected: Int) throws {
    let table = try KeyTables.example()
    #expect(KeyFilter(text).problem == nil)
    #expect(count(text, in: table) == expected, "\(text)")
  }

  @Test(
    "What is no term is said, and hides nothing",
    arguments: [
      "!", "state:", "state:lost", "layer:", "layer:etc", "expires<", "expires<d", "expires<30", "expires<30h",
      "expires:soon", "expires<99999d", "!layer:x",
    ])
  func misfits(text: String) throws {
    let table = try KeyTables.example()
    #expect(KeyFilter(text).problem != nil, "\(text)")
    #expect(count(text, in: table) == table.rows.count)
    #expect(count(text + " corporate", in: table) == 1)
  }

  @Test("The longest number is understood, one digit more is not")
  func numbers() {
    #expect(KeyFilter("expires<9999y").problem == nil)
    #expect(KeyFilter("expires<10000y").problem != nil)
  }

  @Test("A filter takes 80 characters and no more")
  func length() async throws {
    let text = String(repeating: "a", count: KeyFilter.limit)
    var field = LineField(limit: KeyFilter.limit)
    field.insert(text + "b")
    #expect(field.text == text)
    let run = try await ConsoleRun(Steps.filter(text + "b") + [.enter], size: Size(rows: 24, columns: 200))
    #expect(run.frame.position(of: text + " (0 of 12)") != nil, "\(run.frame.text())")
  }

  @Test("The filter line says what is wrong with a term")
  func sentence() async throws {
    let run = try await ConsoleRun(Steps.filter("layer:etc"), size: Size(rows: 24, columns: 120))
    #expect(run.frame.position(of: "layer: takes local or vendor") != nil, "\(run.frame.text())")
  }

  @Test("A letter more narrows what was found, and finds the same as a new search")
  func narrowing() throws {
    let table = try KeyTables.made(2_000)
    for text in ["scope:team9.example 00", "team4 !team42", "state:local expires<30d", "!team1", "state:local team7"] {
      var list = KeyList()
      list.take(table, isWhole: true, at: Moment.now)
      for end in text.indices {
        let typed = String(text[...end])
        list.setFilter(typed, at: Moment.now)
        #expect(list.count == count(typed, in: table), "\(typed)")
      }
    }
    #expect(KeyFilter("ab").narrows(KeyFilter("a")))
    #expect(!KeyFilter("!ab").narrows(KeyFilter("!a")))
    #expect(!KeyFilter("state:l").narrows(KeyFilter("state:")))
  }

  @Test("n and N go to what the last filter matched, and round")
  func jump() async throws {
    let run = try await ConsoleRun(
      Steps.filter("widgets") + [.enter, .escape] + Steps.type("gn") + [.picture("n")] + Steps.type("gN")
        + [.picture("N")] + Steps.type("n"))
    for grid in [run.picture("n"), run.picture("N"), run.frame] {
      let cursor = try #require(grid.cursor)
      #expect(grid.text(ofRow: cursor.row).contains("widgets.example"), "\(grid.text())")
    }
    let none = try await ConsoleRun(Steps.type("n"))
    #expect(none.frame.position(of: "no filter yet") != nil)
  }
}

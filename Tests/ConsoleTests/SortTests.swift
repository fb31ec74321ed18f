import ExampleMachine
import Screen
import TestSupport
import Testing
import TrustModel

@testable import Console

/// The orders of the key list, its groups and its cursor.
@Suite("The order of the key list")
struct SortTests {
  private func cursorRow(_ grid: Grid) throws -> String { grid.text(ofRow: try #require(grid.cursor).row) }

  @Test("s goes through the columns, S turns round, and the heading shows it")
  func keys() async throws {
    let run = try await ConsoleRun(
      Steps.at("Site Operations") + [.picture("scope")] + Steps.type("s") + [.picture("state")] + Steps.type("S")
        + [.picture("back")] + Steps.type("ssss") + [.picture("again")])
    #expect(run.picture("scope").position(of: "SCOPE v") != nil)
    #expect(run.picture("state").position(of: "STATE v") != nil)
    #expect(run.picture("back").position(of: "STATE ^") != nil)
    #expect(run.picture("again").position(of: "SCOPE v") != nil)
    for name in ["scope", "state", "back", "again"] {
      #expect(try cursorRow(run.picture(name)).contains("site.example"), "\(name)")
    }
  }

  @Test("A click on a heading sorts by it, a second one turns round")
  func click() async throws {
    func press(_ column: Int) -> ScriptedTerminal.Step {
      .event(.mouse(Event.Mouse(.press, at: Position(row: 2, column: column))))
    }
    let run = try await ConsoleRun([press(56), .picture("once"), press(56), .picture("twice"), press(4)])
    #expect(run.picture("once").position(of: "EXPIRES v") != nil, "\(run.picture("once").text())")
    #expect(run.picture("twice").position(of: "EXPIRES ^") != nil)
    #expect(run.frame.position(of: "STATE v") != nil)
  }

  @Test("Sorted by its end, a key that ends first comes first, and what never ends comes before what is no key")
  func ends() throws {
    let table = try KeyTables.example()
    let ends = table.orders[.expires].map { table.rows[Int($0)].health.map { $0.expires?.seconds ?? .max - 1 } ?? .max }
    #expect(ends == ends.sorted())
    #expect(ends.last == .max)
  }

  @Test("Order, filter and cursor survive a new look")
  func refresh() async throws {
    let run = try await ConsoleRun(
      Steps.type("sS") + Steps.filter("example !builds") + [.enter] + Steps.type("G") + [.picture("before")]
        + [.event(.key(.function(5))), .gone("Reading..."), .gone("being judged")])
    #expect(try cursorRow(run.frame) == cursorRow(run.picture("before")))
    #expect(run.frame.position(of: "STATE ^") != nil)
    #expect(run.frame.position(of: "filter: example !builds (10 of 12)") != nil, "\(run.frame.text())")
  }

  @Test("Lines and rows of the list belong together", arguments: [0, 1, 3, 4], [nil, 0, 1, 2, 4])
  func lines(count: Int, split: Int?) {
    let lines = KeyLines(rowCount: count, split: split.map { min($0, count) })
    let rows = (0..<lines.count).compactMap { lines.row(at: $0) }
    #expect(rows == Array(0..<count))
    for row in 0..<count { #expect(lines.row(at: lines.line(of: row)) == row) }
    #expect(lines.row(at: lines.count) == nil)
  }

  @Test("At 100,000 rows the cursor never stands on the line of a group", arguments: [false, true])
  func groups(isReversed: Bool) throws {
    let table = try KeyTables.made(100_000)
    var list = KeyList()
    list.take(table, isWhole: true, at: Moment.now)
    if isReversed { list.reverse(at: Moment.now) }
    for command in [Command.first, .up, .down, .pageDown, .pageDown, .pageUp, .pageUp, .last, .up, .pageUp, .first] {
      _ = list.move(command)
      #expect(list.current != nil, "\(command)")
    }
    #expect(list.lines.count == 100_002)
    #expect(list.cursor.top == 0)
  }
}

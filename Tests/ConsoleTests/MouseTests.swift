import ExampleMachine
import Screen
import Testing

@testable import Console

/// What a click and the wheel do, and what they must not do.
@Suite("The mouse in the console")
struct MouseTests {
  private typealias Step = ScriptedTerminal.Step

  private static func click(_ row: Int, _ column: Int) -> Step {
    .event(.mouse(Event.Mouse(.press, at: Position(row: row, column: column))))
  }

  /// A click on a text of the picture that is shown after some steps.
  private static func clicked(
    _ text: String, after steps: [Step], then more: [Step] = [], size: Size = .full
  ) async throws -> ConsoleRun {
    let seen = try await ConsoleRun(steps, size: size).frame
    let place = try #require(seen.position(of: text), "\(seen.text())")
    return try await ConsoleRun(steps + [click(place.row, place.column)] + more, size: size)
  }

  @Test("A click on an entry of the footer runs it, one on a tab of the title shows the view")
  func bars() async throws {
    #expect(try await Self.clicked("t:Trust", after: []).frame.text(ofRow: 0).contains("Trust a new key"))
    #expect(try await Self.clicked("3:Log", after: []).frame.text(ofRow: 0).contains("[3:Log]"))
    #expect(try await Self.clicked("1:Keys", after: Steps.type("3")).frame.text(ofRow: 0).contains("[1:Keys]"))
    #expect(try await Self.clicked("q:Quit", after: []).ending == .finished)
    let beside = try await ConsoleRun([Self.click(0, 79), Self.click(23, 79), Self.click(23, 0)])
    #expect(beside.frame.text(ofRow: 0).contains("[1:Keys]"))
  }

  @Test("A click selects a row, a second one on it opens it")
  func rows() async throws {
    let run = try await ConsoleRun([Self.click(6, 20), .picture("one"), Self.click(6, 20), .until("LAYERS")])
    #expect(run.picture("one").text(ofRow: 6).hasPrefix(">"))
    #expect(run.frame.text(ofRow: 0).contains("Keys > "))
  }

  @Test("A click on a button of a review or of the backups puts the focus there, and does nothing more")
  func focusedButtons() async throws {
    for (text, steps) in [
      ("[ Trust without comparing... ]", Steps.review("keys/release2.asc")),
      ("[ Check ]", Steps.type("b") + [.until("[ Check ]")]),
    ] {
      let run = try await Self.clicked(text, after: steps)
      #expect(run.frame.style(of: text) == Style(.reverse), "\(run.frame.text())")
      #expect(try run.journal().isEmpty)
    }
  }

  @Test("The wheel scrolls texts and plans")
  func wheel() async throws {
    let down = Event.mouse(Event.Mouse(.wheelDown, at: Position(row: 5, column: 5)))
    let text = try await ConsoleRun(
      Steps.at("Release") + [.enter, .picture("top"), .event(down)], size: FrameTests.smallest)
    #expect(text.frame.text(ofRow: 2) != text.picture("top").text(ofRow: 2))
    let lines = (1...40).map { DescribedLine("LINE", "number \($0)") }
    var box = PlanBox("Remove?", Confirmation(button: "Remove"))
    func shown() -> Grid {
      var grid = Grid(size: .full)
      box.draw(lines, into: &grid, Rectangle(row: 1, column: 0, rows: 21, columns: 80), .mono)
      return grid
    }
    #expect(box.take(.resize(.full), lines) == .none && shown().position(of: "number 1 ") != nil)
    #expect(box.take(down, lines) == .none)
    #expect(shown().text(ofRow: 2).contains("number 4"))
    for _ in 0..<50 { #expect(box.take(down, lines) == .none) }
    #expect(shown().position(of: "number 40") != nil)
  }

  @Test("A click on a button of a plan only puts the focus there: nothing is written, nothing closes")
  func buttons() async throws {
    let plan = Steps.at("2019") + Steps.type("e") + [.until("[ Cancel ]")]
    let apply = try await Self.clicked("[ Enable ]", after: plan)
    #expect(apply.frame.style(of: "[ Enable ]") == Style(.reverse), "\(apply.frame.text())")
    #expect(try apply.journal().isEmpty)
    let back = try await Self.clicked("[ Cancel ]", after: plan + [.tab])
    #expect(back.frame.style(of: "[ Cancel ]") == Style(.reverse))
    #expect(back.frame.text(ofRow: 0).contains("Plan"))
  }

  @Test("The mouse can be given back to the terminal while the console runs")
  func given() async throws {
    let run = try await ConsoleRun(Steps.type(":set mouse off") + [.enter, .until("The mouse is the terminal's now")])
    #expect(run.usesMouse == false)
    #expect(try await ConsoleRun(Steps.type(":set mouse on") + [.enter, .until("works here now")]).usesMouse == true)
  }
}

import ExampleMachine
import Screen
import Testing

/// The menu on F10.
@Suite("The menu of the console")
struct MenuTests {
  private typealias Step = ScriptedTerminal.Step

  private static let menu: [Step] = [.event(.key(.function(10))), .until("[Look]")]
  private static func key(_ key: Key) -> Step { .event(.key(key)) }

  @Test("The sections stand in a row; arrows go through them, the current item is marked and explained")
  func sections() async throws {
    let run = try await ConsoleRun(
      Self.menu + [.picture("look"), Self.key(.right), .picture("change"), Self.key(.down), .picture("second")]
        + [Self.key(.left), Self.key(.left), .picture("last")])
    #expect(run.picture("look").text(ofRow: 1) == " [Look]  Change   Move   Also")
    #expect(run.picture("change").position(of: "[Change]") != nil)
    #expect(run.picture("change").text(ofRow: 22) == " trust a new key...")
    #expect(run.picture("second").text(ofRow: 22) == " disable a distribution key...")
    let cursor = try #require(run.picture("second").cursor)
    #expect(run.picture("second").text(ofRow: cursor.row).contains("> d       Disable"))
    #expect(run.picture("last").position(of: "[Also]") != nil)
  }

  @Test("Enter runs the item, its letter does as well, Esc and F10 leave")
  func runs() async throws {
    let enter = try await ConsoleRun(Self.menu + Steps.type("jj") + [.enter, .until("2:Explain]")])
    #expect(enter.frame.position(of: "Image name") != nil)
    let letter = try await ConsoleRun(
      Steps.at("release@example.com") + Self.menu + Steps.type("d") + [.until("Plan: dis")])
    #expect(try letter.journal().isEmpty)
    for way in [Self.key(.escape), Self.key(.function(10)), .event(.interrupt)] {
      let left = try await ConsoleRun(Self.menu + [way])
      #expect(left.frame.position(of: "[Look]") == nil && left.ending == .hangup)
    }
  }

  @Test("At every size the current item is in view", arguments: FrameTests.readable)
  func sizes(size: Size) async throws {
    let run = try await ConsoleRun(Self.menu + (0..<12).flatMap { _ in Steps.type("j") }, size: size)
    let cursor = try #require(run.frame.cursor)
    #expect(run.frame.text(ofRow: cursor.row).dropFirst(cursor.column).hasPrefix(">"), "\(run.frame.text())")
  }

  @Test("A click on a section shows it, one on an item runs it, one beside it leaves")
  func mouse() async throws {
    func click(_ row: Int, _ column: Int) -> Step {
      .event(.mouse(Event.Mouse(.press, at: Position(row: row, column: column))))
    }
    let run = try await ConsoleRun(Self.menu + [click(1, 10), .picture("change"), click(20, 70), .picture("left")])
    #expect(run.picture("change").position(of: "[Change]") != nil)
    #expect(run.picture("left").position(of: "[Change]") == nil)
    let ran = try await ConsoleRun(Self.menu + [click(5, 6), .until("[2:Explain]")])
    #expect(ran.frame.position(of: "Image name") != nil)
  }

  @Test("There is no menu over a plan")
  func dialog() async throws {
    let run = try await ConsoleRun(Steps.planToDisable + [.event(.key(.function(10)))] + Steps.type(":m"))
    #expect(run.frame.text(ofRow: 0).contains("Plan: disable"))
    #expect(run.frame.position(of: "[Look]") == nil)
  }
}

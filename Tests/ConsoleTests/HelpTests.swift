import ExampleMachine
import Screen
import Testing

@testable import Console

/// Help is made of the table, narrows, and runs its lines.
@Suite("The help of the console")
struct HelpTests {
  private typealias Step = ScriptedTerminal.Step

  private static let help: [Step] = Steps.type("?") + [.until("Help")]

  @Test("What help lists is what works there, and nothing else")
  func listed() {
    let entries = HelpEntry.all([.help, .open, .quit] + Command.movements, KeyBindings())
    #expect(entries.compactMap(\.command).count == 3 + Command.movements.count)
    for command in [Command.help, .open, .quit] {
      #expect(entries.contains { $0.command == command && $0.text == command.row.help })
    }
    #expect(!entries.contains { $0.command == .disable })
  }

  @Test("Every line of help can be reached and is drawn whole, at every size", arguments: FrameTests.readable)
  func whole(size: Size) async throws {
    let run = try await ConsoleRun(Self.help + (0..<60).map { _ in .event(.text("j")) }, size: size)
    let shown = run.frames.map { $0.text() }.joined()
    for word in ["Explain", "next line", "F10", "suspend", "MASKED", "TODAY"] {
      #expect(shown.localized(word), "\(word) was never shown at \(size)")
    }
    for grid in run.frames where grid.text(ofRow: 0).contains("> Help") {
      let cursor = try #require(grid.cursor)
      #expect(grid.text(ofRow: cursor.row).contains(">"), "\(grid.text())")
      for row in 2..<size.rows - 2 { #expect(!grid.text(ofRow: row).hasSuffix(">"), "\(grid.text())") }
    }
  }

  @Test("All movements move the cursor, and none leaves the lines", arguments: [Size.full, FrameTests.smallest])
  func movements(size: Size) async throws {
    let keys: [Event] = [
      .text("G"), .text("j"), .text("k"), .text("g"), .text("k"), .key(.pageDown), .key(.pageUp), .key(.end),
      .key(.home),
      .mouse(Event.Mouse(.wheelDown, at: Position(row: 4, column: 4))),
      .mouse(Event.Mouse(.wheelUp, at: Position(row: 4, column: 4))),
    ]
    let run = try await ConsoleRun(Self.help + keys.map { .event($0) }, size: size)
    for event in run.events.suffix(keys.count - 1) {
      let cursor = try #require(event.seen.cursor)
      #expect(event.seen.text(ofRow: cursor.row).dropFirst(cursor.column).hasPrefix(">"), "before \(event.event)")
    }
  }

  @Test("A search narrows as it is typed, letters in it are no commands, and Esc shows all again")
  func search() async throws {
    let run = try await ConsoleRun(
      Self.help + Steps.type("/disab") + [.picture("typed"), .enter, .picture("kept"), .escape, .picture("all")])
    let typed = run.picture("typed")
    #expect(
      typed.position(of: "disable a dist") != nil && typed.position(of: "fetch and verify") == nil, "\(typed.text())")
    #expect(run.picture("kept").position(of: "fetch and verify") == nil)
    #expect(run.picture("all").position(of: "Enter runs a line") != nil)
    let none = try await ConsoleRun(Self.help + Steps.type("/qqq?"))
    #expect(none.frame.position(of: "Nothing matches") != nil)
  }

  @Test("Enter closes help and runs the line on the screen below")
  func run() async throws {
    let plan = try await ConsoleRun(
      Steps.at("release@example.com") + Self.help + Steps.type("/disable a dist") + [
        .enter, .enter, .until("Plan: disable"),
      ])
    #expect(try plan.journal().isEmpty)
    let log = try await ConsoleRun(Self.help + Steps.type("/what was changed") + [.enter, .enter, .until("[3:Log]")])
    #expect(log.frame.position(of: "UNDO") != nil)
    let word = try await ConsoleRun(Self.help + Steps.type("/masked: empty") + [.escape] + Steps.type("G") + [.enter])
    #expect(word.frame.position(of: "This line only explains.") != nil)
  }

  @Test("A click puts the cursor on a line of either column, a second one runs it")
  func mouse() async throws {
    let shown = try await ConsoleRun(Self.help).frame
    let left = try #require(shown.position(of: "the keys of both layers"))
    let right = try #require(shown.position(of: "copy the fingerprint"))
    func click(_ position: Position) -> Step { .event(.mouse(Event.Mouse(.press, at: position))) }
    let run = try await ConsoleRun(
      Self.help + [click(left), .picture("left"), click(right), .picture("right"), click(right)])
    #expect(run.picture("left").cursor?.row == left.row && run.picture("left").cursor?.column == 2)
    #expect(run.picture("right").cursor?.column == 41, "\(run.picture("right").text())")
    #expect(run.copied.count == 1 && run.frame.position(of: "Copied") != nil)
  }

  @Test("Help shows the keys that are bound")
  func bound() {
    var problems: [String] = []
    let keys = KeyBindings([.init(command: .disable, events: [.key(.function(8))], origin: "x:1")], problems: &problems)
    let entry = HelpEntry.all([.disable], keys).first { $0.command == .disable }
    #expect(problems.isEmpty && entry?.keys == "F8")
  }
}

extension String {
  /// Whether a text stands in it, whatever its case.
  fileprivate func localized(_ word: String) -> Bool { lowercased().contains(word.lowercased()) }
}

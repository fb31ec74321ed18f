import ExampleMachine
import Screen
import TestSupport
import Testing
import TrustModel
import TrustVerify

/// The key browser: filter, cursor, reload.
@Suite("The list of keys")
struct ListTests {
  private typealias Step = ScriptedTerminal.Step

  /// High enough for all rows and the lines of their groups.
  private static let tall = Size(rows: 40, columns: 80)

  /// The rows of the list, without mark and cursor.
  private func rows(_ grid: Grid) -> [String] {
    (3..<grid.size.rows - 8).map { grid.text(ofRow: $0) }.filter { $0.count > 60 && !$0.hasPrefix("   -- ") }
  }

  @Test(
    "A filter takes words, words that must not be there, states and scopes",
    arguments: [
      ("corporate", 1), ("CORPORATE", 1), ("example builds", 2), ("example !builds", 10), ("!example", 0),
      ("state:local", 3), ("state:mask", 1), ("state:LOCAL", 3), ("scope:example.com", 3), ("scope:root", 3),
      ("state:vendor scope:example.com", 1), ("nobody at all", 0), ("2362 f51f", 1), ("23622362", 0),
      ("!state:local", 9), ("!scope:root", 9),
    ])
  func filter(text: String, count: Int) async throws {
    let run = try await ConsoleRun(Steps.filter(text) + [.enter], size: Self.tall)
    #expect(rows(run.frame).count == count, "\(run.frame.text())")
  }

  @Test("Esc clears the filter, and never leaves the program")
  func escape() async throws {
    let run = try await ConsoleRun(
      Steps.filter("corporate") + [.picture("filtered"), .escape, .escape, .escape, .picture("all")],
      size: Self.tall)
    #expect(rows(run.picture("filtered")).count == 1)
    #expect(rows(run.picture("all")).count == 12)
    #expect(run.ending == .hangup)
  }

  @Test("Letters typed into the filter are no commands")
  func filterIsText() async throws {
    let run = try await ConsoleRun(Steps.filter("qdt3?ux"))
    #expect(run.frame.position(of: "qdt3?ux") != nil)
  }

  @Test("The cursor stays on its key when keys come and go above it")
  func cursorStays() async throws {
    let machine = try ExampleMachine(images: true)
    let folder = machine.sandbox.located("/etc/rkt/trustedkeys/root.d/")
    let name = folder + String(repeating: "0", count: 40)
    let run = try await ConsoleRun(
      Steps.at("site@") + Steps.at("Site Operations")
        + [.picture("before"), .outside { try Outside.write(name) }, .until("13 keys"), .gone("being judged")]
        + [.picture("more"), .outside { try Outside.remove(name) }, .until("12 keys"), .gone("being judged")],
      on: machine)
    for grid in [run.picture("before"), run.picture("more"), run.frame] {
      let cursor = try #require(grid.cursor)
      #expect(grid.text(ofRow: cursor.row).hasPrefix(">"))
      #expect(grid.text(ofRow: cursor.row).contains("Site Operat"))
    }
  }

  @Test("Every movement keeps the cursor on a row that is in view", arguments: [Size.full, FrameTests.smallest])
  func movements(size: Size) async throws {
    let keys: [Event] = [
      .text("G"), .text("j"), .text("k"), .text("g"), .text("k"), .key(.pageDown), .key(.pageDown), .key(.pageDown),
      .key(.pageUp), .key(.end), .key(.down), .key(.home), .key(.up), .key(.control("d")), .key(.control("u")),
      .mouse(Event.Mouse(.wheelDown, at: Position(row: 4, column: 4))),
      .mouse(Event.Mouse(.wheelUp, at: Position(row: 4, column: 4))),
      .mouse(Event.Mouse(.press, at: Position(row: 5, column: 4))),
      .mouse(Event.Mouse(.press, at: Position(row: 900, column: 900))),
    ]
    let run = try await ConsoleRun(keys.map { .event($0) }, size: size)
    #expect(run.events.count >= keys.count)
    for event in run.events.suffix(keys.count - 1) {
      let cursor = try #require(event.seen.cursor)
      #expect(event.seen.text(ofRow: cursor.row).hasPrefix(">"), "before \(event.event)")
    }
  }

  @Test("The whole fingerprint is copied")
  func copy() async throws {
    let run = try await ConsoleRun(Steps.at("release@example.com") + Steps.type("y") + [.until("Copied")])
    #expect(run.copied == ["\(try ExampleKey.release.fingerprint())"])
  }

  @Test(
    "In explain the cursor is on a row in view, and every row can be read", arguments: [Size.full, FrameTests.small])
  func explain(size: Size) async throws {
    let run = try await ConsoleRun(
      Steps.type("gx") + Steps.type("example.com/hello") + [.enter, .until("RESULT")]
        + (0..<40).map { _ in .event(.text("j")) }, size: size)
    let shown = run.frames.map { $0.text() }.joined()
    for words in ["speaks for widgets.example", "speaks for site.example", "speaks for old.example"] {
      #expect(shown.contains(words), "\(words) was never shown")
    }
    let cursor = try #require(run.frame.cursor)
    #expect(run.frame.text(ofRow: cursor.row).hasPrefix(" >"), "\(run.frame.text())")
  }

  @Test("Ctrl-C closes what is open, also while a name is typed")
  func interrupt() async throws {
    let run = try await ConsoleRun(Steps.type("gx") + Steps.type("abc") + [.event(.interrupt)])
    #expect(run.frame.position(of: "STATE") != nil, "\(run.frame.text())")
    let top = try await ConsoleRun([.event(.interrupt), .until("q leaves")])
    #expect(top.ending == .hangup)
  }

  @Test("q closes a view, and leaves at the top; ? opens help and closes it")
  func quit() async throws {
    let run = try await ConsoleRun(
      Steps.type("?") + [.until("LOOK")] + Steps.type("q") + [.until("STATE"), .picture("list")] + Steps.type("q"))
    #expect(run.ending == .finished)
    let help = try await ConsoleRun(Steps.type("?") + [.until("LOOK")] + Steps.type("?"))
    #expect(help.frame.position(of: "STATE") != nil)
  }
}

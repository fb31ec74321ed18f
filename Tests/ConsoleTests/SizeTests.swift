import ExampleMachine
import Screen
import Testing

@testable import Console

/// What must be readable at each size that is not too small.
@Suite("The console in small windows")
struct SizeTests {
  static let sizes = [Size.full, FrameTests.small, FrameTests.smallest, Size(rows: 10, columns: 200)]

  @Test(
    "A plan shows what it is about, the question and both buttons; unseen in part it is not confirmed", arguments: sizes
  )
  func plan(size: Size) async throws {
    let grid = try await ConsoleRun(Steps.planToDisable + [.event(.resize(size))]).frame
    let text = grid.text()
    for words in ["Cancel ]", "( Disable", "Disable?"] { #expect(text.contains(words), "\(text)") }
    let field = grid.position(of: "____")
    #expect(field != nil, "the field for the digits is not in the window:\n\(text)")
  }

  @Test("In a small window the button works once the whole plan was in view")
  func seen() async throws {
    let digits = try Steps.digits(.release)
    let machine = try ExampleMachine(images: true)
    let press: [ScriptedTerminal.Step] = [.tab] + digits + [.tab, .enter]
    let early = try await ConsoleRun(
      Steps.planToDisable + [.event(.resize(FrameTests.smallest))] + press + [.until("PgDn shows the rest")],
      on: machine)
    #expect(try early.journal().isEmpty)
    let pages = Array(repeating: ScriptedTerminal.Step.event(.key(.pageDown)), count: 12)
    let late = try await ConsoleRun(
      Steps.planToDisable + [.event(.resize(FrameTests.smallest))] + pages + press + [.until("Done, #1")], on: machine)
    #expect(try late.journal().count == 1)
  }

  @Test("A review shows the field and the buttons, and the fingerprint first", arguments: sizes)
  func review(size: Size) async throws {
    let grid = try await ConsoleRun(Steps.review("keys/release2.asc") + [.event(.resize(size))]).frame
    let text = grid.text()
    for words in ["Cancel ]", "[ Trust", "Fingerprint"] { #expect(text.contains(words), "\(text)") }
    let cursor = try #require(grid.cursor)
    #expect(cursor.row < size.rows - 2, "the field stands on the message line or the footer:\n\(text)")
  }

  @Test(
    "A window that is too small says so, and q leaves", arguments: [FrameTests.tooSmall, Size(rows: 4, columns: 30)])
  func tooSmall(size: Size) async throws {
    let run = try await ConsoleRun(
      [.event(.resize(.full))] + ScriptedTerminal.Step.judged + [.picture("grown")]
        + [.event(.resize(size)), .until("Keyreeve needs")] + Steps.type("q"), size: size)
    #expect(run.picture("grown").position(of: "STATE") != nil)
    #expect(run.ending == .finished)
  }

  @Test("The footer says how to leave at 60 columns")
  func wayOut() async throws {
    let grid = try await ConsoleRun([], size: FrameTests.small).frame
    #expect(grid.text(ofRow: grid.size.rows - 1).hasPrefix(" ?:Help"))
  }

  @Test("Every row of a review comes into view by paging, at any size", arguments: sizes)
  func everyRow(size: Size) async throws {
    let pages = (0..<20).flatMap { number -> [ScriptedTerminal.Step] in
      [.picture("\(number)"), .event(.key(.pageDown))]
    }
    let run = try await ConsoleRun(Steps.review("keys/release2.asc") + [.event(.resize(size))] + pages)
    let seen = (0..<20).map { run.picture("\($0)").text() }.joined(separator: "\n")
    for words in ["0756", "6CED", "2A3D", "Example Release", "Digest"] { #expect(seen.contains(words), "\(words)") }
  }

  @Test("Wide characters are wrapped by their columns: nothing of them is lost")
  func wide() {
    let text = "/etc/" + String(repeating: "\u{540d}\u{524d}", count: 30) + "\u{672b}"
    for width in [2, 3, 10, 31, 80] {
      let lines = text.wrapped(to: width)
      #expect(lines.joined() == text)
      #expect(lines.allSatisfy { DisplayWidth.columns(of: $0) <= width })
    }
    #expect("plain words".wrapped(to: 6) == ["plain", "words"])
  }
}

import Screen
import Testing

/// What must be readable at each size that is not too small.
@Suite("The console in small windows")
struct SizeTests {
  static let sizes = [Size.full, FrameTests.small, FrameTests.smallest, Size(rows: 10, columns: 200)]

  @Test("A plan shows its effect, the question and both buttons, or it cannot be confirmed", arguments: sizes)
  func plan(size: Size) async throws {
    let grid = try await ConsoleRun(Steps.planToDisable + [.event(.resize(size))]).frame
    let text = grid.text()
    if Self.saysTooSmall(text) { return }
    for words in ["Cancel ]", "Disable: digits first", "3 -> 2"] { #expect(text.contains(words), "\(text)") }
    let field = grid.position(of: "____")
    #expect(field != nil, "the field for the digits is not in the window:\n\(text)")
  }

  @Test("A review shows the whole fingerprint, the field and the buttons", arguments: sizes)
  func review(size: Size) async throws {
    let grid = try await ConsoleRun(Steps.review("keys/release2.asc") + [.event(.resize(size))]).frame
    let text = grid.text()
    if Self.saysTooSmall(text) { return }
    for words in ["Cancel ]", "[ Trust", "2A3D"] { #expect(text.contains(words), "\(text)") }
    let cursor = try #require(grid.cursor)
    #expect(cursor.row < size.rows - 2, "the field stands on the message line or the footer:\n\(text)")
  }

  private static func saysTooSmall(_ text: String) -> Bool { text.contains("larger window") }

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
}

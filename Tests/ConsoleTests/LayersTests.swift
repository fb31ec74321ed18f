import ExampleMachine
import Screen
import TestSupport
import Testing

/// Both layers side by side.
@Suite("The layers side by side")
struct LayersTests {
  @Test("Both sides of a key stand in one line, in full from 110 columns")
  func full() async throws {
    let run = try await ConsoleRun(
      Steps.at("corporate") + Steps.type("L") + [.until("WHAT COUNTS")], size: Size(rows: 36, columns: 120))
    let line = run.frame.text(ofRow: try #require(run.frame.cursor).row)
    #expect(line.contains("46EB 6762 A4D4 C157"))
    #expect(line.components(of: "46EB 6762 A4D4 C157") == 2, "\(line)")
    #expect(line.hasSuffix("OVERRIDE"))
    #expect(run.frame.position(of: "DIFFERENCE") != nil)
  }

  @Test("The compact form keeps the state", arguments: [Size.full, FrameTests.small, FrameTests.smallest])
  func compact(size: Size) async throws {
    let run = try await ConsoleRun(Steps.at("2019") + Steps.type("L") + [.until("COUNTS")], size: size)
    let line = run.frame.text(ofRow: try #require(run.frame.cursor).row)
    #expect(line.contains("MASK"), "\(line)")
    #expect(line.contains("DE54"), "\(line)")
  }

  @Test("o leaves what differs from the distribution, and all comes back")
  func differences() async throws {
    let run = try await ConsoleRun(
      Steps.at("corporate") + Steps.type("Lo") + [.until("(o): on"), .picture("on")] + Steps.type("o"))
    #expect(run.picture("on").position(of: "harbour") == nil)
    #expect(run.picture("on").position(of: "site.example") != nil)
    #expect(run.frame.position(of: "harbour") != nil)
    #expect(run.frame.text(ofRow: try #require(run.frame.cursor).row).contains("OVERRIDE"))
  }
}

extension String {
  /// How often a text stands in it.
  fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}

import ExampleMachine
import Screen
import Testing

/// Colours repeat what words and marks say; without them everything is still there.
@Suite("Colours and attributes of the console")
struct StyleTests {
  @Test("Marks, the current row, the title and the keys of the footer have their styles")
  func colours() async throws {
    let grid = try await ConsoleRun(Steps.at("release@example.com")).frame
    #expect(grid.style(of: "+ VENDOR   *") == Style(foreground: .green))
    #expect(grid.style(of: "- VENDOR   old") == Style(.bold, foreground: .red))
    #expect(grid.style(of: "! BROKEN") == Style(.bold, foreground: .magenta))
    #expect(grid.style(of: ">+ VENDOR") == Style(.reverse))
    #expect(grid.style(of: "Example Relea") == Style(.reverse))
    #expect(grid.style(of: "EXPIRED") == Style(.bold, foreground: .magenta))
    #expect(grid.style(0, 0)?.attributes.contains(.reverse) == true)
    #expect(grid.style(of: "?:Help") == Style(.bold, foreground: .cyan))
  }

  @Test(
    "Without colours no cell has one, on any screen, and the words are the same", arguments: FrameTests.views)
  func mono(view: FrameTests.View) async throws {
    let size = view.sizes.first ?? .full
    let machine = try ExampleMachine(images: true)
    try view.fill(machine)
    let mono = try await ConsoleRun(view.script, on: machine, size: size, colours: 0, isReadOnly: view.isReadOnly).frame
    let text = FrameFile.text(of: mono)
    // The picture with colours is kept: it need not be made again.
    #expect(try FrameFile.kept("\(view.name)-\(size.columns)x\(size.rows)", now: text) == text)
    for row in 0..<mono.size.rows {
      for column in 0..<mono.size.columns { #expect(mono.style(row, column)?.foreground == nil) }
    }
  }

  @Test("The button that has the focus is shown in reverse, with the cursor on it")
  func focus() async throws {
    let grid = try await ConsoleRun(Steps.planToDisable).frame
    #expect(grid.style(of: "[ Cancel ]") == Style(.reverse))
    #expect(grid.cursor == grid.position(of: "[ Cancel ]"))
    #expect(grid.style(of: "( Disable") == .plain)
  }
}

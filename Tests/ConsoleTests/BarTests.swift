import Screen
import Testing
import TrustModel

@testable import Console

/// The first and the last line, at every width.
@Suite("Title and footer of the console")
struct BarTests {
  private static func context(_ host: String, isReadOnly: Bool) -> Context {
    Context(
      now: Timestamp(seconds: 0), host: host, isReadOnly: isReadOnly, isStoreReadOnly: isReadOnly, theme: .mono)
  }

  private static func screens(_ context: Context) -> [any ConsoleScreen] {
    [KeysScreen(), ExplainScreen(name: "a.example", context), LogScreen(context), ImagesScreen()]
  }

  @Test(
    "The title names the current view in brackets and the rights, and is never cut",
    arguments: ["", "web01", String(repeating: "long", count: 20)], [true, false])
  func title(host: String, isReadOnly: Bool) {
    let context = Self.context(host, isReadOnly: isReadOnly)
    for screen in Self.screens(context) {
      for columns in 40...130 {
        let bar = TitleBar(screen, context, columns: columns)
        #expect(bar.text.count + bar.rights.count < columns, "\(columns): \(bar.text)|\(bar.rights)")
        #expect(bar.rights.hasSuffix(isReadOnly ? "read-only " : "can write "))
        #expect(bar.text.contains("[") && bar.text.contains(":\(screen.view?.row.word ?? "?")]"))
        for tab in TitleBar.tabs(context) {
          let place = bar.places.first { $0.command == tab.command }
          #expect(place.flatMap { bar.command(at: $0.range.lowerBound) } == tab.command)
        }
      }
    }
  }

  @Test("The footer begins with help, has a way out, and fits")
  func footer() {
    let context = Self.context("web01", isReadOnly: false)
    for screen in Self.screens(context) + [HelpScreen([.help], KeyBindings(), of: ""), MessagesScreen(MessageLog())] {
      for columns in 40...130 {
        let bar = FooterBar(screen, context, columns: columns)
        #expect(bar.entries.first?.entry.command == .help)
        #expect(bar.entries.contains { [.quit, .back].contains($0.entry.command) })
        #expect(bar.entries.allSatisfy { $0.column + $0.entry.width <= columns }, "\(columns)")
        for entry in bar.entries { #expect(bar.command(at: entry.column) == entry.entry.command) }
        #expect(bar.command(at: 0) == nil && bar.command(at: columns) == nil)
      }
    }
  }

  @Test("What is said at 40 columns is enough to know where one is")
  func narrow() {
    let context = Self.context("web01", isReadOnly: true)
    let bar = TitleBar(LogScreen(context), context, columns: 40)
    #expect(bar.text == " 1 2 [3:Log] 4 5 6" && bar.rights == "read-only ")
  }
}

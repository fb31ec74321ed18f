import Screen
import Testing
import TrustModel

@testable import Console

/// The steps as pictures, in every readable size and every theme.
@Suite("Golden frames of the way to a root key")
struct RootKeyFrameTests {
  private struct View {
    let name: String
    let wizard: RootKeyWizard
  }

  private static var views: [View] {
    func changed(_ step: RootKeyWizard.Step, _ body: (inout RootKeyWizard) -> Void) -> RootKeyWizard {
      RootKeyStates.changed(RootKeyStates.at(step), body)
    }
    return [
      View(name: "looking", wizard: RootKeyStates.wizard(nil)), View(name: "checks", wizard: RootKeyStates.wizard()),
      View(name: "checks-bad", wizard: RootKeyStates.wizard(RootKeyStates.bad)),
      View(name: "checks-another", wizard: RootKeyStates.wizard(RootKeyStates.another)),
      View(name: "name", wizard: RootKeyStates.at(.name)),
      View(name: "passphrase", wizard: RootKeyStates.at(.passphrase)),
      View(
        name: "typing",
        wizard: changed(.passphrase) {
          _ = $0.take(.key(.enter))
          _ = $0.take(.typing(SecretTyping(24)))
        }),
      View(
        name: "words",
        wizard: changed(.passphrase) {
          $0.focus = .draw
          _ = $0.take(.key(.enter))
        }), View(name: "chosen", wizard: changed(.passphrase) { RootKeyStates.choose(&$0) }),
      View(name: "make", wizard: RootKeyStates.at(.make)),
      View(
        name: "make-failed", wizard: changed(.make) { _ = $0.take(.failed("/root/.docker: no space left on device")) }),
      View(name: "copy", wizard: RootKeyStates.at(.backUp)),
      View(
        name: "copied",
        wizard: changed(.backUp) { if let copy = RootKeyStates.copy(isBeside: true) { _ = $0.take(.copied(copy)) } }),
      View(name: "leave", wizard: changed(.backUp) { _ = $0.take(.key(.escape)) }),
      View(name: "write-down", wizard: RootKeyStates.at(.writeDown)),
      View(name: "finish", wizard: RootKeyStates.at(.finish)),
      View(
        name: "done",
        wizard: changed(.finish) {
          $0.isTakenOff = true
          _ = $0.take(.removed)
        }),
    ]
  }

  /// The whole window with the step in it.
  static func picture(_ wizard: RootKeyWizard, _ size: Size, _ theme: Theme = .colour) -> Grid {
    let now = Timestamp(seconds: 1_795_262_400)
    let context = Context(now: now, host: "web01", isReadOnly: false, isStoreReadOnly: false, theme: theme)
    var model = ConsoleModel(context, size: size)
    model.push(RootKeyScreen(wizard))
    var grid = Grid(size: size)
    model.draw(into: &grid)
    return grid
  }

  @Test("A step looks as it was approved, in every theme", arguments: FrameTests.readable)
  func picture(size: Size) throws {
    for view in Self.views {
      let grid = Self.picture(view.wizard, size)
      let text = FrameFile.text(of: grid)
      let name = "root-key-\(view.name)-\(size.columns)x\(size.rows)"
      #expect(text == (try FrameFile.kept(name, now: text)), "\(name) differs; if it should: RECORD_FRAMES=1")
      for theme in [Theme.light, .dark, .highContrast, .mono] {
        #expect(Self.picture(view.wizard, size, theme).text() == grid.text(), "\(name)")
      }
      let mono = Self.picture(view.wizard, size, .mono)
      for row in 0..<size.rows {
        for column in 0..<size.columns { #expect(mono.style(row, column)?.foreground == nil) }
      }
    }
  }

  @Test(
    "Every button of every step is in the window, what has the focus is in view, and the cursor is on it",
    arguments: FrameTests.readable)
  func reachable(size: Size) {
    for view in Self.views {
      var wizard = view.wizard
      for place in wizard.places {
        wizard.focus = place
        let grid = Self.picture(wizard, size)
        #expect(grid.cursor != nil, "\(view.name): \(place) is not in view:\n\(grid.text())")
        for button in wizard.buttons {
          let isThere = grid.position(of: "[ \(button.name) ]") ?? grid.position(of: "( \(button.name) )") != nil
          #expect(isThere, "\(view.name): \(button.name):\n\(grid.text())")
        }
      }
    }
  }

  @Test("Every row of every step comes into view by paging", arguments: FrameTests.readable)
  func everyRow(size: Size) {
    for view in Self.views {
      var screen = RootKeyScreen(view.wizard)
      let context = Context(
        now: Timestamp(seconds: 0), host: "", isReadOnly: false, isStoreReadOnly: false, theme: .mono)
      _ = screen.take(.resize(size), context)
      var seen = ""
      for _ in 0..<12 { _ = screen.take(.key(.pageUp), context) }
      for _ in 0..<24 {
        var grid = Grid(size: size)
        screen.draw(into: &grid, Rectangle(row: 1, column: 0, rows: size.rows - 3, columns: size.columns), context)
        seen += grid.text()
        _ = screen.take(.key(.pageDown), context)
      }
      for piece in RootKeyLayout(view.wizard, size, nil).pieces where !piece.text.isEmpty {
        #expect(seen.contains(piece.text), "\(view.name): \(piece.text)")
      }
    }
  }

  @Test("Words are shown over the cells and are in none of them; while they are typed back they are not shown")
  func words() throws {
    var wizard = RootKeyStates.at(.passphrase)
    wizard.focus = .draw
    _ = wizard.take(.key(.enter))
    for size in FrameTests.readable {
      let grid = Self.picture(wizard, size)
      #expect(grid.shownSecret == "seven wolf carol turkey hand radio copper")
      #expect(!grid.text().contains("wolf"))
      for piece in grid.secrets { #expect(piece.position.column + piece.range.count <= size.columns) }
    }
    _ = wizard.take(.key(.enter))
    #expect(Self.picture(wizard, .full).secrets.isEmpty)
  }
}

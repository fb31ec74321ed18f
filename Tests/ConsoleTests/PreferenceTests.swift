import ExampleMachine
import Screen
import Stores
import TestSupport
import Testing

@testable import Console

/// What configuration may choose, and what it cannot break.
@Suite("The preferences of the console")
struct PreferenceTests {
  private static func preferences(_ text: String) throws -> Preferences {
    let machine = try SandboxMachine()
    try machine.write("/etc/keyreeve/a.conf", Array(text.utf8))
    var preferences = Preferences(try Configuration(sysroot: Sysroot(machine.path)) { _ in nil })
    preferences.problems = preferences.problems.map { $0.replacing(machine.path, with: "") }
    return preferences
  }

  @Test("Keys, columns, colours, mouse and plain questions are taken")
  func taken() throws {
    let preferences = try Self.preferences(
      """
      [console]
      theme = dark
      mouse = no
      plain = yes
      columns = key, state user
      [keys]
      disable = F8 Ctrl-X
      mark = # Ins
      [colours]
      accepted = bright-green
      dim = default
      """)
    #expect(preferences.problems.isEmpty, "\(preferences.problems)")
    #expect(preferences.columns == ["key", "state", "user"])
    #expect(!preferences.wantsMouse && preferences.isPlain)
    #expect(preferences.keys.command(.key(.control("x")), among: [.disable]) == .disable)
    #expect(preferences.keys.command(.text("d"), among: [.disable]) == nil)
    #expect(preferences.keys.row(.mark).keys == "#")
    let theme = preferences.theme(colours: 16)
    #expect(theme.style(.accepted).foreground == .brightGreen)
    #expect(preferences.theme(colours: 8).style(.accepted) == Style(.bold, foreground: .green))
  }

  @Test(
    "What cannot be had is told with file and line, and left as it was",
    arguments: [
      ("[keys]\ndisabel = d", "2: there is no command disabel: near are disable,"),
      ("[keys]\ndisable = x", "2: disable: x is a key of explain already; disable keeps d"),
      ("[keys]\ndisable = Esc", "2: disable: Esc is a key of back already"),
      ("[keys]\n\ndisable = Ctrl-C", "3: disable: Ctrl-C is no key that can be bound"),
      ("[keys]\ndisable = Hyper-Q", "2: disable: Hyper-Q is no key"),
      ("[keys]\ndisable = 1 2 3 4 5 6 7 8 9", "2: disable: more than 8 keys"),
      ("[console]\ntheme = pink", "2: theme: there is no theme pink: only default,"),
      ("[console]\ncolumns = key size", "2: columns: there is no column size"),
      ("[console]\ncolumns = key key", "2: columns: a column stands there twice"),
      ("[console]\ncolumns = state", "2: columns: the column key must be among them"),
      ("[colours]\nselection = red", "2: there is no role selection"),
      ("[colours]\naccepted = pink", "2: there is no colour pink"),
    ])
  func problems(text: String, problem: String) throws {
    let preferences = try Self.preferences(text)
    #expect(preferences.problems.count == 1)
    #expect(preferences.problems.first?.hasPrefix("/etc/keyreeve/a.conf:" + problem) == true, "\(preferences.problems)")
    #expect(preferences.keys.command(.text("d"), among: [.disable]) == .disable)
    #expect(preferences.columns == Preferences.columnNames)
  }

  @Test("Two commands may exchange their keys; two that want the same one do not both get it")
  func conflicts() throws {
    let swapped = try Self.preferences("[keys]\ndisable = e\nenable = d")
    #expect(swapped.problems.isEmpty)
    #expect(swapped.keys.command(.text("d"), among: [.disable, .enable]) == .enable)
    let both = try Self.preferences("[keys]\ndisable = F8\nenable = F8")
    #expect(both.problems.count == 1)
    let all = Command.allCases.filter { both.keys.events($0).contains(.key(.function(8))) }
    #expect(all.count == 1)
    // Giving d back to disable takes it from enable as well.
    let chain = try Self.preferences("[keys]\ndisable = x\nenable = d")
    #expect(chain.problems.count == 2, "\(chain.problems)")
  }

  @Test("As many keys as the limit may be bound to one command")
  func limit() throws {
    let keys = (1...8).map { "Ctrl-\(Array("abefgknopqstvwxy")[$0])" }.joined(separator: " ")
    let preferences = try Self.preferences("[keys]\nquit = \(keys)")
    #expect(preferences.problems.isEmpty, "\(preferences.problems)")
  }

  @Test("Esc and Ctrl-C stay ways out, whatever is bound")
  func escapeHatch() async throws {
    var preferences = try Self.preferences("[keys]\nback = Q\nstop = W\nquit = F9")
    #expect(preferences.problems.isEmpty, "\(preferences.problems)")
    #expect(preferences.keys.command(.key(.escape), among: [.back]) == .back)
    preferences.problems = []
    for way in [Event.key(.escape), .interrupt, .text("Q"), .key(.function(9))] {
      let run = try await ConsoleRun(
        Steps.type("3") + [.until("[3:Log]"), .event(way)], preferences: preferences)
      #expect(run.frame.text(ofRow: 0).contains("[1:Keys]"), "\(way)")
    }
    let shown = try await ConsoleRun([.event(.interrupt)], preferences: preferences).frame
    #expect(shown.position(of: "F9 leaves Keyreeve.") != nil && shown.position(of: "F9:Quit") != nil)
  }

  @Test("The console opens with what was wrong said, and all of it among the messages")
  func said() async throws {
    let preferences = try Self.preferences("[keys]\ndisabel = d\n[console]\ntheme = pink")
    let run = try await ConsoleRun([.picture("start")] + Steps.type("m"), preferences: preferences)
    #expect(run.picture("start").position(of: "there is no theme pink") != nil, "\(run.picture("start").text())")
    #expect(run.picture("start").position(of: "(and 1 more: m") != nil)
    #expect(run.frame.position(of: "disabel") != nil)
  }

  @Test("A wish for no colour wins over every theme and every colour", arguments: ThemeName.allCases.map(\.rawValue))
  func noColour(theme: String) async throws {
    let preferences = try Self.preferences("[console]\ntheme = \(theme)\n[colours]\naccepted = red\nkey = bright-blue")
    #expect(preferences.problems.isEmpty)
    for role in Theme.Role.allCases { #expect(preferences.theme(colours: 0).style(role).foreground == nil) }
    let run = try await ConsoleRun(
      Steps.type(":set theme light") + [.enter, .until("there are no colours here")], colours: 0,
      preferences: preferences)
    for row in 0..<24 { for column in 0..<80 { #expect(run.frame.style(row, column)?.foreground == nil) } }
  }

  @Test("In every theme the selection is reverse in the terminal's own colours", arguments: ThemeName.allCases)
  func selection(name: ThemeName) {
    var preferences = Preferences()
    preferences.themeName = name
    preferences.colours = [.selection: .red, .title: .red]
    #expect(preferences.theme(colours: 16).style(.selection) == Style(.reverse))
    #expect(preferences.theme(colours: 16).style(.title).foreground == nil)
  }

  @Test("Every key has a name that is read back, and every command a name of its own")
  func names() {
    for command in Command.allCases {
      #expect(command.rawValue.allSatisfy { $0.isLowercase || $0 == "-" })
      for event in command.row.events {
        #expect(KeyName.event(KeyName.text(event)) == event, "\(command) \(event)")
        #expect(command.row.keys == KeyName.text(command.row.events[0]))
      }
    }
    for name in ["Ctrl-C", "ctrl-z", "Ctrl-L", "Ctrl-J", "", "dd", "F13", "e\u{301}\u{302}x"] {
      #expect(KeyName.event(name) == nil)
    }
  }
}

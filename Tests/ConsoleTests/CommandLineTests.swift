import ExampleMachine
import Screen
import TestSupport
import Testing
import TrustModel

@testable import Console

/// The line that is typed behind a colon.
@Suite("The command line of the console")
struct CommandLineTests {
  private typealias Step = ScriptedTerminal.Step

  private static func order(_ line: String) -> Order? { try? Order(line) }

  private static func problem(_ line: String) -> String {
    do throws(Order.Problem) {
      _ = try Order(line)
      return "none"
    } catch {
      return error.text
    }
  }

  @Test("Every verb is understood, alone or with its argument, and the words of the plain commands are among them")
  func verbs() throws {
    for verb in Verb.allCases where verb != .set {
      #expect(
        (Self.order(verb.rawValue) ?? Self.order(verb.rawValue + " x") ?? Self.order(verb.rawValue + " list")) != nil,
        "\(verb.rawValue)")
    }
    #expect(Self.order("  KEYS ") == .perform(.keys))
    #expect(Self.order("keyreeve explain example.com/hello") == .explain("example.com/hello"))
    #expect(Self.order("fetch example.com/hello:1.0.0,os=linux") == .fetch("example.com/hello:1.0.0,os=linux"))
    #expect(Self.order("undo 12") == .undo(12))
    #expect(Self.order("sort expires") == .list(.sort("expires")))
    #expect(Self.order("filter state:local !example") == .list(.filter("state:local !example")))
    #expect(Self.order("set mouse off") == .setMouse(false))
    #expect(Self.order("set theme high-contrast") == .setTheme(.highContrast))
    #expect(Self.order("restore ~/a b.backup") == .backup(file: "~/a b.backup"))
    let scope = Scope.prefix(try Prefix("example.com"))
    #expect(Self.order("disable 0123ABCD --prefix example.com") == .change(.disable, key: "0123abcd", scope))
    #expect(Self.order("disable 0123ABCD --everywhere") == .changeEverywhere(.disable, key: "0123abcd"))
    #expect(Self.order("config") == .report(ReportOrder(words: ["config"])))
    #expect(Self.order("image show a b") == .report(ReportOrder(words: ["image", "show", "a", "b"])))
    #expect(Self.order("remove --root 0123abcd") == .change(.remove, key: "0123abcd", .root))
    #expect(Self.order("trust --prefix example.com k.asc") == .trust(scope, key: "k.asc"))
  }

  @Test(
    "What is not understood is an error that says what to write",
    arguments: [
      ("exlpain x", "There is no verb exlpain; near are: explain,"),
      ("dis", "There is no verb dis; near are: dis"),
      ("keyreeve", "Type a verb"), ("undo x", "x is no number of a change"), ("undo 0", "0 is no number of a change"),
      ("undo 1 2", "Write: undo [ID]"), ("set", "Write: set mouse on|off, set theme NAME"),
      ("set mouse maybe", "Write: set mouse"), ("set theme pink", "There is no theme pink: only default, light, dark"),
      ("sort colour", "There is no column colour: only state, scope, key, expires, user"), ("log x", "Write: log"),
      ("explain a b", "Write: explain NAME"), ("disable 123", "Write the fingerprint, or at least its last 8"),
      ("disable zzzzzzzz", "Write the fingerprint"), ("disable 01234567 89abcdef", "Write: disable ["),
      ("disable 01234567 --prefix", "Write: disable ["), ("disable 01234567 --prefix a//b", "Prefix"),
      ("disable 01234567 --everywhere --root", "Write: disable ["), ("rotate 01234567 --everywhere", "Write: rotate ["),
      ("show", "Write: show FINGERPRINT"), ("discover", "Write: discover NAME"),
      ("trust --root --root", "Write: trust ["), ("trust -x", "Write: trust ["),
    ])
  func wrong(line: String, start: String) {
    #expect(
      Self.problem(line).hasPrefix(start) || start == "Prefix" && Self.problem(line) != "none", "\(Self.problem(line))")
  }

  @Test("A line may be as long as the limit, and no longer; so may a history")
  func limits() {
    #expect(Self.order("filter " + String(repeating: "a", count: Order.limit - 7)) != nil)
    #expect(Self.problem("filter " + String(repeating: "a", count: Order.limit - 6)).contains("at most 1024"))
    #expect(Self.order("disable " + String(repeating: "a", count: 40)) != nil)
    #expect(Self.order("disable " + String(repeating: "a", count: 41)) == nil)
    var history = CommandLine.History()
    for number in 0...CommandLine.History.limit { history.add("undo \(number)") }
    #expect(history.lines.count == CommandLine.History.limit)
    #expect(history.lines.first == "undo 1")
    history.add("undo 5")
    #expect(history.lines.last == "undo 5" && history.lines.count == CommandLine.History.limit)
  }

  @Test("Random lines never trap, and are understood or answered with a sentence", arguments: 1...4)
  func random(seed: Int) {
    var dice = Dice(UInt64(seed))
    let words =
      Verb.allCases.map(\.rawValue) + ["--prefix", "--root", "a.b/c", "0123456789abcdef", "-", "\u{202e}", "é", ":"]
    for _ in 0..<3000 {
      let line = (0..<dice.roll(6)).map { _ in
        dice.roll(3) == 0
          ? String((0..<dice.roll(9)).map { _ in "ab -:/\u{301}9\u{4e2d}".randomElement(&dice) })
          : words[dice.roll(words.count)]
      }.joined(separator: " ")
      _ = Completion(of: line, Completion.Knowledge(names: ["a.b/c"], fingerprints: ["01"], changes: [1]))
      do throws(Order.Problem) {
        _ = try Order(line)
      } catch {
        #expect(error.text.count > 5 && error.text.unicodeScalars.allSatisfy { $0 != "\u{202e}" })
      }
    }
  }

  @Test(
    "Tab completes verbs, columns, themes, names and numbers as far as they agree",
    arguments: [
      ("exp", "explain "), ("re", "re"), ("rem", "remove "), ("explain ex", "explain example."),
      ("explain example.n", "explain example.net "), ("sort e", "sort expires "), ("set th", "set theme "),
      ("set theme l", "set theme light "), ("set mouse o", "set mouse o"), ("trust --p", "trust --prefix "),
      ("disable 01", "disable 0123 "), ("undo ", "undo 12 "), ("nonsense a", "nonsense a"), ("log ", "log "),
      ("keyreeve ver", "keyreeve verify "), ("trust --prefix example.c", "trust --prefix example.com"),
      ("discover example.n", "discover example.net "), ("image s", "image show "),
      ("disable 0123 --e", "disable 0123 --everywhere "),
    ])
  func completion(line: String, completed: String) {
    let knowledge = Completion.Knowledge(
      names: ["example.com", "example.com/app", "example.net"], fingerprints: ["0123", "4567"], changes: [12])
    #expect(Completion(of: line, knowledge).line == completed)
  }

  @Test("Nearest words: the most alike first, three at the most")
  func nearest() {
    #expect(NearestWords(to: "restroe", among: ["sort", "restore", "remove", "rotate"]).words.first == "restore")
    #expect(NearestWords(to: "", among: ["a", "b", "c", "d"]).words.count == 3)
    #expect(NearestWords(to: String(repeating: "x", count: 10_000), among: ["a"]).words == ["a"])
  }

  // MARK: On the machine

  private static func line(_ text: String) -> [Step] { Steps.type(":" + text) + [.enter] }

  @Test("A verb does what its key does: explain, the plan of a key by its digits, undo")
  func carriedOut() async throws {
    let explain = try await ConsoleRun(Self.line("explain example.com/hello") + [.until("RESULT")])
    #expect(explain.frame.text(ofRow: 0).contains("[2:Explain]"))
    let digits = "\(try ExampleKey.release.fingerprint())".suffix(16)
    let plan = try await ConsoleRun(Self.line("disable \(digits) --prefix example.com") + [.until("Plan: disable")])
    #expect(plan.frame.style(of: "[ Cancel ]") == Style(.reverse))
    #expect(try plan.journal().isEmpty)
    let nothing = try await ConsoleRun(
      Self.line("disable ffffffffffffffff") + [.until("No key here has these digits.")])
    #expect(nothing.frame.position(of: "STATE") != nil)
  }

  @Test("A looking command is shown as it prints, and one that changes is not known there")
  func report() async throws {
    let run = try await ConsoleRun(
      Self.line("show something") + [.until("show something was run"), .picture("text")] + Steps.type("y")
        + [.until("Copied: keyreeve show something"), .event(.key(.escape)), .until("STATE")])
    #expect(run.picture("text").text(ofRow: 0).contains("keyreeve > Show something"))
    #expect(run.copied.first?.hasPrefix("keyreeve show something --sysroot ") == true)
  }

  @Test("A key is switched off everywhere by its digits")
  func changedEverywhere() async throws {
    let machine = try ExampleMachine(images: true)
    try SecondScope.write(on: machine)
    let digits = "\(try ExampleKey.release.fingerprint())".suffix(16)
    let run = try await ConsoleRun(Self.line("disable \(digits) --everywhere") + [.until("everywhere?")], on: machine)
    #expect(run.frame.position(of: "Disable everywhere?") != nil)
  }

  @Test("A verb that does nothing on a screen says so, as does one that is none; views open from everywhere")
  func elsewhere() async throws {
    let run = try await ConsoleRun(
      Steps.type("3") + [.until("[3:Log]")] + Self.line("disable") + [.until("disable does nothing on this screen")]
        + Self.line("frobnicate") + [.until("There is no verb frobnicate")] + Self.line("filter local")
        + [.until("There is nothing to filter so here")] + Self.line("images") + [.until("[4:Images]")])
    #expect(run.frame.text(ofRow: 0).contains("[4:Images]"))
    let filtered = try await ConsoleRun(Self.line("filter state:local") + [.until("filter: state:local")])
    #expect(filtered.frame.position(of: "(3 of 12)") != nil)
    #expect(try await ConsoleRun(Self.line("quit")).ending == .finished)
  }

  @Test("Up brings back what was entered, Down what was typed; Esc, Ctrl-C and the empty line leave")
  func history() async throws {
    let up = Step.event(.key(.up))
    let down = Step.event(.key(.down))
    let run = try await ConsoleRun(
      Self.line("filter one") + Self.line("filter two") + Steps.type(":dra") + [
        up, .picture("last"), up, .picture("first"),
      ]
        + [up, down, down, .picture("typed"), .escape, .picture("left")] + Steps.type(":x") + [.event(.interrupt)]
        + Steps.type(":") + [.event(.key(.backspace)), .picture("empty")])
    #expect(run.picture("last").position(of: ":filter two") != nil)
    #expect(run.picture("first").position(of: ":filter one") != nil)
    #expect(run.picture("typed").position(of: ":dra") != nil)
    for name in ["left", "empty"] { #expect(run.picture(name).text(ofRow: 23).hasPrefix(" ?:Help")) }
    #expect(run.ending == .hangup)
  }

  @Test("A paste is text there, its line ends included, and runs nothing")
  func paste() async throws {
    let run = try await ConsoleRun(Steps.type(":") + [.event(.paste("quit\nquit\n"))])
    #expect(
      run.frame.text(ofRow: 23) == " :quitquit" + String(repeating: "_", count: 80 - 3 - 8), "\(run.frame.text())")
    #expect(run.ending == .hangup)
  }

  @Test("Tab shows what there is above the line")
  func candidates() async throws {
    let run = try await ConsoleRun(Steps.type(":set theme ") + [.tab])
    #expect(run.frame.position(of: "default  light  dark  high-contrast  mono") != nil, "\(run.frame.text())")
    let cursor = try #require(run.frame.cursor)
    #expect(cursor == Position(row: 23, column: 2 + "set theme ".count))
  }

  @Test("Read-only, a changing verb says the command with the rights")
  func readOnly() async throws {
    let run = try await ConsoleRun(
      Self.line("undo 3") + [.until("undo 3 --sysroot"), .picture("undo")] + Self.line("trust --prefix a.b k.asc")
        + [.until("trust --prefix a.b KEY")], isReadOnly: true)
    #expect(run.picture("undo").position(of: "Read-only here: sudo keyreeve undo 3") != nil)
  }
}

extension String {
  fileprivate func randomElement(_ dice: inout Dice) -> Character {
    let all = Array(self)
    return all[dice.roll(all.count)]
  }
}

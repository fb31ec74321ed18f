import ExampleMachine
import TestSupport
import Testing
import TrustModel

/// What a terminal sends beside plain keys.
@Suite("Mouse, paste and odd keys on a real terminal")
struct TerminalInputTests {
  @Test(
    "A click puts the cursor on the row, the wheel moves on, in both ways that terminals report them",
    arguments: [
      ("\u{1b}[<0;10;7M\u{1b}[<0;10;7m", "\u{1b}[<65;10;7M"), ("\u{1b}[M *'\u{1b}[M#*'", "\u{1b}[Ma*'"),
    ])
  func mouse(click: String, wheel: String) throws {
    let console = try RealConsole()
    #expect(try console.session.value(of: "mouse_any_flag") == "1")
    try console.session.type(click)
    try console.session.waitFor("\n>+ OVERRIDE *")
    try console.session.type(wheel)
    try console.session.waitUntilGone("\n>+ OVERRIDE *")
    try console.session.send("q")
    #expect(try console.session.exitStatus() == 0)
    try console.expectRestored()
  }

  @Test("With --no-mouse the mouse stays the terminal's")
  func noMouse() throws {
    let machine = try ExampleMachine()
    let session = try TerminalSession.start(
      command: "keyreeve --no-mouse", environment: RealConsole.environment(of: machine))
    try session.waitFor("toolbox.example", timeout: 10)
    #expect(try session.value(of: "mouse_any_flag") == "0")
  }

  @Test("A paste is text and never keys; line ends in it confirm nothing")
  func paste() throws {
    let console = try RealConsole()
    try console.session.paste("dq\nyes\n\u{3}")
    try console.session.send("x")
    try console.session.waitFor("Image name:")
    try console.session.paste("example.com/hello")
    try console.session.waitFor("Image name: example.com/hello")
    try console.session.send("Enter")
    try console.session.waitFor("RESULT")
    #expect(console.machine.sandbox.contents("/var/lib/keyreeve/journal/log.jsonl") == nil)
  }

  @Test("A letter with Alt does nothing, nor does a sequence that nobody knows")
  func alt() throws {
    let console = try RealConsole()
    try console.session.type("\u{1b}q")
    try console.session.type("\u{1b}[99;99~")
    try console.session.type("\u{1b}[200;1u")
    try console.session.send("j")
    try console.session.waitFor("\n>+ VENDOR   *")
  }

  @Test("An arrow key whose bytes come apart closes at most a field, and its letters do not act")
  func slowSequence() throws {
    let console = try RealConsole()
    try console.session.send("j")
    try console.session.waitFor("\n>+ VENDOR   *")
    try console.session.type("\u{1b}")
    try console.pause()
    try console.session.type("[D")
    try console.pause()
    try console.session.send("k")
    try console.session.waitFor("\n>- MASKED   *")
    #expect(try !console.session.screen().contains("[ Cancel ]"))
  }

  @Test(
    "Below 40x10 there is a sentence, at 40x10 the screen, and the way back keeps the row",
    arguments: [(39, 10), (40, 9)])
  func smallest(columns: Int, rows: Int) throws {
    let console = try RealConsole()
    try console.session.send("j")
    try console.session.waitFor("\n>+ VENDOR   *")
    try console.session.resize(columns: columns, rows: rows)
    try console.session.waitFor("Keyreeve needs")
    try console.session.resize(columns: 40, rows: 10)
    try console.session.waitFor("\n>+ VENDOR")
    try console.session.resize(columns: 80, rows: 24)
    try console.session.waitFor("\n>+ VENDOR   *")
    try console.session.waitFor("toolbox.example")
  }
}

import ExampleMachine
import TestSupport
import Testing
import TrustModel

/// The real program on a real terminal.
@Suite("The console on a real terminal")
struct TerminalTests {
  @Test("It starts, moves, filters, and q gives the terminal back")
  func startAndQuit() throws {
    let console = try RealConsole()
    #expect(try console.session.value(of: "alternate_on") == "1")
    try console.session.send("j")
    try console.session.waitFor("\n>+ VENDOR   *")
    try console.session.send("G")
    try console.session.waitFor("\n>+ LOCAL    widgets.example")
    try console.session.type("/corporate")
    try console.session.waitFor("1 of 12")
    try console.session.send("Escape")
    try console.session.waitUntilGone("1 of 12")
    try console.session.send("q")
    #expect(try console.session.exitStatus() == 0)
    try console.expectRestored()
  }

  @Test("A key is disabled by its plan and taken back")
  func disableAndUndo() throws {
    let console = try RealConsole()
    let release = try ExampleKey.release.fingerprint()
    let mask = "/etc/rkt/trustedkeys/prefix.d/example.com/\(release)"
    try console.session.type("/release@example.com")
    try console.session.waitFor("1 of 12")
    try console.session.send("Enter")
    try console.session.send("d")
    try console.session.waitFor("[ Cancel ]")
    try console.pause()
    try console.session.send("Tab")
    try console.session.type(String("\(release)".suffix(4)))
    try console.session.waitFor("[ Disable ]")
    #expect(console.machine.sandbox.contents(mask) == nil)
    try console.session.send("Tab", "Enter")
    try console.session.waitFor("Done, #1")
    #expect(console.machine.sandbox.contents(mask) == [])
    try console.session.waitFor("MASKED")
    try console.session.send("u")
    try console.session.waitFor("[ Undo ]")
    try console.pause()
    try console.session.send("Tab", "Enter")
    try console.session.waitFor("Done, #2")
    #expect(console.machine.sandbox.contents(mask) == nil)
    try console.session.send("q")
    #expect(try console.session.exitStatus() == 0)
  }

  @Test("Keys typed ahead of a dialog do not answer it")
  func typeAhead() throws {
    let console = try RealConsole()
    try console.session.type("/2019")
    try console.session.waitFor("1 of 12")
    try console.session.send("Enter", "e", "Tab", "Enter", "Enter")
    // They may come before it, and act on the list, or with it, and be dropped.
    try console.session.waitFor(" keyreeve > ")
    for _ in 0..<3 { try console.pause() }
    #expect(console.machine.sandbox.contents("/var/lib/keyreeve/journal/log.jsonl") == nil)
  }

  @Test("Explain answers for a name")
  func explain() throws {
    let console = try RealConsole()
    try console.session.send("g", "x")
    try console.session.waitFor("Image name:")
    try console.session.type("example.com/hello")
    try console.session.send("Enter")
    try console.session.waitFor("RESULT  3 keys would be accepted")
    try console.session.send("Escape")
    try console.session.waitFor("STATE")
  }

  @Test("A resize is followed, down to a sentence and back")
  func resize() throws {
    let console = try RealConsole()
    try console.session.resize(columns: 120, rows: 36)
    try console.session.waitFor("Fingerprint  0078")
    try console.session.resize(columns: 30, rows: 4)
    try console.session.waitFor("Keyreeve needs a larger")
    try console.session.waitUntilGone("STATE")
    try console.session.resize(columns: 80, rows: 24)
    try console.session.waitFor("toolbox.example")
    try console.session.send("q")
    #expect(try console.session.exitStatus() == 0)
    try console.expectRestored()
  }

  @Test("Ctrl-Z gives the terminal to the shell, and fg brings the picture back")
  func suspend() throws {
    let machine = try ExampleMachine()
    let session = try TerminalSession.start(
      command: "bash --norc --noprofile -i", environment: RealConsole.environment(of: machine, ["PS1": "ready> "]))
    try session.waitFor("ready>")
    try session.type("keyreeve\n")
    try session.waitFor("toolbox.example")
    try session.send("C-z")
    try session.waitFor("Stopped")
    #expect(try session.value(of: "alternate_on") == "0")
    #expect(try session.value(of: "mouse_any_flag") == "0")
    try session.type("fg\n")
    try session.waitFor("toolbox.example")
    #expect(try session.value(of: "alternate_on") == "1")
    try session.send("q")
    try session.waitFor("ready>")
  }

  @Test("A signal ends it with its status, and the terminal is as it was", arguments: [("TERM", 143), ("HUP", 129)])
  func signals(name: String, status: Int32) throws {
    let console = try RealConsole()
    _ = try ChildProcess.run(["kill", "-\(name)", "\(try console.process())"])
    #expect(try console.session.exitStatus() == status)
    try console.expectRestored()
  }

  @Test("A crash too gives the terminal back")
  func crash() throws {
    let console = try RealConsole()
    _ = try ChildProcess.run(["kill", "-SEGV", "\(try console.process())"])
    #expect(try console.session.exitStatus() == 139)
    try console.expectRestored()
  }

  @Test(
    "A terminal that cannot be drawn on is refused with a sentence and a plain command",
    arguments: ["dumb", "no-such-terminal", ""])
  func unsuited(term: String) throws {
    let machine = try ExampleMachine()
    let session = try TerminalSession.start(
      command: "TERM=\(term) keyreeve", environment: RealConsole.environment(of: machine))
    #expect(try session.exitStatus() == 2)
    #expect(try session.screen().replacing("\n", with: " ").contains("keyreeve keys"))
    #expect(try session.value(of: "alternate_on") == "0")
  }

  @Test("A known terminal that this machine's database lacks is treated as an xterm")
  func standIn() throws {
    let machine = try ExampleMachine()
    let session = try TerminalSession.start(
      command: "TERM=xterm-kitty TERMINFO=/nonexistent keyreeve", environment: RealConsole.environment(of: machine))
    try session.waitFor("toolbox.example")
    try session.send("q")
    #expect(try session.exitStatus() == 0)
  }

  @Test("Without a terminal nothing is drawn: one sentence, status 2, no escape sequence")
  func noTerminal() throws {
    let machine = try ExampleMachine()
    let outcome = try ChildProcess.run(
      [Programs.keyreeve], environment: RealConsole.environment(of: machine, ["TERM": "xterm"]))
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(!outcome.errors.contains(0x1b))
    #expect(outcome.errorText.contains("keyreeve keys"))
    let session = try TerminalSession.start(
      command: "keyreeve </dev/null; echo STATUS:$?; keyreeve | cat", environment: RealConsole.environment(of: machine))
    try session.waitFor("STATUS:2")
  }

  @Test("NO_COLOR takes every colour out, and the words stay", arguments: [false, true])
  func noColour(isPlain: Bool) throws {
    let console = try RealConsole(variables: isPlain ? ["NO_COLOR": "1"] : [:])
    let hasColour = try console.session.colours().contains(/\u{1b}\[[0-9;]*(3[0-7]|9[0-7])m/)
    #expect(hasColour == !isPlain)
    try console.session.waitFor("+ VENDOR")
  }

  @Test("A hostile user id is shown, and acts on nothing")
  func hostile() throws {
    let machine = try ExampleMachine()
    let userID = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}live\u{2066}\u{200b}Evil\r\n>+ VENDOR <root@localhost>"
    let key = try MadeKey.ed25519()
    try machine.sandbox.place(try MadeCertificate.simple(key, userID: userID), .administrator)
    let console = try RealConsole(machine: machine, columns: 160, rows: 40, keys: 13)
    try console.session.type("/evil")
    try console.session.waitFor("1 of 13")
    try console.session.send("Enter", "Enter")
    try console.session.waitFor("<U+202E>")
    let screen = try console.session.screen()
    for scalar in ["\u{202e}", "\u{2066}", "\u{200b}", "\u{9b}"] { #expect(!screen.contains(scalar)) }
    #expect(screen.contains("<U+001B>"))
    #expect(try console.session.value(of: "pane_title") != "owned")
    #expect(try console.session.value(of: "alternate_on") == "1")
  }

  @Test("A key that another process adds appears by itself")
  func news() throws {
    let console = try RealConsole()
    try console.machine.sandbox.mask(try ExampleKey.builder.fingerprint())
    try console.session.waitFor("13 keys: ")
    try console.machine.sandbox.remove("/etc/rkt/trustedkeys/root.d/\(ExampleKey.builder.fingerprint())")
    try console.session.waitFor("12 keys: ")
  }

  @Test("A key that another process trusts for new names appears too, though its directories are new")
  func newsInNewDirectories() throws {
    let console = try RealConsole(machine: ExampleMachine(images: true))
    let trust = [
      Programs.keyreeve, "trust", "--prefix", "new.example/team/app", "--skip-fingerprint-review",
      console.machine.path + "/keys/builder.asc",
    ]
    #expect(try ChildProcess.run(trust, environment: console.machine.environment).status == 0)
    try console.session.waitFor("13 keys: ")
  }

  @Test("Idle, it is never woken and writes nothing")
  func idle() throws {
    let console = try RealConsole()
    let process = try console.process()
    var seen: [String] = []
    // The threads that read and judged wait a few seconds for more work before they end: until then they are not idle.
    for _ in 0..<8 where seen.count < 2 || seen[seen.count - 1] != seen[seen.count - 2] {
      seen.append(try console.counters(process))
      _ = try ChildProcess.run(["sleep", "2"])
    }
    let last = seen.suffix(2)
    #expect(last.first == last.last, "\(seen.joined(separator: "then\n"))")
    #expect(last.first?.contains("voluntary_ctxt_switches") == true)
  }

  @Test("y puts the whole fingerprint into the clipboard")
  func clipboard() throws {
    let console = try RealConsole()
    try console.session.type("/release@example.com")
    try console.session.waitFor("1 of 12")
    try console.session.send("Enter", "y")
    try console.session.waitFor("Copied")
    #expect(try console.session.clipboard() == "\(try ExampleKey.release.fingerprint())")
  }
}

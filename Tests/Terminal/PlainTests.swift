import ExampleMachine
import Glibc
import TestSupport
import Testing
import TrustModel

/// The program as numbered questions, through a pipe and on a terminal.
@Suite("Numbered questions in place of the screen")
struct PlainTests {
  /// What the session says to these answers, both outputs in their order.
  private func said(
    _ machine: ExampleMachine, _ answers: [String], command: String = "keyreeve --plain", _ more: [String: String] = [:]
  ) throws -> String {
    let outcome = try ChildProcess.run(
      ["sh", "-c", command + " 2>&1"], environment: machine.environment.merging(more) { $1 },
      input: Array(answers.map { $0 + "\n" }.joined().utf8), directory: machine.path)
    #expect(outcome.status == 0)
    #expect(!outcome.output.contains { $0 < 32 && $0 != 10 || $0 == 127 }, "it is not plain lines")
    return outcome.text
  }

  private var mask: String {
    get throws { "/etc/rkt/trustedkeys/prefix.d/example.com/\(try ExampleKey.release.fingerprint())" }
  }

  @Test(
    "Each way to ask for it opens it, also where nothing can be drawn, and the end of the answers ends it",
    arguments: [
      ("keyreeve --plain", [:]), ("keyreeve", ["ACCESSIBLE": "1"]), ("keyreeve console --plain", ["TERM": "dumb"]),
    ])
  func opens(command: String, more: [String: String]) throws {
    let said = try said(try ExampleMachine(), [], command: command, more)
    #expect(said.contains("  1 keys: "))
    #expect(said.hasSuffix("The answers have ended.\n"))
  }

  @Test("An empty ACCESSIBLE asks for nothing")
  func emptyVariable() throws {
    let machine = try ExampleMachine()
    let environment = machine.environment.merging(["ACCESSIBLE": ""]) { $1 }
    #expect(try ChildProcess.run([Programs.keyreeve], environment: environment).status == 2)
  }

  @Test(
    "A number out of range is refused with the range, whatever it is",
    arguments: ["15", "-1", "one", "99999999999999999999", "\u{1b}[2J"])
  func wrongNumber(answer: String) throws {
    let said = try said(try ExampleMachine(), [answer, "0"])
    #expect(said.contains("is no number from 0 to 14.\n"))
    #expect(!said.contains("have ended"))
  }

  @Test("An answer of 4096 octets is read, a longer one is not")
  func longAnswer() throws {
    let machine = try ExampleMachine()
    let (fits, longer) = (String(repeating: "1", count: 4096), String(repeating: "1", count: 4097))
    #expect(try !said(machine, [fits, "0"]).contains("longer than"))
    #expect(try said(machine, [longer, "0"]).contains("That is longer than 4096 octets"))
  }

  @Test("What the commands print is what is printed", arguments: [("5", "log")])
  func sameText(item: String, command: String) throws {
    let machine = try ExampleMachine()
    let printed = try ChildProcess.run([Programs.keyreeve, command], environment: machine.environment)
    #expect(try said(machine, [item, "0"]).contains(printed.text))
    #expect(try said(machine, ["2", "example.com/hello", "0"]).contains("example.com/hello"))
  }

  @Test("The audit lists what the command finds, each with a number")
  func findings() throws {
    let machine = try ExampleMachine()
    let printed = try ChildProcess.run([Programs.keyreeve, "audit"], environment: machine.environment).text
    let messages = printed.split(separator: "\n").filter { $0.hasSuffix("]") }
    let listed = try said(machine, ["3", "0", "0"])
    #expect(listed.contains("Findings: 1 to \(messages.count) of \(messages.count)"))
  }

  @Test("A key is found by a word, disabled with yes and its digits, and the change is taken back")
  func disableAndUndo() throws {
    let machine = try ExampleMachine()
    let fingerprint = "\(try ExampleKey.release.fingerprint())"
    let list = try said(machine, ["7", "/release@example.com", "0", "0"])
    let number = try #require(
      list.split(separator: "\n").last { $0.hasSuffix(fingerprint) }?.split(separator: " ").first)
    func disable(_ answers: String...) throws -> String {
      try said(machine, ["7", "\(number)"] + answers + ["0"])
    }
    for refused in [["no"], [""], ["y", "no"], ["yes", "0000"], ["yes", "0"], []] {
      let said = try said(machine, ["7", "\(number)"] + refused)
      #expect(said.contains("plan: disable \(fingerprint) for example.com"))
      #expect(machine.sandbox.contents(try mask) == nil)
    }
    #expect(try disable("yes", String(fingerprint.suffix(4).uppercased())).contains("done: disable"))
    #expect(machine.sandbox.contents(try mask) == [])
    #expect(try said(machine, ["11", "2", "1", "yes", "0"]).contains("is no number from 0 to 1."))
    #expect(machine.sandbox.contents(try mask) == nil)
  }

  @Test("A key is trusted after its fingerprint was typed, or with a reason, and the log keeps which")
  func trust() throws {
    let machine = try ExampleMachine(images: true)
    let key = try ExampleKey.quayside.fingerprint()
    let file = "/etc/rkt/trustedkeys/prefix.d/quayside.example/\(key)"
    let ask = ["6", "1", "quayside.example", "1", "keys/quayside.asc"]
    let other = String(repeating: "0", count: 16)
    #expect(try said(machine, ask + ["1", other, "0", "0"]).contains("DIFFERENT: this is another key"))
    #expect(try said(machine, ask + ["1", String("\(key)".suffix(8)), "0", "0"]).contains("short ids can be forged"))
    #expect(machine.sandbox.contents(file) == nil)
    #expect(try said(machine, ask + ["1", String("\(key)".suffix(16)), "yes", "0"]).contains("done: "))
    #expect(machine.sandbox.contents(file) != nil)
    #expect(try said(machine, ["5", "0"]).contains("compared: 16 of 16 digits are the same"))
    let two = ["6", "2", "1", "keys/builder.asc", "2", "a test", "yes", "0"]
    _ = try said(machine, two)
    #expect(try said(machine, ["5", "0"]).contains("not compared: a test"))
  }

  @Test("An answer is never an option: it begins with whatever it likes")
  func noOptions() throws {
    let machine = try ExampleMachine(images: true)
    let before = try machine.fingerprint(of: "/etc")
    #expect(try said(machine, ["6", "1", "--root", "1", "keys/quayside.asc", "0"]).contains("--root"))
    #expect(try said(machine, ["14", "--help", "0"]).contains("--help"))
    #expect(try !said(machine, ["14", "--help", "0"]).contains("USAGE"))
    #expect(try machine.fingerprint(of: "/etc") == before)
  }

  @Test("Read-only it shows the plan and the command, and changes nothing")
  func readOnly() throws {
    let machine = try ExampleMachine(images: true)
    let before = try machine.fingerprint()
    let answers = ["7", "6", "6", "1", "quayside.example", "1", "keys/quayside.asc", "13", "example.com/hello"]
    let said = try said(machine, answers + ["12", "1", "b.tar", "0"], command: "keyreeve --plain --read-only")
    #expect(said.contains("Nothing is changed here"))
    #expect(said.contains("plan: "))
    for verb in ["disable", "trust", "fetch", "backup"] { #expect(said.contains("To do it: sudo keyreeve \(verb) ")) }
    #expect(try PlainTests.withoutHome(machine.fingerprint()) == PlainTests.withoutHome(before))
  }

  private static func withoutHome(_ tree: String) -> [Substring] {
    tree.split(separator: "\n").filter { !$0.contains("./home") }
  }

  @Test("A hostile user id is shown with its escapes")
  func hostile() throws {
    let machine = try ExampleMachine()
    let key = try MadeKey.ed25519()
    try machine.sandbox.place(try MadeCertificate.simple(key, userID: "\u{1b}[2J\r\u{202e}Evil"), .administrator)
    let said = try said(machine, ["1", "/evil", "0", "0"])
    #expect(said.contains("<U+001B>"))
    #expect(!said.unicodeScalars.contains("\u{202e}"))
  }

  @Test("On a terminal it writes lines alone: the second screen, the mouse and the cursor are left as they are")
  func onTerminal() throws {
    let machine = try ExampleMachine()
    let script = "script -qec 'keyreeve --plain' /dev/null"
    let written = try ChildProcess.run(
      ["sh", "-c", script], environment: RealConsole.environment(of: machine), input: Array("3\n6\n0\n0\n".utf8))
    #expect(written.text.contains("FINDING") || written.text.contains("error"))
    #expect(!written.output.contains(0x1b))
    let plain = try TerminalSession.start(
      command: "keyreeve --plain", columns: 120, rows: 50, environment: RealConsole.environment(of: machine))
    try plain.waitFor("Type a number from 0 to 14", timeout: 10)
    #expect(try plain.value(of: "alternate_on") == "0")
    #expect(try plain.value(of: "mouse_any_flag") == "0")
    try plain.type("5\n")
    try plain.waitFor("Menu\nWhich one?", timeout: 10)
    #expect(try !plain.colours().contains("\u{1b}["))
    try plain.send("C-d")
    #expect(try plain.exitStatus() == 0)
  }
}

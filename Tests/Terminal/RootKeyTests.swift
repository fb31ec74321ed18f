import ExampleMachine
import Glibc
import TestSupport
import Testing

/// A first root key by the real program on a real terminal: its files, and where its passphrase can be found.
@Suite("A first root key on a real terminal")
struct RootKeyTests {
  private static let passphrase = "correct-horse-4711"

  private func console() throws -> RealConsole {
    let machine = try ExampleMachine()
    try machine.sandbox.makeDirectory("/usb")
    return try RealConsole(machine: machine)
  }

  /// Every file of keys on the machine.
  private func keys(_ console: RealConsole) throws -> [String] {
    try ChildProcess.run(["find", console.machine.path, "-name", "*.key"]).text.split(separator: "\n").map(String.init)
  }

  /// Leads to the third step.
  private func askForPassphrase(_ session: TerminalSession) throws {
    try session.type(":root-key")
    try session.send("Enter")
    try session.waitFor("+ clock")
    try session.send("Enter")
    try session.waitFor("2 of 7")
    for _ in 0..<6 { try session.send("Tab") }
    try session.send("Enter")
    try session.waitFor("3 of 7")
  }

  @Test("Typed, made, copied and taken off: the passphrase stands in memory once while it is held, and nowhere after")
  func typed() throws {
    let console = try console()
    let session = console.session
    let process = "\(try console.process())"
    let before = try console.machine.fingerprint()
    try askForPassphrase(session)
    try session.send("Enter")
    try session.waitFor("0 characters typed")
    try session.type(Self.passphrase)
    try session.waitFor("\(Self.passphrase.count) characters typed")
    try session.send("Enter")
    try session.waitFor("Again        0")
    try session.type(Self.passphrase)
    try session.send("Enter")
    try session.waitFor("both are the same")
    #expect(try MemorySearch.count(Self.passphrase, in: process) == 1)
    try session.send("Enter")
    try session.waitFor("4 of 7")
    #expect(try console.machine.fingerprint() == before)
    try console.pause()
    try session.send("Tab", "Tab", "Enter")
    try session.waitFor("5 of 7", timeout: 20)
    #expect(try keys(console).count == 1)
    #expect(try MemorySearch.count(Self.passphrase, in: process) == 1)
    try session.type(console.machine.sandbox.located("/usb/acme.key"))
    try session.send("Enter", "Enter")
    try session.waitFor("read back, and opened", timeout: 20)
    try session.send("Enter")
    try session.waitFor("6 of 7")
    try session.send("Enter")
    try session.waitFor("7 of 7")
    try console.pause()
    try session.send("Tab", "Enter", "Tab", "Tab", "Enter")
    try session.waitFor("off this machine; its", timeout: 20)
    #expect(try keys(console) == [console.machine.sandbox.located("/usb/acme.key")])
    #expect(console.machine.sandbox.mode("/usb/acme.key") == 0o600)
    #expect(try MemorySearch.count(Self.passphrase, in: process) == 0)
    #expect(try MemorySearch.count("horse-4711", in: process) == 0)
    try session.send("Enter", "q", "q")
    #expect(try session.exitStatus() == 0)
    try console.expectRestored()
  }

  @Test(
    "Words are on the terminal and not in cells: once in memory while shown, gone from both when left; a resize shows them again"
  )
  func words() throws {
    let console = try console()
    let session = console.session
    let process = "\(try console.process())"
    let before = try console.machine.fingerprint()
    try askForPassphrase(session)
    try session.send("Tab", "Enter")
    try session.waitFor("Write them down")
    let row = try session.screen().split(separator: "\n").drop { !$0.contains("Write them down") }.dropFirst().first
    let words = try #require(row).drop { $0 == " " }.description
    #expect(words.split(separator: " ").count == 7, "\(words)")
    #expect(try MemorySearch.count(words, in: process) == 1)
    try session.resize(columns: 120, rows: 36)
    try session.waitFor(words)
    try session.send("C-l")
    try session.waitFor(words)
    try session.send("Enter")
    try session.waitUntilGone(words)
    try session.send("Escape")
    try session.waitFor(words)
    try session.send("Escape")
    try session.waitFor("Nothing was written.")
    #expect(try !session.screen().contains(words))
    #expect(try MemorySearch.count(words, in: process) == 0)
    #expect(try console.machine.fingerprint() == before)
  }
}

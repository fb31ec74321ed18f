import ContentChange
import ContentSigning
import Glibc
import SignedMetadata
import TestSupport
import Testing
import TrustModel

/// Passphrases that are typed at a real terminal; row S-08 of reference/security.md.
@Suite("Passphrases at a terminal", .timeLimit(.minutes(3)))
struct KeyPromptTests {
  private func start(_ desk: KeyDesk, _ words: [String], by prefix: String = "") throws -> TerminalSession {
    let program = try #require(BuiltProgram.path("keyreeve"))
    let command = ([program] + words + ["--sysroot", desk.machine.path]).map(TerminalSession.quote).joined(
      separator: " ")
    return try TerminalSession.start(
      command: prefix + command + "; echo MODE:$(stty -a | tr ' ;' '\\n\\n' | grep -x -- '-\\?echo'):", columns: 120,
      rows: 40,
      environment: ["TERM": "tmux-256color", "HOME": "/home", "DOCKER_CONFIG": "/home/.docker"])
  }

  private func answer(_ session: TerminalSession, _ text: String) throws {
    try session.type(text)
    try session.send("Enter")
  }

  /// What is typed before a question is thrown away: each answer waits for its own.
  private func wait(_ session: TerminalSession, _ text: String, times: Int) throws {
    for _ in 0..<500 {
      if try session.screen().count(of: text) >= times { return }
      usleep(10_000)
    }
    Issue.record("\(text) not \(times) times on \(try session.screen())")
  }

  @Test("A new one is asked for twice, its strength shown, and nothing of it is on the screen")
  func new() throws {
    let desk = try KeyDesk()
    let session = try start(desk, ["content", "key", "generate", "--role", "alice"])
    try session.waitFor("The alice key gets a passphrase, for a key that is made now.")
    try session.waitFor("New passphrase:")
    try answer(session, "short")
    try wait(session, "New passphrase:", times: 2)
    #expect(try session.screen().contains("it has fewer than 8 characters"))
    try answer(session, "long enough 1x")
    try session.waitFor("The same again:")
    #expect(try session.screen().contains("Strength: ") && session.screen().contains(" bits"))
    try answer(session, "long enough 2")
    try wait(session, "New passphrase:", times: 3)
    #expect(try session.screen().contains("The two are not the same."))
    // A key that is taken back, an arrow, and the whole line once.
    try session.type("wrong")
    try session.send("C-u")
    try session.type("long enougX")
    try session.send("Left", "BSpace")
    try answer(session, "h 1\u{e9}")
    try wait(session, "The same again:", times: 2)
    try answer(session, "long enough 1\u{e9}")
    try session.waitFor("MODE:echo:")
    let screen = try session.screen()
    #expect(screen.contains("added  ") && !screen.contains("long") && !screen.contains("enoug"), "\(screen)")
    let id = String(try #require(desk.names.first).prefix(64))
    let harden = try desk.key(["passwd", id, "--harden"], ["NOTARY_DELEGATION_PASSPHRASE": "long enough 1\u{e9}"])
    #expect(harden.status == 0, "\(harden.errorText)")
  }

  @Test("As long as the limit is taken, one longer is not", arguments: [4_096, 4_097])
  func limit(length: Int) throws {
    let desk = try KeyDesk()
    let session = try start(desk, ["content", "key", "generate"])
    try session.waitFor("New passphrase:")
    for _ in 0..<(length / 1_024) { try session.type(String(repeating: "ab", count: 512)) }
    try answer(session, String(repeating: "c", count: length % 1_024))
    try session.waitFor(length > GivenPassphrase.limit ? "That is longer than 4096 octets" : "Strength: strong")
  }

  @Test("Words are drawn on an empty line, must be typed back, and leave the screen")
  func words() throws {
    let desk = try KeyDesk()
    let session = try start(desk, ["content", "key", "generate"])
    try session.waitFor("New passphrase:")
    try session.send("Enter")
    try session.waitFor("Type it, to show")
    func drawn() throws -> String {
      let line = try session.screen().split(separator: "\n").last { $0.hasPrefix("    ") }
      return String(try #require(line).dropFirst(4))
    }
    let first = try drawn()
    #expect(first.split(separator: " ").count == WordPassphrase.count)
    #expect(try session.screen().contains("70 bits"))
    try answer(session, "something else")
    try wait(session, "New passphrase:", times: 2)
    #expect(try session.screen().contains("That is something else."))
    #expect(try !session.screen().contains(first))
    try session.send("Enter")
    try session.waitFor("Type it, to show")
    let second = try drawn()
    #expect(second != first)
    try answer(session, second)
    try session.waitFor("MODE:echo:")
    #expect(try !session.screen().contains(second))
    let id = String(try #require(desk.names.first).prefix(64))
    #expect(try desk.key(["passwd", id, "--harden"], ["NOTARY_ROOT_PASSPHRASE": second]).status == 0)
  }

  @Test("A wrong one is asked for again three times, by role, short identifier and purpose")
  func wrong() throws {
    let desk = try KeyDesk()
    let key = try desk.place(role: "targets", gun: "example.com/app")
    let session = try start(desk, ["content", "key", "passwd", "\(key.id)", "--harden"])
    let prompt =
      "Passphrase of the targets key \(key.id.description.prefix(7)) of example.com/app, to give it another passphrase:"
    for count in 0..<4 {
      try wait(session, prompt, times: count + 1)
      try answer(session, "wrong \(count)")
    }
    try session.waitFor("MODE:echo:")
    let screen = try session.screen()
    #expect(screen.count(of: prompt) == 4 && screen.count(of: "That passphrase does not open it.") == 3, "\(screen)")
    #expect(screen.replacing("\n", with: "").contains("(from the terminal)"), "\(screen)")
  }

  @Test("Ctrl-C, the end of input and a signal give the terminal back as it was", arguments: ["C-c", "C-d", "signal"])
  func endings(_ way: String) throws {
    let desk = try KeyDesk()
    let session = try start(
      desk, ["content", "key", "generate"], by: way == "signal" ? "timeout --foreground -s TERM 1 " : "")
    try session.waitFor("New passphrase:")
    try session.type("half a pass")
    if way != "signal" { try session.send(way) }
    if way == "C-d" {
      // Behind text it ends the line, and alone all of it.
      try session.waitFor("The same again:")
      try session.send("C-d")
    }
    try session.waitFor("MODE:", timeout: 8)
    let screen = try session.screen()
    #expect(screen.contains("MODE:echo:") && !screen.contains("half a pass") && desk.names.isEmpty, "\(screen)")
  }

  @Test("The drill of a backup asks for each key, and an empty line leaves one out")
  func drill() throws {
    let desk = try KeyDesk()
    let keys = try [desk.place(), desk.place(role: "alice")].sorted { $0.id < $1.id }
    #expect(try desk.run(["backup", "b"]).status == 0)
    let session = try start(desk, ["backup", "--check", desk.machine.located("/desk/b")])
    try session.waitFor("key \(keys[0].id.description.prefix(7)), to try the backup")
    try answer(session, "right word")
    try session.waitFor("key \(keys[1].id.description.prefix(7)), to try the backup")
    try session.send("Enter")
    try session.waitFor("MODE:echo:")
    let screen = try session.screen().replacing("\n", with: "")
    #expect(
      screen.contains("opens      private/\(keys[0].id)") && screen.contains("not tried  private/\(keys[1].id)"),
      "\(screen)")
  }
}

extension String {
  /// How often a text is in it.
  fileprivate func count(of text: String) -> Int { ranges(of: text).count }
}

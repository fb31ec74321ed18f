import TestSupport
import Testing

/// Trust on first use, with and without somebody to ask.
@Suite("Trust on first use", .timeLimit(.minutes(2)))
struct FirstUseTests {
  @Test("Without a terminal the first root is refused with both names of its key, and the flag that answers")
  func nobody() throws {
    let desk = try ContentDesk()
    let outcome = try desk.run(["content", "list", ContentDesk.name, "--json"], input: Array("yes\n".utf8))
    #expect(outcome.status == 3 && outcome.errorText.contains("--trust-on-first-use"), "\(outcome.errorText)")
    #expect(outcome.text.contains("\"reason\": \"declined\""))
    #expect(outcome.errorText.contains(/key [0-9a-f]{64} \(file [0-9a-f]{64}\)/))
    #expect(desk.kept("root.json") == nil && desk.machine.contents(ContentDesk.record) == nil)
  }

  @Test("On a terminal both names are shown, and only yes trusts", arguments: ["no", "yes"])
  func asked(answer: String) throws {
    let desk = try ContentDesk()
    let program = try #require(BuiltProgram.path("keyreeve"))
    let words = [program, "content", "list", ContentDesk.name, "--sysroot", desk.machine.path]
    let session = try TerminalSession.start(
      command: words.map(TerminalSession.quote).joined(separator: " "), columns: 120, rows: 40,
      environment: desk.environment)
    try session.waitFor("Type yes or no:", timeout: 10)
    try session.waitFor("  Root key     ")
    try session.waitFor("  in root as   ")
    try session.type("y")
    try session.send("Enter")
    try session.waitFor("y\nTrust it from now on? Type yes or no:")
    #expect(desk.kept("root.json") == nil)
    try session.type(answer)
    try session.send("Enter")
    #expect(try session.exitStatus() == (answer == "yes" ? 0 : 3))
    #expect((desk.kept("root.json") != nil) == (answer == "yes"))
    if answer == "yes" { #expect(try desk.run(["content", "list", ContentDesk.name]).status == 0) }
  }
}

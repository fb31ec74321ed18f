import ExampleMachine
import TestSupport
import Testing

/// The question of a restore, on a real terminal: nothing but yes or no is an answer.
@Suite("A restore asks")
struct RestoreQuestionTests {
  @Test("No changes nothing, yes restores; anything else is asked again", arguments: ["no", "yes"])
  func question(answer: String) throws {
    let machine = try ExampleMachine()
    let file = try ExampleKey.widgets.fingerprint()
    let path = "/etc/rkt/trustedkeys/prefix.d/widgets.example/\(file)"
    let contents = machine.sandbox.contents(path)
    let backup = machine.path + "/tmp/b.tar"
    let made = try ChildProcess.run([Programs.keyreeve, "backup", backup], environment: machine.environment)
    #expect(made.status == 0, "\(made.errorText)")
    try machine.sandbox.remove(path)
    let session = try TerminalSession.start(
      command: "keyreeve restore " + TerminalSession.quote(backup), columns: 120, rows: 40,
      environment: RealConsole.environment(of: machine))
    try session.waitFor("Type yes or no:", timeout: 10)
    try session.type("y")
    try session.send("Enter")
    try session.waitFor("y\nRestore these files? Type yes or no:")
    #expect(machine.sandbox.contents(path) == nil)
    try session.type(answer)
    try session.send("Enter")
    #expect(try session.exitStatus() == (answer == "yes" ? 0 : 3))
    #expect(machine.sandbox.contents(path) == (answer == "yes" ? contents : nil))
  }
}

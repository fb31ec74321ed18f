import ExampleMachine
import Glibc
import TestSupport
import Testing

/// How the program is stopped, continued and ended from outside.
@Suite("Signals on a real terminal")
struct EndTests {
  private func send(_ signal: Int32, _ process: pid_t) { _ = kill(process, signal) }

  @Test(
    "Each kind of crash gives the terminal back and ends the process by its own signal",
    arguments: [(SIGABRT, 134), (SIGBUS, 135), (SIGILL, 132), (SIGFPE, 136), (SIGTRAP, 133)] as [(Int32, Int32)])
  func crash(signal: Int32, status: Int32) throws {
    let console = try RealConsole()
    send(signal, try console.process())
    #expect(try console.session.exitStatus() == status)
    try console.expectRestored()
  }

  @Test("An interruption from outside ends it with its status; Ctrl-C is a key and does not")
  func interrupted() throws {
    let console = try RealConsole()
    try console.session.send("C-c")
    try console.session.send("j")
    try console.session.waitFor("\n>+ VENDOR   *")
    send(SIGINT, try console.process())
    #expect(try console.session.exitStatus() == 130)
    try console.expectRestored()
  }

  @Test("Stopped and continued by signals, it draws what was typed meanwhile")
  func stopAndContinue() throws {
    let console = try RealConsole()
    let process = try console.process()
    send(SIGSTOP, process)
    try console.session.send("j")
    try console.pause()
    #expect(try console.session.screen().contains("\n>- MASKED"))
    send(SIGCONT, process)
    try console.session.waitFor("\n>+ VENDOR   *")
    try console.session.send("q")
    #expect(try console.session.exitStatus() == 0)
  }

  @Test("When the window is closed the process ends")
  func closedWindow() throws {
    let console = try RealConsole()
    let process = try console.process()
    console.session.kill()
    for _ in 0..<300 where kill(process, 0) == 0 { usleep(10_000) }
    #expect(kill(process, 0) != 0)
  }

  @Test("Where the administrator layer cannot be written it is read-only by itself, and offers the command")
  func readOnlyByItself() throws {
    let machine = try ExampleMachine()
    let jail = "bwrap --ro-bind / / --dev-bind /dev /dev --proc /proc --bind \"$TMPDIR\" \"$TMPDIR\" --die-with-parent"
    let session = try TerminalSession.start(
      command: "\(jail) keyreeve", environment: RealConsole.environment(of: machine))
    try session.waitFor("read-only", timeout: 10)
    try session.waitFor("toolbox.example")
    try session.type("/release@example.com\n")
    try session.waitFor("filter: release@example.com")
    try session.send("d")
    try session.waitFor("sudo keyreeve disable")
    try session.send("q", "q")
    let free = try TerminalSession.start(
      command: "keyreeve --read-only", environment: RealConsole.environment(of: machine))
    try free.waitFor("read-only", timeout: 10)
  }
}

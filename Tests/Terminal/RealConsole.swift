import ExampleMachine
import Glibc
import TestSupport
import Testing

/// The program on a terminal of its own, showing an example machine.
final class RealConsole {
  let machine: ExampleMachine
  let session: TerminalSession

  deinit {
    // The program ends before its machine is taken away.
    let processes = (try? processes()) ?? []
    session.kill()
    for _ in 0..<200 where processes.contains(where: { Glibc.kill($0, 0) == 0 }) { usleep(10_000) }
  }

  /// Starts it, and waits until every key has been judged.
  init(
    machine: ExampleMachine? = nil, columns: Int = 80, rows: Int = 24, variables: [String: String] = [:], keys: Int = 12
  ) throws {
    let machine = try machine ?? ExampleMachine()
    self.machine = machine
    session = try TerminalSession.start(
      command: "keyreeve", columns: columns, rows: rows, environment: Self.environment(of: machine, variables))
    try session.waitFor("\(keys) keys: ", timeout: 10)
    try session.waitUntilGone("being judged", timeout: 10)
  }

  /// The machine's environment on a terminal with colours.
  static func environment(of machine: ExampleMachine, _ more: [String: String] = [:]) -> [String: String] {
    machine.environment.merging(["TERM": "tmux-256color", "NO_COLOR": "", "SWIFT_BACKTRACE": "enable=no"]) { $1 }
      .merging(more) { $1 }
  }

  /// The number of its process.
  func process() throws -> pid_t {
    let found = try processes()
    #expect(found.count == 1)
    return try #require(found.first)
  }

  /// The processes called keyreeve with this machine in their environment.
  private func processes() throws -> [pid_t] {
    let script = """
      for p in $(pgrep -x keyreeve); do
        if tr '\\0' '\\n' </proc/$p/environ 2>/dev/null | grep -qx "KEYREEVE_SYSROOT=$1"; then echo $p; fi
      done
      """
    let found = try ChildProcess.run(["sh", "-c", script, "sh", machine.path]).text.split(separator: "\n")
    return found.compactMap { pid_t($0) }
  }

  /// How often each of its threads was woken, and how many octets it has written.
  func counters(_ process: pid_t) throws -> String {
    let script = "grep -h voluntary_ctxt_switches /proc/$1/task/*/status; grep -E 'wchar|syscw' /proc/$1/io"
    return try ChildProcess.run(["sh", "-c", script, "sh", "\(process)"]).text
  }

  /// Waits until keys that are typed ahead of a dialog are no longer dropped.
  func pause() throws { usleep(400_000) }

  /// Checks that the terminal is as it was before the program started.
  func expectRestored() throws {
    #expect(try session.value(of: "alternate_on") == "0")
    #expect(try session.value(of: "cursor_flag") == "1")
    #expect(try session.value(of: "mouse_any_flag") == "0")
    #expect(try session.value(of: "bracket_paste_flag") != "1")
  }
}

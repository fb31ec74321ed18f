import Glibc
import Images
import TestSupport
import Testing

@Suite("The ends of a run", .enabled(if: RunDesk.canRun)) struct RunEndTests {
  /// A shell that starts `keyreeve run`, waits until the program speaks, and does something to it.
  private func script(_ desk: RunDesk, _ line: String, then: String) throws -> ChildProcess.Outcome {
    let words = desk.words("run", ["example.com/box", "--", "-c", line])
    let quoted = words.map {
      "'" + $0.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
    let text = """
      out=$(mktemp); \(quoted.joined(separator: " ")) >"$out" & p=$!
      for i in $(seq 200); do grep -q up "$out" && break; sleep 0.05; done
      \(then)
      wait $p; echo "status $?"; cat "$out"; rm -f "$out"
      """
    return try ChildProcess.run(["bash", "-c", text])
  }

  @Test(arguments: ["TERM", "HUP", "USR1"]) func signalsReachTheProgram(_ signal: String) throws {
    let desk = try RunDesk()
    try desk.store(ProgramImage())
    let outcome = try script(
      desk, "trap 'echo got \(signal); exit 9' \(signal); echo up; while true; do sleep 0.05; done",
      then: "kill -\(signal) $p")
    #expect(outcome.text == "status 9\nup\ngot \(signal)\n", "\(outcome.text)\(outcome.errorText)")
    #expect(desk.leftovers.isEmpty)
  }

  @Test func whatACrashLeavesIsTakenAwayByTheNextRun() throws {
    let desk = try RunDesk()
    try desk.store(ProgramImage())
    // runc, too: what it has started goes on, and nobody holds the run any more.
    let crashed = try script(desk, "echo up; sleep 60", then: "r=$(pgrep -P $p runc); kill -9 $p $r; sleep 0.2")
    #expect(crashed.text.hasPrefix("status 137"), "\(crashed.text)")
    let name = try #require(desk.leftovers.first)
    let isThere = try ChildProcess.run(["sh", "-c", "ls -d /sys/fs/cgroup/*/\(name) /sys/fs/cgroup/\(name)"])
    #expect(isThere.text.contains(name))
    #expect(try desk.shell("echo next").text == "next\n")
    #expect(desk.leftovers.isEmpty)
    let isGone = try ChildProcess.run(["sh", "-c", "ls -d /sys/fs/cgroup/*/\(name) /sys/fs/cgroup/\(name)"])
    #expect(isGone.text.isEmpty, "\(isGone.text)")
  }

  @Test func aRunThatIsAliveIsNobodysLeftover() throws {
    let desk = try RunDesk()
    try desk.store(ProgramImage())
    // Only this program is killed: runc holds the run on.
    let other = desk.words("run", ["example.com/box", "--", "-c", "echo other"]).joined(separator: "' '")
    let collected = desk.words("image gc", []).joined(separator: "' '")
    let outcome = try script(
      desk, "echo up; sleep 1; ls /bin/sh", then: "kill -9 $p; '\(other)'; '\(collected)'; sleep 1.5")
    #expect(
      outcome.text.contains("other\n") && outcome.text.contains("0 ended runs"), "\(outcome.text)\(outcome.errorText)")
    #expect(outcome.text.hasSuffix("up\n/bin/sh\n"))
    let clean = try ChildProcess.run(desk.words("image gc", []))
    #expect(clean.text.contains("1 ended runs") && desk.leftovers.isEmpty, "\(clean.text)")
  }

  @Test(arguments: [0.0, 0.01, 0.03, 0.06, 0.1, 0.2]) func aSignalWhileUnpackingLeavesNothing(_ delay: Double) throws {
    let desk = try RunDesk()
    try desk.store(
      ProgramImage(entries: { tar in for number in 0..<4000 { tar.add("rootfs/data/f\(number)", "0", [1]) } }))
    for signal in ["TERM", "INT"] {
      let words = desk.words("run", ["example.com/box", "--", "-c", "true"]).joined(separator: "' '")
      let outcome = try ChildProcess.run(
        ["timeout", "-s", signal, "\(0.02 + delay)", "sh", "-c", "exec '\(words)'"])
      #expect([0, 124, 130, 143].contains(outcome.status), "\(outcome.status) \(outcome.errorText)")
      // A run that was ended before it noted signals has made nothing yet.
      #expect(desk.leftovers.isEmpty, "\(signal) after \(delay)")
    }
    // kill -9 leaves something, which the next run takes away.
    let words = desk.words("run", ["example.com/box", "--", "-c", "true"])
    _ = try ChildProcess.run(["timeout", "-s", "KILL", "\(0.02 + delay)"] + words)
    #expect(try desk.shell("ls /data | grep -c f").text == "4000\n")
    #expect(desk.leftovers.isEmpty)
  }

  @Test func severalRunAtOnce() throws {
    let desk = try RunDesk()
    try desk.store(ProgramImage())
    let words = desk.words("run", ["example.com/box", "--", "-c", "echo one; sleep 0.3"]).joined(separator: "' '")
    let outcome = try ChildProcess.run(["bash", "-c", "for i in 1 2 3 4 5 6; do '\(words)' & done; wait"])
    #expect(outcome.text == String(repeating: "one\n", count: 6), "\(outcome.errorText)")
    #expect(desk.leftovers.isEmpty)
  }

  @Test func aTerminalIsPassedOn() throws {
    let desk = try RunDesk()
    try desk.store(ProgramImage())
    let words = desk.words(
      "run",
      [
        "-i", "example.com/box", "--", "-c",
        "stty size 2>/dev/null; [ -t 0 ] && echo terminal $TERM; read line; echo got $line; exit 5",
      ])
    let quoted = words.map { "'\($0)'" }.joined(separator: " ")
    let session = "krrun\(getpid())"
    defer { _ = try? ChildProcess.run(["tmux", "-L", session, "kill-server"]) }
    _ = try ChildProcess.run([
      "tmux", "-L", session, "-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24",
      "\(quoted.replacing("\"", with: "")); echo ended $?; sleep 30",
    ])
    func screen(until text: String) throws -> String {
      for _ in 0..<100 {
        let shown = try ChildProcess.run(["tmux", "-L", session, "capture-pane", "-p"]).text
        if shown.contains(text) { return shown }
        usleep(50_000)
      }
      return try ChildProcess.run(["tmux", "-L", session, "capture-pane", "-p"]).text
    }
    #expect(try screen(until: "terminal ").contains("terminal "))
    _ = try ChildProcess.run(["tmux", "-L", session, "send-keys", "word", "Enter"])
    let end = try screen(until: "ended")
    #expect(end.contains("got word") && end.contains("ended 5"), "\(end)")
  }
}

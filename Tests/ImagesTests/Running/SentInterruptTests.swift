import TestSupport
import Testing

@Suite("Interrupts of a run", .enabled(if: RunDesk.canRun)) struct SentInterruptTests {
  @Test("What another process sends is passed on", arguments: ["INT", "QUIT"])
  func sent(_ signal: String) throws {
    let desk = try RunDesk()
    try desk.store(ProgramImage())
    let line =
      "trap 'exit 8' TERM; trap 'echo got \(signal); exit 9' \(signal); echo up; while true; do sleep 0.05; done"
    let words = desk.words("run", ["example.com/box", "--", "-c", line])
    // A shell has its background programs ignore both.
    let script = """
      out=$(mktemp); env --default-signal=\(signal) "$@" >"$out" & p=$!
      for i in $(seq 200); do grep -q up "$out" && break; sleep 0.05; done
      kill -\(signal) $p
      for i in $(seq 100); do kill -0 $p 2>/dev/null || break; sleep 0.05; done
      kill -TERM $p 2>/dev/null; wait $p; echo "status $?"; cat "$out"; rm -f "$out"
      """
    let outcome = try ChildProcess.run(["bash", "-c", script, "bash"] + words)
    #expect(outcome.text == "status 9\nup\ngot \(signal)\n", "\(outcome.text)\(outcome.errorText)")
    #expect(desk.leftovers.isEmpty)
  }
}

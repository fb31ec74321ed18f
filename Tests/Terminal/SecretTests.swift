import ExampleMachine
import Glibc
import TestSupport
import Testing

/// Where a typed passphrase can be found.
///
/// Nothing that Keyreeve does today asks for one; what it will ask with is tested by a program of its own.
@Suite("A typed secret in memory")
struct SecretTests {
  private static let script = """
    import re, sys
    count = 0
    wanted = bytes.fromhex(sys.argv[2])
    for line in open(f"/proc/{sys.argv[1]}/maps"):
        begin, end, mode = re.match(r"(\\w+)-(\\w+) (\\S+)", line).groups()
        if mode[0] != "r" or "[v" in line: continue
        with open(f"/proc/{sys.argv[1]}/mem", "rb", 0) as memory:
            memory.seek(int(begin, 16))
            try: count += memory.read(int(end, 16) - int(begin, 16)).count(wanted)
            except OSError: pass
    print(count)
    """

  /// How often the octets stand in the memory of a process.
  private func count(_ text: String, in process: String) throws -> Int {
    let hexadecimal = Array(text.utf8).map { String(256 + Int($0), radix: 16).suffix(2) }.joined()
    let outcome = try ChildProcess.run(["python3", "-c", Self.script, process, hexadecimal])
    return try #require(Int(outcome.text.dropLast()), "\(outcome.errorText)")
  }

  @Test("It stands there once while it is held, and nowhere once it is gone")
  func memory() throws {
    let (first, second) = ("correct-horse-4711", "battery-staple-0815")
    let session = try TerminalSession.start(
      command: "exec \(Programs.directory)/secret-reader", environment: ["TERM": "tmux-256color"])
    try session.waitFor("first: 0 typed")
    let process = try session.value(of: "pane_pid")
    try session.type(first)
    try session.waitFor("\(first.count) typed")
    #expect(try count(first, in: process) == 1)
    try session.send("Enter")
    try session.waitFor("second: 0 typed")
    #expect(try count(first, in: process) == 0)
    try session.type(second)
    try session.waitFor("\(second.count) typed")
    #expect(try count(second, in: process) == 1)
    try session.send("Enter")
    try session.waitFor("third: 0 typed")
    #expect(try count(second, in: process) == 0)
    // The search does find what is there.
    #expect(try count("TERM=tmux-256color", in: process) >= 1)
    #expect(try !session.screen().contains(first))
  }
}

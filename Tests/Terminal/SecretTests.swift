import ExampleMachine
import Glibc
import TestSupport
import Testing

/// Where a typed passphrase can be found while the screen reads it, tested by a program that does nothing else.
@Suite("A typed secret in memory")
struct SecretTests {
  @Test("It stands there once while it is held, and nowhere once it is gone")
  func memory() throws {
    let (first, second) = ("correct-horse-4711", "battery-staple-0815")
    let session = try TerminalSession.start(
      command: "exec \(try #require(BuiltProgram.path("secret-reader")))", environment: ["TERM": "tmux-256color"])
    try session.waitFor("first: 0 typed")
    let process = try session.value(of: "pane_pid")
    try session.type(first)
    try session.waitFor("\(first.count) typed")
    #expect(try MemorySearch.count(first, in: process) == 1)
    try session.send("Enter")
    try session.waitFor("second: 0 typed")
    #expect(try MemorySearch.count(first, in: process) == 0)
    try session.type(second)
    try session.waitFor("\(second.count) typed")
    #expect(try MemorySearch.count(second, in: process) == 1)
    try session.send("Enter")
    try session.waitFor("third: 0 typed")
    #expect(try MemorySearch.count(second, in: process) == 0)
    // The search does find what is there.
    #expect(try MemorySearch.count("TERM=tmux-256color", in: process) >= 1)
    #expect(try !session.screen().contains(first))
  }
}

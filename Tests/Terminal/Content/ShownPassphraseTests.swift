import TestSupport
import Testing

/// A passphrase that is shown while it is typed, by the real commands on a real terminal.
@Suite("A passphrase that is shown while it is typed on a real terminal", .timeLimit(.minutes(5)))
struct ShownPassphraseTests {
  @Test(
    "Ctrl-T shows what is typed and hides it again: never in a cell, once in memory, also after a resize, and gone with the question"
  )
  func shown() throws {
    let desk = try ContentConsole()
    let session = try desk.openRepository()
    try session.send("T")
    try session.waitFor("the tag to sign")
    try desk.fill("v2", ContentConsole.digest, "77", "")
    try desk.agree("Sign")
    try session.waitFor("targets key", timeout: 15)
    let (process, secret) = ("\(try desk.process())", "battery-staple-0815")
    try session.send("C-t")
    try session.waitFor("Ctrl-T:Hide")
    try session.type(secret)
    try session.waitFor(secret)
    #expect(try MemorySearch.count(secret, in: process) == 1)
    try session.resize(columns: 40, rows: 10)
    try session.waitFor("Ctrl-T:Hide")
    try session.waitFor(secret)
    try session.resize(columns: 80, rows: 24)
    try session.waitFor("Ctrl-T:Hide it")
    try session.waitFor(secret)
    try session.send("C-t")
    try session.waitUntilGone(secret)
    #expect(try MemorySearch.count(secret, in: process) == 1)
    try session.send("C-t", "BSpace")
    try session.waitFor("battery-staple-081")
    try session.waitUntilGone(secret)
    try session.type("é\u{9b}")
    try session.waitFor("battery-staple-081??")
    try session.send("Enter")
    try session.waitFor("does not open it", timeout: 15)
    try session.waitFor("0 characters typed, not shown")
    try session.waitUntilGone("battery")
    #expect(try MemorySearch.count("battery-staple", in: process) == 0)
  }
}

import TestSupport
import Testing

/// Input that a change refuses, by the real commands on a real terminal.
@Suite("Input that a change refuses on a real terminal", .timeLimit(.minutes(5)))
struct RefusedInputTests {
  /// The key of a form, what is typed into its fields, and a part of what is said.
  private static let refusals: [(key: String, fields: [String], words: String)] = [
    ("T", ["", ContentConsole.digest, "77", ""], "Tag: the tag to sign."),
    ("T", ["v2", "sha256:0123", "77", ""], "64 lower-case"),
    ("T", ["v2", ContentConsole.digest, "-5", ""], "FAILED"),
    ("T", ["v2", ContentConsole.digest, "9999999999999999", ""], "FAILED"),
    ("T", ["v2", ContentConsole.digest, "77", "root"], "no role that signs targets"),
    ("A", ["Al ice", "/etc/passwd"], "no name of a signer"),
    ("A", ["alice", "/nonexistent/key.pem"], "FAILED"),
    ("A", ["alice", "/etc/passwd"], "FAILED"),
    ("X", ["--yes"], "no name of a signer"),
    ("E", ["targets", "", "*", ""], "nobody delegates to targets"),
    ("E", ["targets/", "", "", ""], "Name keys, paths or a threshold"),
    ("E", ["targets/qa", "'a", "*", ""], "quotation mark"),
    ("E", ["targets/qa", "", "*", "0"], "a number from 1 on"),
    ("U", ["targets/none", "0123", ""], "64 hexadecimal digits"),
    ("F", ["root"], "no role that signs targets"),
    ("r", ["nothing"], "FAILED"),
  ]

  @Test("Bad input ends in a sentence, and never in a change")
  func refused() throws {
    let desk = try ContentConsole()
    let session = try desk.openRepository(columns: 120, rows: 36)
    let before = try desk.tree()
    for (key, fields, words) in Self.refusals {
      try session.send(key)
      try session.waitFor("[ Cancel ]")
      for field in fields {
        try session.send("C-u")
        if !field.isEmpty { try session.type(field) }
        try session.send("Tab")
      }
      try session.send("Tab", "Enter")
      try session.waitFor(words, timeout: 15)
      #expect(try !session.screen().contains("Usage:") && desk.tree() == before, "\(key) \(fields)")
      try session.send("Escape")
      try session.waitFor("Counts until")
    }
  }
}

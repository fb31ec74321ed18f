import ContentSigning
import TestSupport
import Testing

/// What was written is read back before it counts: a disk that gives back other octets than it got costs nothing.
@Suite("A key that comes back altered", .timeLimit(.minutes(3)))
struct KeyProofTests {
  enum Verb: String, CaseIterable, Sendable { case generate, `import`, passwd }

  /// Alters what one call moves to or from a file, in the memory of the program.
  private func altering(_ call: String, of file: String, _ desk: KeyDesk) -> [String] {
    let when = call == "write" ? "enter" : "exit"
    return [
      "strace", "-f", "-qq", "-o", desk.machine.located("/trace"), "-P", desk.machine.located(file), "-e",
      "trace=\(call)", "-e", "inject=\(call):poke_\(when)=@arg2=5858585858585858:when=1",
    ]
  }

  @Test(
    "The key is not placed, the old one is as it was, nothing is left, and the message says what happened",
    arguments: Verb.allCases, ["write", "read"])
  func altered(verb: Verb, call: String) throws {
    let desk = try KeyDesk()
    let key = try desk.place(passphrase: "old word")
    if verb == .import { try desk.shell("mv ..\(desk.file(key)) source") }
    let before = desk.names.map { desk.machine.contents(KeyDesk.keys + "/" + $0) }
    let source = desk.machine.contents("/desk/source")
    let (words, lines) =
      switch verb {
      case .generate: (["generate"], ["new word"])
      case .import: (["import", "source"], ["old word"])
      case .passwd: (["passwd", "\(key.id)"], ["old word", "new word"])
      }
    let outcome = try desk.key(
      words, lines: lines, under: altering(call, of: KeyDesk.keys + "/.keyreeve-key", desk))
    let trace = String(decoding: desk.machine.contents("/trace") ?? [], as: UTF8.self)
    #expect(trace.contains("INJECTED"), "nothing was altered: \(trace)")
    #expect(
      outcome.status == 1 && outcome.errorText.contains("does not come back, and was removed"),
      "\(verb) \(call): \(outcome.status) \(outcome.errorText)")
    #expect(desk.names.map { desk.machine.contents(KeyDesk.keys + "/" + $0) } == before, "\(desk.names)")
    #expect(desk.machine.contents("/desk/source") == source)
    let again = try desk.key(words, lines: lines)
    #expect(again.status == 0 && desk.names.allSatisfy { $0.hasSuffix(".key") }, "\(again.errorText)")
  }

  @Test("A copy and a backup that come back altered are none, and the key stays")
  func copies() throws {
    let desk = try KeyDesk()
    let key = try desk.place()
    let before = desk.machine.contents(desk.file(key))
    for (words, file, call) in [
      (["content", "key", "export", "\(key.id)", "--output", "copy"], "copy", "pread64"),
      (["content", "key", "remove", "\(key.id)", "--copy", "copy"], "copy", "pread64"),
      (["backup", "b"], "b", "write"),
    ] {
      let outcome = try desk.run(words, under: altering(call, of: "/desk/" + file, desk))
      let trace = String(decoding: desk.machine.contents("/trace") ?? [], as: UTF8.self)
      #expect(trace.contains("INJECTED"), "\(words): nothing was altered: \(trace)")
      #expect(outcome.status == 1, "\(words): \(outcome.status) \(outcome.text)")
      #expect(desk.machine.contents(desk.file(key)) == before && desk.machine.names(in: "/desk") == [], "\(words)")
    }
  }
}

import ContentSigning
import SignedMetadata
import StrictJSON
import TestSupport
import Testing

/// Changes of signing keys in the change log: what, which key, where, and that undo does not take them back.
@Suite("Keys in the change log", .timeLimit(.minutes(3)))
struct KeyLogTests {
  private func entries(_ run: ([String]) throws -> ChildProcess.Outcome) throws -> [JSON] {
    try JSON.parse(try run(["log", "--json"]).output)["entries"]?.array ?? []
  }

  @Test("A change that was killed is named as one to look at, before the next one and after it")
  func killed() throws {
    let desk = try KeyDesk()
    let killed = try desk.key(
      ["generate"], lines: ["new word"],
      under: [
        "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=linkat", "-e", "inject=linkat:signal=KILL:when=1",
      ])
    #expect(killed.status == 137)
    let open = try #require(try entries { try desk.run($0) }.first)
    #expect(open["outcome"]?.string?.text == "begun" && open["undo"] == .null, "\(open)")
    #expect(try desk.run(["log"]).text.contains("was interrupted: keyreeve content key list shows whether it was done"))
    #expect(try desk.key(["generate"], lines: ["new word"]).status == 0)
    let found = try entries { try desk.run($0) }
    #expect(found.compactMap { $0["outcome"]?.string?.text } == ["done", "abandoned"], "\(found)")
    #expect(try desk.run(["undo"]).status == 11)
  }

  @Test("Where the log takes nothing, no key is changed", arguments: ["generate", "passwd", "remove"])
  func unwritable(verb: String) throws {
    let desk = try KeyDesk()
    let key = try desk.place(passphrase: "old word")
    let before = desk.machine.contents(desk.file(key))
    try desk.machine.write("/var/lib/keyreeve/journal", Array("no folder".utf8))
    let words = verb == "generate" ? [] : ["\(key.id)"]
    let outcome = try desk.key(
      [verb] + words + (verb == "remove" ? ["--copy", "c"] : []),
      lines: verb == "remove" ? [] : verb == "generate" ? ["new word"] : ["old word", "new word"])
    #expect(outcome.status == 1 && outcome.errorText.contains("change log cannot be written"), "\(outcome.errorText)")
    #expect(desk.names == ["\(key.id).key"] && desk.machine.contents(desk.file(key)) == before)
  }

  @Test("A rotation is there with its role and repository, and the command that puts the former key back does")
  func rotation() throws {
    let desk = try RotationDesk()
    let old = try desk.serverKeys(.targets)[0]
    #expect(try desk.rotate(["targets"]).status == 0)
    let entry = try #require(try entries { try desk.keyreeve($0) }.first)
    #expect(entry["verb"]?.string?.text == "rotate" && entry["outcome"]?.string?.text == "done", "\(entry)")
    let lasting = entry["lasting"]
    #expect(lasting?["role"]?.string?.text == "targets")
    #expect(lasting?["repository"]?.string?.text == RotationDesk.name)
    let back = lasting?["back"]?.string?.text ?? ""
    #expect(back.contains("keyreeve content key rotate \(RotationDesk.name) targets --key \(old)"), "\(back)")
    #expect(try desk.rotate(["targets", "--key", old.description]).status == 0)
    #expect(try desk.serverKeys(.targets) == [old])
  }
}

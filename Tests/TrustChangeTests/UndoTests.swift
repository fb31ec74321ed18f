import TestSupport
import Testing
import TrustChange
import TrustModel
import TrustVerify

@Suite("Taking changes back")
struct UndoTests {
  /// What happens to a file after the change that is to be taken back.
  static let meddling: [(String, @Sendable (SandboxMachine, String) throws -> Void)] = [
    ("other contents", { try $0.write($1, [1, 2, 3]) }), ("emptied", { try $0.write($1, []) }),
    ("gone", { try $0.remove($1) }),
    (
      "a link with the same contents",
      {
        try $0.write("/copy", $0.contents($1) ?? [])
        try $0.remove($1)
        try $0.link($1, to: $0.located("/copy"))
      }
    ),
    (
      "a directory",
      {
        try $0.remove($1)
        try $0.makeDirectory($1)
      }
    ),
  ]

  @Test("An undo refuses where a file is no longer what the change left", arguments: meddling.indices)
  func changed(index: Int) throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    let keys = [try freshKey(), try freshKey()]
    let id = try desk.apply(try desk.trust(keys.flatMap(\.octets)))
    let planned = try desk.undo(id)
    try Self.meddling[index].1(machine, keys[1].place())
    let files = machine.files(of: .administrator)
    #expect(throws: ChangeError.self) { try desk.undo(id) }
    // A plan from before notices as well, before it writes anything.
    #expect(throws: ChangeError.self) { try desk.apply(planned) }
    #expect(machine.files(of: .administrator) == files)
    #expect(try desk.journal.entries.count == 1)
  }

  @Test("An undo can be taken back, and that again")
  func undoOfUndo() throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    let key = try freshKey()
    let first = try desk.apply(try desk.trust(key.octets))
    let trusted = machine.files(of: .administrator)
    let second = try desk.apply(try desk.undo(first))
    #expect(machine.files(of: .administrator).isEmpty)
    let third = try desk.apply(try desk.undo(second))
    #expect(machine.files(of: .administrator) == trusted)
    try desk.apply(try desk.undo(third))
    #expect(machine.files(of: .administrator).isEmpty)
    #expect(try desk.journal.problems.isEmpty)
  }

  @Test("A change whose undo was taken back is in force again, and the log says so")
  func backInForce() throws {
    let desk = Desk(try SandboxMachine())
    let first = try desk.apply(try desk.trust(try freshKey().octets))
    let second = try desk.apply(try desk.undo(first))
    try desk.apply(try desk.undo(second))
    #expect(try desk.journal[first]?.canBeUndone == true)
  }

  @Test("What was taken back is not taken back twice, and what was never in force not at all")
  func nothing() throws {
    let desk = Desk(try SandboxMachine())
    let id = try desk.apply(try desk.trust(try freshKey().octets))
    try desk.apply(try desk.undo(id))
    guard case .nothing(let sentence) = try desk.undo(id) else {
      Issue.record("taken back twice")
      return
    }
    #expect(sentence.contains("already taken back by change 2"))
  }

  @Test("Changes are taken back in any order that their files allow")
  func anyOrder() throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    let keys = [try freshKey(), try freshKey()]
    let ids = try keys.map { try desk.apply(try desk.trust($0.octets)) }
    try desk.apply(try desk.undo(ids[0]))
    #expect(try desk.accepted("example.com") == [keys[1].fingerprint])
    try desk.apply(try desk.undo(ids[1]))
    #expect(machine.files(of: .administrator).isEmpty)
  }

  @Test("An undo whose former contents are no longer kept, or no longer the same, says so", arguments: [true, false])
  func contentsGone(isGone: Bool) throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    let key = try freshKey()
    try machine.place(key, .administrator)
    let id = try desk.apply(try desk.planner.remove(key.fingerprint))
    let kept = "/var/lib/keyreeve/journal/contents/"
    for name in try #require(machine.names(in: kept)) {
      if isGone { try machine.remove(kept + name) } else { try machine.write(kept + name, [6, 6, 6]) }
    }
    #expect(throws: ChangeError.self) { try desk.undo(id) }
    #expect(machine.files(of: .administrator).isEmpty)
  }

  @Test(
    "A log that names another place is not obeyed",
    arguments: [
      "/etc/passwd", "/usr/lib/rkt/trustedkeys/root.d/NAME", "/etc/rkt/trustedkeys/prefix.d/../../../x/NAME",
    ])
  func foreignPlace(path: String) throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    let key = try freshKey()
    let id = try desk.apply(try desk.trust(key.octets))
    let log = "/var/lib/keyreeve/journal/log.jsonl"
    let forged = path.replacing("NAME", with: "\(key.fingerprint)")
    let text = String(decoding: try #require(machine.contents(log)), as: UTF8.self)
    try machine.write(log, Array(text.replacing(key.place(), with: forged).utf8))
    #expect(throws: ChangeError.self) { try desk.undo(id) }
  }
}

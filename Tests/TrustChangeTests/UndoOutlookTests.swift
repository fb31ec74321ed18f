import TestSupport
import Testing
import TrustChange
import TrustModel
import TrustVerify

@Suite("Whether a change could be taken back")
struct UndoOutlookTests {
  private let machine: SandboxMachine
  private let desk: Desk

  init() throws {
    machine = try SandboxMachine()
    desk = Desk(machine)
  }

  private func outlooks(limit: Int = UndoOutlook.fileLimit) throws -> [Int: UndoOutlook] {
    UndoOutlook.all(of: try desk.journal, under: desk.sysroot, limit: limit)
  }

  @Test("Safe as long as its files are as it left them; what was changed since is named")
  func changed() throws {
    let key = try freshKey()
    let id = try desk.apply(try desk.trust(key.octets))
    #expect(try outlooks() == [id: .safe])
    let entry = try #require(try desk.journal[id])
    #expect(
      try outlooks()[id]?.sentence(for: entry) == "Undo would remove that file. It has not changed since: safe.")
    try machine.write(key.place(), [1])
    #expect(try outlooks() == [id: .changed([key.place()])])
    try machine.remove(key.place())
    #expect(try outlooks() == [id: .changed([key.place()])])
    #expect(try outlooks()[id]?.sentence(for: entry).contains("will refuse") == true)
  }

  @Test("A change that was taken back has none; the undo has one")
  func undone() throws {
    let first = try desk.apply(try desk.trust(try freshKey().octets))
    let second = try desk.apply(try desk.undo(first))
    #expect(try outlooks() == [second: .safe])
  }

  @Test("Beyond the limit of files the older changes are not looked at", arguments: [1, 2])
  func limit(files: Int) throws {
    let first = try desk.apply(try desk.trust(try freshKey().octets))
    let second = try desk.apply(try desk.trust(try freshKey().octets))
    #expect(try outlooks(limit: files) == [first: files == 1 ? .unknown : .safe, second: .safe])
    #expect(UndoOutlook.fileLimit == 1000)
  }

  @Test("Redo is the undo of the last undo, and of no redo")
  func redo() throws {
    #expect(try desk.journal.lastRedoable == nil)
    let first = try desk.apply(try desk.trust(try freshKey().octets))
    #expect(try desk.journal.lastRedoable == nil)
    let undo = try desk.apply(try desk.undo(first))
    #expect(try desk.journal.lastRedoable?.id == undo)
    let redo = try desk.apply(try desk.undo(undo))
    #expect(try desk.journal.lastRedoable == nil)
    #expect(try desk.journal.lastUndoable?.id == first)
    let again = try desk.apply(try desk.undo(first))
    #expect(again == redo + 1)
    #expect(try desk.journal.lastRedoable?.id == again)
  }
}

import Stores
import TestSupport
import Testing
import TrustChange
import TrustModel
import TrustVerify

/// DESIGN, "What must always hold", rule 2: a change that was interrupted is finished or taken back, and nothing else
/// is lost.
@Suite("After a crash")
struct RecoveryTests {
  /// How far a change of two files had come.
  enum Step: String, Sendable, CaseIterable {
    case nothing, contentsKept, tornBegin, begun, temporaryTorn, temporaryWhole, firstPlacedBesideTemporary, firstDone
    case secondTemporary, bothDone, tornEnd

    /// Whether the change is finished afterwards; otherwise nothing of it is left.
    var isFinished: Bool {
      switch self {
      case .nothing, .contentsKept, .tornBegin, .begun, .temporaryTorn, .temporaryWhole: false
      case .firstPlacedBesideTemporary, .firstDone, .secondTemporary, .bothDone, .tornEnd: true
      }
    }

    /// Whether the log knows of the change.
    var isLogged: Bool { ![.nothing, .contentsKept, .tornBegin].contains(self) }
  }

  /// What the two edits do.
  enum Kind: String, Sendable, CaseIterable {
    case create, replace, remove, rotate
  }

  private static let log = "/var/lib/keyreeve/journal/log.jsonl"
  private static let top = Layer.administrator.directory

  /// A machine on which a change was interrupted at a step, and what the layer held before and would hold after.
  private struct Crash {
    let machine: SandboxMachine
    let before: [String: String]
    let after: [String: String]

    init(_ kind: Kind, at step: Step) throws {
      machine = try SandboxMachine()
      let desk = Desk(machine)
      let keys = [try freshKey(), try freshKey()].sorted { $0.fingerprint < $1.fingerprint }
      let octets = keys.flatMap(\.octets)
      try desk.apply(try desk.trust(try freshKey("Bystander <b@example.com>").octets, in: try scope("example.com")))
      if kind == .replace { for key in keys { try machine.mask(key.fingerprint) } }
      if kind == .remove { try desk.apply(try desk.trust(octets)) }
      if kind == .rotate { try desk.apply(try desk.trust(keys[0].octets)) }
      before = machine.files(of: .administrator)
      let start = try #require(machine.contents(log))
      let plan =
        switch kind {
        case .create, .replace: try desk.trust(octets, replacing: true)
        case .remove: try desk.undo(2)
        case .rotate:
          try desk.planner.rotate(
            from: keys[0].fingerprint, to: try #require(try desk.review(keys[1].octets).first), in: .root)
        }
      let change = try desk.change(plan)
      let id = try desk.apply(plan)
      after = machine.files(of: .administrator)
      try rewind(to: step, change.edits, id: id, logStart: start)
    }

    /// Undoes by hand what would not have happened yet.
    private func rewind(to step: Step, _ edits: [FileEdit], id: Int, logStart start: [UInt8]) throws {
      let whole = try #require(machine.contents(log))
      let lines = whole.dropFirst(start.count).split(separator: 0x0a)
      let begin = Array(lines[0]) + [0x0a]
      switch step {
      case .nothing, .contentsKept: try machine.write(log, start)
      case .tornBegin: try machine.write(log, start + begin.dropLast(20))
      case .tornEnd: try machine.write(log, start + begin + lines[1].prefix(30))
      default: try machine.write(log, start + begin)
      }
      let done =
        switch step {
        case .firstPlacedBesideTemporary, .firstDone, .secondTemporary: 1
        case .bothDone, .tornEnd: 2
        default: 0
        }
      for edit in edits.dropFirst(done) {
        if case .present(let octets) = edit.before { try machine.write(edit.file, octets) }
        if edit.before == .absent { try machine.remove(edit.file) }
      }
      let number = step == .secondTemporary ? 1 : 0
      guard case .present(let octets) = edits[number].after else { return }
      let temporary = top + "/.keyreeve-\(id)-\(edits[number].place.path.name)"
      switch step {
      case .temporaryTorn: try machine.write(temporary, Array(octets.prefix(octets.count / 2)))
      case .temporaryWhole, .firstPlacedBesideTemporary, .secondTemporary: try machine.write(temporary, octets)
      default: return
      }
    }
  }

  @Test(
    "The next start finishes the change or takes it back, and says which", arguments: Step.allCases, Kind.allCases)
  func recovery(step: Step, kind: Kind) throws {
    let crash = try Crash(kind, at: step)
    let desk = Desk(crash.machine)
    let report = try desk.log.recover(at: Moment.now)
    #expect(report.count == (step.isLogged ? 1 : 0))
    #expect(crash.machine.files(of: .administrator) == (step.isFinished ? crash.after : crash.before))
    let journal = try desk.journal
    #expect(!journal.entries.contains { $0.outcome == .begun })
    if step.isLogged {
      #expect(journal.problems.isEmpty)
      #expect(journal.entries.last?.outcome == (step.isFinished ? .done : .rolledBack))
    }
    #expect(try desk.log.recover(at: Moment.now).isEmpty)
  }

  @Test("A log that somebody has altered finishes nothing: it says what stands open, and the files stay as they are")
  func altered() throws {
    let crash = try Crash(.create, at: .firstDone)
    let log = "/var/lib/keyreeve/journal/log.jsonl"
    let octets = try #require(crash.machine.contents(log))
    try crash.machine.write(log, Array("{\"event\":\"x\"}\n".utf8) + octets)
    let files = crash.machine.files(of: .administrator)
    let desk = Desk(crash.machine)
    #expect(try desk.journal.isAltered)
    #expect(try desk.log.recover(at: Moment.now).isEmpty)
    #expect(crash.machine.files(of: .administrator) == files)
  }

  @Test("A number that stands twice in the log is an alteration")
  func doubled() throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    try desk.apply(try desk.trust(try freshKey().octets))
    let log = "/var/lib/keyreeve/journal/log.jsonl"
    let octets = try #require(machine.contents(log))
    #expect(try !desk.journal.isAltered)
    try machine.write(log, octets + octets)
    #expect(try desk.journal.isAltered)
    #expect(try desk.journal.problems.contains { $0.contains("begins change 1 once more") })
  }

  @Test("The next change does the same before it begins", arguments: Step.allCases, Kind.allCases)
  func nextChange(step: Step, kind: Kind) throws {
    let crash = try Crash(kind, at: step)
    let desk = Desk(crash.machine)
    let key = try freshKey("Next <n@example.com>")
    try desk.apply(try desk.trust(key.octets, in: try scope("example.org")))
    var files = crash.machine.files(of: .administrator)
    #expect(files.removeValue(forKey: key.place(try scope("example.org"))) != nil)
    #expect(files == (step.isFinished ? crash.after : crash.before))
    #expect(try desk.journal.problems.isEmpty)
    #expect(try desk.journal.entries.allSatisfy { $0.outcome == .done || $0.outcome == .rolledBack })
  }

  @Test("A finished change can be taken back as if nothing had happened", arguments: Kind.allCases)
  func undoAfterwards(kind: Kind) throws {
    let crash = try Crash(kind, at: .firstDone)
    let desk = Desk(crash.machine)
    try desk.log.recover(at: Moment.now)
    let id = try #require(try desk.journal.entries.last?.id)
    try desk.apply(try desk.undo(id))
    #expect(crash.machine.files(of: .administrator) == crash.before)
  }

  /// What others may have made of a file of the change meanwhile.
  static let meddling: [(String, @Sendable (SandboxMachine, String) throws -> Void)] = [
    ("other contents", { try $0.write($1, [1, 2, 3]) }),
    (
      "a link",
      {
        try? $0.remove($1)
        try $0.link($1, to: "/nonexistent")
      }
    ),
    (
      "a directory",
      {
        try? $0.remove($1)
        try $0.makeDirectory($1)
      }
    ),
  ]

  @Test(
    "Files that others have changed since are left as they are, and later changes go on", arguments: meddling.indices,
    [Step.begun, .firstDone])
  func abandoned(index: Int, step: Step) throws {
    let crash = try Crash(.create, at: step)
    let machine = crash.machine
    let desk = Desk(machine)
    let path = try #require(try desk.journal.entries.last?.edits.last?.file)
    try Self.meddling[index].1(machine, path)
    let files = machine.files(of: .administrator)
    let key = try freshKey("Next <n@example.com>")
    try desk.apply(try desk.trust(key.octets, in: try scope("example.org")))
    var now = machine.files(of: .administrator)
    now[key.place(try scope("example.org"))] = nil
    #expect(now == files)
    #expect(try desk.journal[2]?.outcome == .abandoned)
    #expect(try desk.journal[3]?.outcome == .done)
  }

  @Test("What is needed to finish may be gone: the change is left, nothing is made up", arguments: [true, false])
  func contentsGone(isGone: Bool) throws {
    let crash = try Crash(.create, at: .firstDone)
    let kept = "/var/lib/keyreeve/journal/contents/"
    for name in try #require(crash.machine.names(in: kept)) {
      if isGone { try crash.machine.remove(kept + name) } else { try crash.machine.write(kept + name, [6, 6, 6]) }
    }
    let files = crash.machine.files(of: .administrator)
    let desk = Desk(crash.machine)
    try desk.log.recover(at: Moment.now)
    #expect(crash.machine.files(of: .administrator) == files)
    #expect(try desk.journal.entries.last?.outcome == .abandoned)
  }

  @Test("A machine without a log needs nothing and gets nothing")
  func clean() throws {
    let machine = try SandboxMachine()
    #expect(try Desk(machine).log.recover(at: Moment.now).isEmpty)
    #expect(machine.names(in: "/var") == nil)
  }
}

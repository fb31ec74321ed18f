import Stores
import TestSupport
import Testing
import TrustChange
import TrustModel
import TrustVerify

/// A restore that was interrupted at any step is finished or taken back (reference/security.md, row B-06).
@Suite("After a crash in a restore")
struct RestoreRecoveryTests {
  /// How far the restore of two private files had come.
  enum Step: String, Sendable, CaseIterable {
    case nothing, tornBegin, begun, temporaryTorn, temporaryWhole, firstPlacedBesideTemporary, firstDone
    case secondTemporary, bothDone, tornEnd

    /// How many of the two files are in place.
    var done: Int {
      switch self {
      case .nothing, .tornBegin, .begun, .temporaryTorn, .temporaryWhole: 0
      case .firstPlacedBesideTemporary, .firstDone, .secondTemporary: 1
      case .bothDone, .tornEnd: 2
      }
    }
  }

  private static let log = "/var/lib/keyreeve/journal/log.jsonl"
  private static let files = [Kept.keyPath, Kept.metadataPath]

  /// A machine on which a restore was interrupted; with `replacing` both files were there with other contents.
  private struct Crash {
    let machine: SandboxMachine
    let archive: BackupArchive
    let before: [String: String]
    let after: [String: String]

    init(at step: Step, replacing: Bool) throws {
      machine = try SandboxMachine()
      let desk = Desk(machine)
      try machine.write(Kept.keyPath, Kept.key, mode: 0o600)
      try machine.write(Kept.metadataPath, Kept.metadata(5))
      archive = try desk.backup()
      let old = [[1, 2, 3], Kept.metadata(3)]
      for (path, octets) in zip(files, old) {
        if replacing { try machine.write(path, octets) } else { try machine.remove(path) }
      }
      before = try machine.stored
      let id = try #require(try desk.apply(try desk.restore(archive, force: true)).first)
      after = try machine.stored
      let lines = try #require(machine.contents(log)).split(separator: 0x0a)
      let begin = Array(lines[0]) + [0x0a]
      switch step {
      case .nothing: try machine.write(log, [])
      case .tornBegin: try machine.write(log, Array(begin.dropLast(20)))
      case .tornEnd: try machine.write(log, begin + lines[1].prefix(30))
      default: try machine.write(log, begin)
      }
      for (path, octets) in zip(files, old).dropFirst(step.done) {
        if replacing { try machine.write(path, octets) } else { try machine.remove(path) }
      }
      let whole = archive.contents[step == .secondTemporary ? 1 : 0]
      let name = step == .secondTemporary ? "root.json" : String(repeating: "ab", count: 25)
      let temporary = Kept.trust + "/.keyreeve-\(id)-" + name
      switch step {
      case .temporaryTorn: try machine.write(temporary, Array(whole.prefix(whole.count / 2)), mode: 0o600)
      case .temporaryWhole, .firstPlacedBesideTemporary, .secondTemporary:
        try machine.write(temporary, whole, mode: 0o600)
      default: break
      }
    }
  }

  @Test(
    "The next start finishes it or takes it back, and leaves nothing over", arguments: Step.allCases, [true, false])
  func recovery(step: Step, replacing: Bool) throws {
    let crash = try Crash(at: step, replacing: replacing)
    let desk = Desk(crash.machine)
    try desk.log.recover(at: Moment.now)
    // A log that knows nothing of the change knows nothing of the file in the making either; there is none then.
    #expect(try crash.machine.stored == (step.done > 0 ? crash.after : crash.before))
    #expect(try desk.journal.entries.allSatisfy { $0.outcome == .done || $0.outcome == .rolledBack })
    #expect(crash.machine.names(in: Kept.trust)?.contains { $0.hasPrefix(".keyreeve") } == false)
    for path in Self.files where step.done > 0 { #expect(crash.machine.mode(path) == 0o600) }
    // A second run completes it.
    try desk.apply(try desk.restore(crash.archive, force: true))
    #expect(try crash.machine.stored == crash.after)
    #expect(try desk.journal.problems.isEmpty)
  }

  @Test("What others have changed since is left", arguments: [Step.begun, .firstDone])
  func meddling(step: Step) throws {
    let crash = try Crash(at: step, replacing: false)
    try crash.machine.write(Kept.metadataPath, Kept.metadata(7))
    let files = try crash.machine.stored
    let desk = Desk(crash.machine)
    try desk.log.recover(at: Moment.now)
    #expect(try crash.machine.stored == files)
    #expect(try desk.journal.entries.map(\.outcome) == [.abandoned])
  }
}

import Stores
import Synchronization
import TestSupport
import Testing
import TrustChange
import TrustModel
import TrustVerify

/// K-17: many at once.
@Suite("Several writers at once", .timeLimit(.minutes(3)))
struct WritersTests {
  private final class Tally: Sendable {
    let applied = Atomic(0)
    let refused = Atomic(0)
  }

  @Test("Of fifty writers with fifty keys none is lost, and readers see whole files all the time")
  func different() throws {
    let machine = try SandboxMachine()
    let path = machine.path
    let keys = try (0..<50).map { _ in try freshKey() }
    let desk = Desk(path)
    let plans = try keys.map { try desk.change(try desk.trust($0.octets)) }
    let tally = Tally()
    let torn = try OwnThread.during {
      let threads = try plans.map { change in
        try OwnThread {
          do {
            _ = try Desk(path).log.apply(change, at: Moment.now)
            tally.applied.add(1, ordering: .relaxed)
          } catch {
            Issue.record("\(error)")
          }
        }
      }
      for thread in threads { thread.join() }
    } repeat: {
      let inventory = KeyInventory(Desk(path).layers)
      for key in inventory.keys where key.certificate == nil { Issue.record("torn: \(key.file.path)") }
      if let journal = try? Desk(path).journal, journal.problems.contains(where: { !$0.contains("incomplete") }) {
        Issue.record("\(journal.problems)")
      }
    }
    #expect(torn > 0)
    #expect(tally.applied.load(ordering: .relaxed) == 50)
    #expect(try desk.accepted("example.com") == Set(keys.map(\.fingerprint)))
    let journal = try desk.journal
    #expect(journal.problems.isEmpty)
    #expect(journal.entries.map(\.id) == Array(1...50))
    #expect(journal.entries.allSatisfy { $0.outcome == .done })
    #expect(machine.names(in: Layer.administrator.directory) == ["prefix.d", "root.d"])
  }

  @Test("Of ten writers with one plan one writes, and the others are told that the file has changed")
  func same() throws {
    let machine = try SandboxMachine()
    let path = machine.path
    let key = try freshKey()
    let desk = Desk(path)
    let change = try desk.change(try desk.trust(key.octets))
    let tally = Tally()
    let threads = try (0..<10).map { _ in
      try OwnThread {
        do throws(ChangeError) {
          _ = try Desk(path).log.apply(change, at: Moment.now)
          tally.applied.add(1, ordering: .relaxed)
        } catch .changedSincePlan {
          tally.refused.add(1, ordering: .relaxed)
        } catch {
          Issue.record("\(error)")
        }
      }
    }
    for thread in threads { thread.join() }
    #expect(tally.applied.load(ordering: .relaxed) == 1)
    #expect(tally.refused.load(ordering: .relaxed) == 9)
    #expect(try desk.journal.entries.map(\.outcome) == [.done])
    #expect(try desk.journal.problems.isEmpty)
  }

  @Test("Processes take turns as threads do")
  func processes() throws {
    let program = try #require(BuiltProgram.path("keyreeve"))
    let machine = try SandboxMachine()
    let keys = try (0..<8).map { _ in try freshKey() }
    for (index, key) in keys.enumerated() { try machine.write("/key\(index)", key.octets) }
    let script = """
      for i in 0 1 2 3 4 5 6 7; do
        "$1" trust --root --skip-fingerprint-review --sysroot "$2" "$2/key$i" >"$2/out$i" 2>&1 &
      done
      wait
      """
    let outcome = try ChildProcess.run(["sh", "-c", script, "sh", program, machine.path])
    #expect(outcome.status == 0)
    let desk = Desk(machine)
    // The programs judge by the clock of the machine and the tests by theirs; these keys hold at both.
    #expect(try desk.accepted("example.com") == Set(keys.map(\.fingerprint)), "\(outcome.errorText)")
    #expect(try desk.journal.problems.isEmpty)
    #expect(try desk.journal.entries.map(\.outcome) == [JournalEntry.Outcome](repeating: .done, count: 8))
  }
}

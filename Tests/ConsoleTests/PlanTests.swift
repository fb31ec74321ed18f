import ExampleMachine
import Glibc
import Screen
import TestSupport
import Testing
import TrustModel
import TrustVerify

/// Nothing is written before a plan was seen and its button was pressed.
@Suite("Plans in the console")
struct PlanTests {
  private typealias Step = ScriptedTerminal.Step

  private func mask() throws -> String {
    "/etc/rkt/trustedkeys/prefix.d/example.com/\(try ExampleKey.release.fingerprint())"
  }

  /// Runs a script and returns whether any file of the machine is another than before.
  private func changes(_ script: [Step], isReadOnly: Bool = false) async throws -> (run: ConsoleRun, changed: Bool) {
    let machine = try ExampleMachine(images: true)
    let before = try machine.fingerprint()
    let run = try await ConsoleRun(script, on: machine, isReadOnly: isReadOnly)
    return (run, try machine.fingerprint() != before)
  }

  @Test("Enter alone cancels, as often as it is pressed")
  func enterCancels() async throws {
    let once: [Step] = Steps.type("d") + [.until("Cancel"), .enter, .until("Nothing was changed.")]
    let (run, changed) = try await changes(Steps.at("release@example.com") + once + once + [.enter, .enter, .enter])
    #expect(!changed)
    #expect(run.frames.contains { $0.style(of: "[ Cancel ]")?.attributes.contains(.reverse) == true })
  }

  @Test("Where trust is withdrawn the last four digits are needed, and then a mask is written and logged")
  func digits() async throws {
    let digits = try Steps.digits(.release)
    let (run, changed) = try await changes(
      Steps.planToDisable + [.tab, .tab, .enter, .until("Type the last 4 digits")]
        + [.tab, .tab] + Steps.type("0000") + [.tab, .enter, .until("Type the last 4 digits")]
        + [.tab, .tab, .event(.key(.control("u")))] + digits + [.tab, .until("[ Disable ]"), .enter]
        + [.until("Done, #1"), .until("MASKED   example.com")])
    #expect(changed)
    #expect(run.machine.sandbox.contents(try mask()) == [])
    #expect(run.machine.sandbox.mode(try mask()) == 0o644)
    let entry = try #require(try run.journal().first)
    #expect(entry.verb == "disable" && entry.outcome == .done)
    #expect(entry.author.description == "alice")
  }

  @Test("Esc and Ctrl-C close a plan", arguments: [Event.key(.escape), .interrupt])
  func cancelled(by event: Event) async throws {
    let (run, changed) = try await changes(
      Steps.planToDisable + [.tab] + (try Steps.digits(.release)) + [
        .tab, .event(event), .until("Nothing was changed"),
      ])
    #expect(!changed)
    #expect(run.frame.position(of: "STATE") != nil)
  }

  @Test("A paste never acts: not in a list, not on a button, and in a field it does not press Enter")
  func paste() async throws {
    let tail = String("\(try ExampleKey.release.fingerprint())".suffix(4))
    let (run, changed) = try await changes(
      Steps.at("release@example.com") + [.event(.paste("d\t\t\nq3")), .until("A paste does nothing here.")]
        + Steps.type("d") + [.until("Cancel"), .event(.paste("\t\t\n")), .tab, .event(.paste(tail + "\n\t\n"))]
        + [.until("[ Disable ]"), .event(.paste("\n"))])
    #expect(!changed)
    #expect(run.frame.position(of: "Plan: disable") != nil)
  }

  @Test("A key is enabled without digits, but not without its button")
  func enable() async throws {
    let (run, changed) = try await changes(
      Steps.at("2019") + Steps.type("e") + [.until("Cancel"), .tab, .enter, .until("Done, #1")])
    #expect(changed)
    #expect(try run.journal().map(\.verb) == ["enable"])
  }

  @Test("Undo from the log takes back the change that the cursor is on, undo in the list the last one")
  func undo() async throws {
    let machine = try ExampleMachine(images: true)
    try SeededLog.write(on: machine)
    let run = try await ConsoleRun(
      Steps.type("3") + [.until("disable")] + Steps.type("Gu") + [.until("Cancel"), .tab, .enter, .until("Done, #4")]
        + [.until("undone"), .escape] + Steps.type("gu") + [.until("here is no change to take back")], on: machine)
    let journal = try run.journal()
    #expect(journal.map(\.undoes) == [nil, nil, 2, 1])
    let archive = try ExampleKey.archive.fingerprint()
    #expect(machine.sandbox.mode("/etc/rkt/trustedkeys/root.d/\(archive)") == nil)
  }

  @Test("A plan is not applied once its file has changed")
  func changedSince() async throws {
    let machine = try ExampleMachine(images: true)
    let file = machine.sandbox.located(try mask())
    let run = try await ConsoleRun(
      Steps.planToDisable + [.tab] + (try Steps.digits(.release)) + [.tab]
        + [.outside { close(open(file, O_WRONLY | O_CREAT, 0o600)) }, .enter, .until("has changed since")],
      on: machine, size: Size(rows: 24, columns: 160))
    #expect(try run.journal().isEmpty)
    #expect(machine.sandbox.mode(try mask()) == 0o600)
  }

  @Test("Why a change failed can be read at 80 columns")
  func longMessage() async throws {
    let machine = try ExampleMachine(images: true)
    let file = machine.sandbox.located(try mask())
    let run = try await ConsoleRun(
      Steps.planToDisable + [.tab] + (try Steps.digits(.release)) + [.tab]
        + [.outside { close(open(file, O_WRONLY | O_CREAT, 0o600)) }, .enter, .perhaps("changed")], on: machine)
    #expect(run.frame.position(of: "changed") != nil, "\(run.frame.text())")
  }

  @Test("Read-only, every changing key names the command instead", arguments: ["d", "e", "D", "u", "t", "r"])
  func readOnly(key: String) async throws {
    let (run, changed) = try await changes(
      Steps.at("release@example.com") + Steps.type(key) + [.until("Read-only here")], isReadOnly: true)
    #expect(!changed)
    #expect(run.frame.position(of: "sudo keyreeve ") != nil)
  }

  @Test("Read-only, no key can be trusted from a file")
  func readOnlyTrust() async throws {
    let (_, changed) = try await changes(
      Steps.type("gt") + Steps.type("keys/release2.asc") + [.tab, .event(.key(.control("u")))]
        + Steps.type("example.com") + [.enter, .perhaps("ANOTHER WAY")] + (try Steps.comparisonKeys(.release2))
        + [.enter, .enter, .perhaps("Plan: trust"), .tab, .enter, .perhaps("Done, #")], isReadOnly: true)
    #expect(!changed)
  }

  @Test("In a window that is too small to show a plan, it cannot be confirmed")
  func unseen() async throws {
    let (run, changed) = try await changes(
      Steps.at("2019") + Steps.type("e") + [.until("Cancel"), .event(.resize(Size(rows: 6, columns: 30)))]
        + [.until("Keyreeve needs"), .tab, .enter, .outside { usleep(300_000) }])
    #expect(!changed, "confirmed behind:\n\(run.frame.text())")
  }
}

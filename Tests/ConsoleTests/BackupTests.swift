import ExampleMachine
import Screen
import Stores
import TestSupport
import Testing
import TrustModel
import TrustVerify

/// Backups in the console: made, checked, and brought back by their plan.
@Suite("Backups in the console")
struct BackupTests {
  private typealias Step = ScriptedTerminal.Step

  private func machine() throws -> ExampleMachine {
    let machine = try ExampleMachine(images: true)
    try machine.sandbox.makeDirectory("/backups")
    return machine
  }

  /// The administrator's file that switches a key off for every name.
  private func archiveMask() throws -> String {
    "/etc/rkt/trustedkeys/root.d/\(try ExampleKey.archive2019.fingerprint())"
  }

  /// Somebody takes the mask of 2019 away.
  private func unmask(_ machine: ExampleMachine) throws -> Step {
    let path = machine.sandbox.located(try archiveMask())
    return .outside { try Outside.remove(path) }
  }

  private func made(_ more: [Step]) -> [Step] { Steps.backup(.make) + [.until("written, read back")] + more }

  @Test("A backup is made for its owner's eyes, is whole, and what is there is never replaced")
  func make() async throws {
    let machine = try machine()
    let file = "/" + Steps.backupFile
    let run = try await ConsoleRun(
      made([.picture("made")]) + [.enter, .until("exists"), .picture("again")] + Steps.again(.check)
        + [.until("The backup is whole, but")], on: machine)
    #expect(machine.sandbox.mode(file) == 0o600)
    let archive = try BackupArchive(file: machine.sandbox.located(file))
    #expect(archive.manifest.host == "web01" && archive.manifest.program == "keyreeve 1.0")
    #expect(run.picture("made").position(of: "Made: \(archive.manifest.files.count) files") != nil)
    #expect(run.frame.position(of: "= the same") != nil)
    #expect(run.frame.position(of: "PROBLEM      trusted-keys/prefix.d/toolbox.example/") != nil)
  }

  @Test("A backup whose files are what their names say is good")
  func good() async throws {
    let machine = try machine()
    try machine.sandbox.remove(
      "/etc/rkt/trustedkeys/prefix.d/toolbox.example/\(try ExampleKey.site.fingerprint())")
    let run = try await ConsoleRun(made([]) + Steps.again(.check) + [.until("Good: the backup is whole")], on: machine)
    #expect(run.frame.position(of: "PROBLEM") == nil)
  }

  @Test("Enter in the field makes nothing; neither does Enter alone restore anything")
  func enterAlone() async throws {
    let machine = try machine()
    let run = try await ConsoleRun(
      Steps.type("b") + [.until("Make a backup"), .event(.key(.control("u"))), .enter, .until("Type the path")]
        + Steps.type(Steps.backupFile) + [.enter], on: machine)
    #expect(machine.sandbox.names(in: "/backups") == [])
    #expect(run.frame.style(of: "[ Make a backup ]")?.attributes.contains(.reverse) == true)
    let restore = try await ConsoleRun(
      made([try unmask(machine)]) + Steps.again(.restore) + [.until("Plan: restore"), .enter]
        + [.until("Nothing was restored.")], on: machine)
    #expect(try restore.journal().isEmpty)
    #expect(machine.sandbox.contents(try archiveMask()) == nil)
  }

  @Test("The plan comes first, the word has to be typed, and undo takes the restore back")
  func restore() async throws {
    let machine = try machine()
    let run = try await ConsoleRun(
      made([try unmask(machine)]) + Steps.again(.restore) + [.until("Plan: restore"), .picture("plan")]
        + [.tab, .tab, .enter, .until("Type the word restore first."), .tab, .tab] + Steps.type("restore")
        + [.tab, .until("[ Restore ]"), .enter, .until("Done, #1"), .picture("done"), .escape, .until("MASKED   *")]
        + Steps.type("gu") + [.until("Plan: undo"), .tab, .enter, .until("Done, #2")], on: machine)
    let plan = run.picture("plan").text()
    for words in ["trusted-keys in /etc/rkt/trustedkeys", "1 added", "+ add", "as in the backup"] {
      #expect(plan.contains(words), "\(plan)")
    }
    #expect(run.picture("done").position(of: "Restored 1 store") != nil)
    #expect(try run.journal().map(\.verb) == ["restore", "undo"])
    #expect(machine.sandbox.contents(try archiveMask()) == nil)
  }

  @Test("What would be overwritten unasked is refused: the plan offers nothing but Cancel, and names the command")
  func refused() async throws {
    let machine = try machine()
    let path = "/etc/rkt/trustedkeys/prefix.d/site.example/\(try ExampleKey.site.fingerprint())"
    let located = machine.sandbox.located(path)
    let run = try await ConsoleRun(
      made([.outside { try Outside.empty(located) }]) + Steps.again(.restore)
        + [.until("cannot be restored"), .picture("plan"), .tab, .tab, .enter, .until("Nothing was restored.")],
      on: machine)
    let plan = run.picture("plan").text()
    #expect(plan.contains("switched off here") && plan.contains("--force backups/one.backup"), "\(plan)")
    #expect(!plan.contains("Restore ]"))
    #expect(machine.sandbox.contents(path) == [])
  }

  @Test("Where the machine is as in the backup there is nothing to restore")
  func nothing() async throws {
    let run = try await ConsoleRun(made([]) + Steps.again(.restore) + [.until("Nothing to restore")], on: try machine())
    #expect(try run.journal().isEmpty)
  }

  @Test(
    "What is no backup, damaged or missing says so", arguments: ["keys/release.asc", "backups/cut", "backups/none"])
  func unreadable(file: String) async throws {
    let machine = try machine()
    let name = file.hasPrefix("keys") ? machine.sandbox.located("/" + file) : file
    try machine.sandbox.write("/backups/cut", [UInt8](repeating: 0, count: 700))
    let run = try await ConsoleRun(Steps.backup(.check, file: name) + [.until("FAILED")], on: machine)
    #expect(run.frame.position(of: "is whole") == nil, "\(run.frame.text())")
  }

  @Test("Read-only, making and restoring name the command, checking works")
  func readOnly() async throws {
    let machine = try machine()
    _ = try await ConsoleRun(made([]), on: machine)
    let before = try machine.fingerprint()
    let run = try await ConsoleRun(
      Steps.backup(.make) + [.until("keyreeve backup \(Steps.backupFile)")] + [.tab, .tab, .enter]
        + [.until("sudo keyreeve restore"), .event(.key(.backTab)), .enter, .until("The backup is whole, but")],
      on: machine, isReadOnly: true)
    #expect(try machine.fingerprint() == before)
    #expect(run.frame.position(of: "Backups") != nil)
  }

  @Test("A machine that changed after the plan was shown is not overwritten")
  func changedSince() async throws {
    let machine = try machine()
    let mask = machine.sandbox.located(try archiveMask())
    let run = try await ConsoleRun(
      made([try unmask(machine)]) + Steps.again(.restore) + [.until("Plan: restore"), .tab] + Steps.type("restore")
        + [.tab, .outside { try Outside.write(mask) }, .enter, .until("failed, and nothing is left")],
      on: machine)
    #expect(run.frame.position(of: "FAILED") != nil)
    #expect(try run.journal().allSatisfy { $0.outcome != .done })
  }
}

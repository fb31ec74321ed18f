@testable import Console
import ExampleMachine
import Screen
import Stores
import TestSupport
import Testing
import TrustModel
import TrustVerify

/// The audit in the console: the same findings as the command, mended by their plans, ignored with a reason.
@Suite("Audit in the console")
struct AuditTests {
  /// To the findings.
  static let open: [ScriptedTerminal.Step] = Steps.type("g5") + [.perhaps("undermine trust")]

  /// To the first finding whose key can be disabled, and which one that is.
  private func mendable(_ machine: ExampleMachine) throws -> (finding: Finding, way: [ScriptedTerminal.Step]) {
    let findings = try findings(machine)
    let index = try #require(findings.firstIndex { $0.fix?.dropFirst().first == "disable" })
    return (findings[index], Self.open + Steps.type(String(repeating: "j", count: index)))
  }

  private func findings(_ machine: ExampleMachine) throws -> [Finding] {
    let layers = KeyLayers(sysroot: Sysroot(machine.path))
    let journal = try Journal(ConsoleRun.state(machine))
    return Auditor(layers, journal: journal, at: SystemClock.now).findings
  }

  @Test("The list shows every finding of the command, worst first")
  func same() async throws {
    let machine = try ExampleMachine(images: true)
    let run = try await ConsoleRun(Self.open, on: machine)
    let findings = try findings(machine)
    #expect(run.frame.position(of: "\(findings.count) findings: ") != nil)
    #expect(run.frame.position(of: "> ! ERROR") != nil)
    let mended = try await ConsoleRun(try mendable(machine).way, on: machine)
    #expect(mended.frame.position(of: "FIX: Enter shows the plan: keyreeve disable") != nil)
  }

  @Test("Enter shows the plan of the fix; once it is done the finding is gone")
  func mend() async throws {
    let machine = try ExampleMachine(images: true)
    let (finding, way) = try mendable(machine)
    let digits = try #require(finding.fingerprint).description.suffix(4)
    let plan: [ScriptedTerminal.Step] = way + [.enter, .until("Plan: disable"), .picture("plan"), .tab]
    // A key that counts for nothing is disabled without typing its digits.
    let run = try await ConsoleRun(plan + [.enter, .until("Done, #1")], on: machine)
    #expect(run.picture("plan").position(of: "[ Cancel ]") != nil, "\(digits)")
    #expect(try !findings(machine).contains { $0.id == finding.id && $0.file == finding.file })
  }

  @Test("A finding is ignored for a reason, which audit --all shows; i heeds it again")
  func ignore() async throws {
    let machine = try ExampleMachine(images: true)
    let first = try #require(try findings(machine).first)
    let run = try await ConsoleRun(
      Self.open + Steps.type("i") + [.until("because:"), .enter, .until("Type a reason")] + Steps.type("known to all")
        + [.enter, .until("1 ignored")] + Steps.type("ag") + [.until("known to all"), .picture("shown")], on: machine)
    #expect(run.picture("shown").position(of: "known to all") != nil)
    let decisions = try IgnoredFindings(ConsoleRun.state(machine))
    #expect(decisions.entries.map(\.id) == [first.id])
    #expect(decisions.entries.first?.decision.reason == "known to all")
    let again = try await ConsoleRun(
      Steps.type("g5") + [.until("1 ignored")] + Steps.type("agi") + [.until("Heeded again"), .gone("1 ignored")],
      on: machine)
    #expect(again.frame.position(of: "1 ignored") == nil)
    #expect(try IgnoredFindings(ConsoleRun.state(machine)).entries.isEmpty)
  }

  @Test("Read-only, the fix and the decision are shown as commands")
  func readOnly() async throws {
    let machine = try ExampleMachine(images: true)
    let (finding, way) = try mendable(machine)
    let run = try await ConsoleRun(
      way + [.enter, .until("sudo keyreeve disable"), .picture("fix")] + Steps.type("i")
        + [.until("keyreeve ignore \(finding.id)")], on: machine, isReadOnly: true)
    #expect(run.picture("fix").position(of: "Read-only here") != nil)
  }

  @Test("A fix that is a command of the log or of nobody is no plan; the others are")
  func requests() throws {
    let digits = String(repeating: "ab", count: 20)
    let fixes: [([String], Bool)] = [
      (["keyreeve", "disable", digits, "--root"], true),
      (["keyreeve", "remove", digits, "--prefix", "example.com"], true),
      (["keyreeve", "enable", digits, "--prefix", "Example"], false), (["mv", "a", "b", "c"], false),
      (["keyreeve", "rotate", "--root", "--from", digits, "--finish"], true), (["keyreeve"], false),
      (["keyreeve", "rotate", "--root", "--from"], false), (["keyreeve", "disable", digits, "--everywhere"], true),
      (["keyreeve", "remove", "--file", "/etc/rkt/trustedkeys/x"], true), (["keyreeve", "trust", digits, "x"], false),
    ]
    for (fix, isPlan) in fixes { #expect((PlanRequest(fix: fix) != nil) == isPlan, "\(fix)") }
  }

  /// To the only finding of a kind, which is in view.
  private func way(_ machine: ExampleMachine, to id: String) throws -> [ScriptedTerminal.Step] {
    let index = try #require(try findings(machine).firstIndex { $0.id == id })
    return Self.open + Steps.type(String(repeating: "j", count: index))
  }

  @Test("A stray file goes by a plan, and u brings it back")
  func stray() async throws {
    let machine = try ExampleMachine(images: true)
    let path = "/etc/rkt/trustedkeys/root.d/notes.txt"
    try machine.sandbox.write(path, [1, 2])
    let run = try await ConsoleRun(
      try way(machine, to: "stray-file") + [.until("keyreeve remove --file"), .enter, .until("Plan: remove")]
        + [.picture("plan"), .tab, .enter, .until("Done, #1")], on: machine)
    #expect(run.picture("plan").position(of: "it vouches for nobody") != nil)
    let gone = try #require(try run.journal().last?.edits.first?.file)
    #expect(machine.sandbox.contents(gone) == nil)
    _ = try await ConsoleRun(
      Steps.type("u") + [.until("Plan: undo"), .tab, .enter, .until("Done, #2")], on: machine)
    #expect(machine.sandbox.contents(gone) != nil)
  }

  @Test("Rights and links are the shell's: the command is shown and copied, and nothing is run")
  func shell() async throws {
    let machine = try ExampleMachine(images: true)
    try machine.sandbox.setMode("/etc/rkt/trustedkeys/root.d", 0o777)
    let run = try await ConsoleRun(
      try way(machine, to: "world-writable") + [.enter, .until("Mend it with the shell")] + Steps.type("y")
        + [.until("Copied the command"), .enter, .until("undermine")], on: machine)
    #expect(run.copied == ["sudo chmod o-w \(machine.path)/etc/rkt/trustedkeys/root.d"])
    #expect(try findings(machine).contains { $0.id == "world-writable" })
  }
}

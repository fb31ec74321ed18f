import ExampleMachine
import Glibc
import OpenPGP
import Screen
import Stores
import TestSupport
import Testing
import TrustChange
import TrustModel
import TrustVerify

@testable import Console

/// What is confirmed is what was shown, and nothing else.
@Suite("Plans are bound to what was shown")
struct PlanBindingTests {
  private typealias Step = ScriptedTerminal.Step

  private func mask(_ scope: String = "example.com") throws -> String {
    "/etc/rkt/trustedkeys/prefix.d/\(scope)/\(try ExampleKey.release.fingerprint())"
  }

  private func digits() throws -> [Step] { [.tab] + (try Steps.digits(.release)) + [.tab] }

  @Test("A look at the machine under an open plan changes nothing of what is confirmed")
  func frozen() async throws {
    let machine = try ExampleMachine(images: true)
    let folder = machine.sandbox.located("/etc/rkt/trustedkeys/root.d/")
    let names = (0..<3).map { folder + String(repeating: "\($0)", count: 40) }
    let run = try await ConsoleRun(
      Steps.planToDisable + [.picture("before")]
        + [.outside { for name in names { try Outside.write(name) } }, .outside { usleep(400_000) }]
        + (try digits()) + [.picture("after"), .enter, .until("Done, #1"), .until("15 keys")], on: machine)
    // The plan's own rows; the buttons below them have changed with the digits.
    for row in 1..<14 { #expect(run.picture("before").text(ofRow: row) == run.picture("after").text(ofRow: row)) }
    #expect(try run.journal().flatMap(\.edits).map(\.file) == [try mask()])
  }

  @Test("Where a file has changed since, the new plan is shown in place of the old one, and applied only when pressed")
  func plannedAnew() async throws {
    let machine = try ExampleMachine(images: true)
    let file = machine.sandbox.located(try mask())
    let key = try ExampleKey.release.armored()
    let run = try await ConsoleRun(
      Steps.planToDisable + (try digits())
        + [.outside { try Outside.write(file, key) }, .enter, .until("this is the new plan"), .picture("new")]
        + [.enter, .until("Nothing was changed."), .picture("cancelled")], on: machine)
    #expect(run.picture("new").position(of: "replace a file") != nil, "\(run.picture("new").text())")
    #expect(run.picture("new").style(of: "[ Cancel ]")?.attributes.contains(.reverse) == true)
    #expect(run.picture("cancelled").position(of: "Plan:") == nil)
    #expect(try run.journal().isEmpty)
    #expect(machine.sandbox.contents(try mask()) == key)
  }

  @Test("The new plan is a plan like any other")
  func appliedAnew() async throws {
    let machine = try ExampleMachine(images: true)
    let file = machine.sandbox.located(try mask())
    let key = try ExampleKey.release.armored()
    let run = try await ConsoleRun(
      Steps.planToDisable + (try digits())
        + [.outside { try Outside.write(file, key) }, .enter, .until("this is the new plan")] + (try digits())
        + [.enter, .until("Done, #1")], on: machine)
    #expect(run.machine.sandbox.contents(try mask()) == [])
    #expect(try run.journal().map(\.verb) == ["disable"])
  }

  @Test("A key in a second scope: the plan says that it still counts there, and Everywhere plans both, Cancel focused")
  func everywhere() async throws {
    let machine = try ExampleMachine(images: true)
    try SecondScope.write(on: machine)
    let run = try await ConsoleRun(
      Steps.planToDisable + [.until("stays trusted for mirror.example"), .event(.key(.backTab)), .enter]
        + [.until("everywhere?"), .picture("wider")] + (try digits())
        + [.enter, .until("Done, #1")], on: machine)
    #expect(run.picture("wider").style(of: "[ Cancel ]")?.attributes.contains(.reverse) == true)
    #expect(run.picture("wider").position(of: "[ Everywhere ]") == nil)
    #expect(Set(try run.journal().flatMap(\.edits).map(\.file)) == [try mask(), try mask(SecondScope.prefix)])
    #expect(try run.journal().count == 1)
  }

  @Test("Enter on Everywhere writes nothing, and after it Enter alone cancels")
  func everywhereEnter() async throws {
    let machine = try ExampleMachine(images: true)
    try SecondScope.write(on: machine)
    let run = try await ConsoleRun(
      Steps.planToDisable + [.event(.key(.backTab)), .enter, .until("everywhere?"), .enter]
        + [.until("Nothing was changed.")], on: machine)
    #expect(try run.journal().isEmpty)
  }

  @Test("y copies the command that does the same, but not while digits are typed")
  func copied() async throws {
    let machine = try ExampleMachine(images: true)
    let run = try await ConsoleRun(
      Steps.planToDisable + Steps.type("y") + [.until("Copied the command."), .tab] + Steps.type("y"), on: machine)
    let fingerprint = try ExampleKey.release.fingerprint()
    #expect(
      run.copied == ["keyreeve disable \(fingerprint) --prefix example.com --sysroot \(machine.path)"])
    #expect(run.frame.position(of: "COMMAND") != nil)
  }

  @Test("Ctrl-R does again what u took back, from the log and from the keys, as long as there is an undo")
  func redo() async throws {
    let machine = try ExampleMachine(images: true)
    let redo = Step.event(.key(.control("r")))
    let run = try await ConsoleRun(
      [redo, .until("There is no undo to take back")] + Steps.planToDisable + (try digits())
        + [.enter, .until("Done, #1"), .until("MASKED   example.com"), .gone("being judged")] + Steps.type("u")
        + [.until("Cancel"), .tab, .enter, .until("Done, #2"), .until("Ctrl-R does it again")]
        + [.until("VENDOR   example.com"), .gone("being judged"), redo, .until("Cancel")] + (try digits())
        + [.enter, .until("Done, #3"), .until("MASKED   example.com"), .gone("being judged")] + Steps.type("3")
        + [.until("redo, by undo of #2"), redo, .until("There is no undo to take back")], on: machine)
    #expect(try run.journal().map(\.undoes) == [nil, 1, 2])
    #expect(machine.sandbox.contents(try mask()) == [])
  }

  @Test("Several keys in one plan: each by name and file, one effect, as many commands as keys")
  func several() throws {
    let machine = try ExampleMachine(images: true)
    let keys: [(ExampleKey, Scope)] = [
      (.release, .prefix(try Prefix("example.com"))), (.builds, .prefix(try Prefix("old.example"))), (.archive, .root),
      (.site, .prefix(try Prefix("site.example"))),
    ]
    let several = Several(
      verb: .disable, keys: try keys.map { KeyInScope(fingerprint: try $0.0.fingerprint(), scope: $0.1) })
    let layers = KeyLayers(sysroot: Sysroot(machine.path))
    var inventory = KeyInventory(layers)
    inventory.judge(by: CertificateJudge(), at: Moment.now)
    let plan = try ChangePlanner(inventory, layers: layers, at: Moment.now).several(
      .disable, several.keys.map(\.location))
    guard case .change(let change) = plan else { throw SeededStore.Refused(message: "nothing was planned") }
    let context = Context(
      machine: Machine(
        inventory, number: 1, journal: Journal(lines: []), isJudged: true, problems: [], at: Moment.now),
      now: Moment.now, host: "web01", isReadOnly: false, isStoreReadOnly: false, sysroot: nil,
      theme: .suited(colours: 16, wanted: true))
    for size in [Size.full, FrameTests.large] {
      var model = ConsoleModel(context, size: size)
      model.run([.work(.plan(.several(several)))])
      _ = model.takePending()
      model.handle(.planned(plan, reason: nil, request: .several(several)), at: Moment.now)
      #expect(model.takePending().contains { if case .dropTypeAhead = $0 { true } else { false } })
      var grid = Grid(size: size)
      model.draw(into: &grid)
      #expect(grid.position(of: "Disable 3 keys?") != nil)
      #expect(grid.position(of: "Type how many keys no longer count") != nil)
      let name = "plan-several-\(size.columns)x\(size.rows)"
      #expect(FrameFile.text(of: grid) == (try FrameFile.kept(name, now: FrameFile.text(of: grid))), "\(name) differs")
    }
    #expect(PlanRequest.several(several).commands(for: change).count == 3)
  }

  @Test("A new plan is shown where the old one was pressed, and to nobody who has gone on", arguments: [false, true])
  func leftMeanwhile(hasLeft: Bool) throws {
    let machine = try ExampleMachine(images: true)
    let layers = KeyLayers(sysroot: Sysroot(machine.path))
    let fingerprint = try ExampleKey.release.fingerprint()
    let plan = try ChangePlanner(KeyInventory(layers), layers: layers, at: Moment.now).disable(fingerprint)
    guard case .change(let change) = plan else { throw SeededStore.Refused(message: "nothing was planned") }
    let context = Context(
      machine: nil, now: Moment.now, host: "web01", isReadOnly: false, isStoreReadOnly: false, sysroot: nil,
      theme: .suited(colours: 16, wanted: true))
    let request = PlanRequest.disable(fingerprint, .prefix(try Prefix("example.com")))
    var model = ConsoleModel(context, size: .full)
    model.run([.work(.apply(change, reason: nil, request: request))])
    if hasLeft { model.run([.open(TrustScreen(scope: nil))]) }
    model.handle(.planned(plan, reason: nil, request: request, changed: "/etc/x"), at: Moment.now)
    #expect((model.screens.last is PlanScreen) == !hasLeft)
  }
}

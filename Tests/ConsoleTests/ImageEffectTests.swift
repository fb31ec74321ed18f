import ExampleMachine
import OpenPGP
import Screen
import Stores
import TestSupport
import Testing
import TrustChange
import TrustModel
import TrustVerify

/// What a plan does to the images of the store.
@Suite("Plans and the images of the store")
struct ImageEffectTests {
  private typealias Step = ScriptedTerminal.Step

  private func machine() throws -> ExampleMachine {
    let machine = try ExampleMachine(images: true)
    try SeededStore.write(on: machine)
    return machine
  }

  private func planner(_ machine: ExampleMachine) -> ChangePlanner {
    let layers = KeyLayers(sysroot: Sysroot(machine.path))
    var inventory = KeyInventory(layers)
    inventory.judge(by: CertificateJudge(), at: Moment.now)
    return ChangePlanner(inventory, layers: layers, at: Moment.now)
  }

  private func weighed(_ plan: Plan, _ machine: ExampleMachine) throws -> Change {
    guard case .change(let change) = plan.weighed(by: SeededStore.images(of: machine), at: Moment.now) else {
      throw SeededStore.Refused(message: "nothing was planned")
    }
    return change
  }

  private func names(_ change: Change) -> [String: Bool] {
    Dictionary(uniqueKeysWithValues: change.images.map { ($0.name, $0.isAccepted) })
  }

  @Test("The images that only this key vouches for are named, and are what the store then refuses")
  func disable() throws {
    let machine = try machine()
    let fingerprint = try ExampleKey.release.fingerprint()
    let change = try weighed(try planner(machine).disable(fingerprint), machine)
    #expect(names(change) == ["example.com/hello:0.0.1": false])
    #expect(change.refusedImages == "1 image here will be REFUSED: example.com/hello:0.0.1")
    let store = SeededStore.images(of: machine)
    func accepted() throws -> Set<String> {
      Set(
        store.judged(try store.records().records, at: Moment.now).filter(\.today.isAccepted).map {
          "\($0.record.name)"
        })
    }
    let before = try accepted()
    let log = ChangeLog(
      sysroot: Sysroot(machine.path), state: ConsoleRun.state(machine), author: ConsoleRun.author)
    _ = try log.apply(change, at: Moment.now)
    #expect(before.subtracting(try accepted()) == ["example.com/hello"])
    // And back again: the image is accepted once more.
    let back = try weighed(try planner(machine).enable(fingerprint), machine)
    #expect(names(back) == ["example.com/hello:0.0.1": true])
    #expect(back.refusedImages == nil && back.acceptedImages?.contains("accepted again") == true)
  }

  @Test("A mask of every name reaches the images of narrower scopes; a key in a second scope keeps them")
  func scopes() throws {
    let machine = try machine()
    let release = try ExampleKey.release.fingerprint()
    #expect(names(try weighed(try planner(machine).disable(release, in: .root), machine)).count == 1)
    try machine.sandbox.place(try ExampleKey.release.certificate(), .distribution)
    let own = Scope.prefix(try Prefix("example.com"))
    #expect(try weighed(try planner(machine).disable(release, in: own), machine).images.isEmpty == false)
    try machine.sandbox.place(try ExampleKey.release.certificate(), .administrator)
    #expect(try weighed(try planner(machine).disable(release, in: own), machine).images.isEmpty)
  }

  @Test("A new key vouches for images that are there: of those that were taken unverified for none")
  func trust() throws {
    let machine = try machine()
    let builder = try TrustReview(
      try ExampleKey.builder.certificate().octets, source: "a file", at: Moment.now
    ).candidates
    let scope = Scope.prefix(try Prefix("builder.example"))
    #expect(try weighed(try planner(machine).trust(builder, in: scope), machine).images.isEmpty)
  }

  @Test("Images beyond the limit are counted, not passed over in silence", arguments: [1, 4])
  func limit(count: Int) throws {
    let machine = try machine()
    let mask = KeyInventory.Replacement(
      KeyLocation(layer: .administrator, scope: .root, fingerprint: try ExampleKey.release.fingerprint()),
      certificate: nil, exists: true)
    let outlook = try SeededStore.images(of: machine).outlook([mask], at: Moment.now, limit: count)
    #expect(outlook.unseen == 4 - count)
    #expect(StoredImages.outlookLimit == 10_000)
  }

  @Test("An image that cannot be read is counted, and the plan says so")
  func damaged() throws {
    let machine = try machine()
    try SeededStore.damage(machine)
    let change = try weighed(try planner(machine).disable(try ExampleKey.release.fingerprint()), machine)
    #expect(change.warnings.contains { $0.hasPrefix("1 image of the store could not be looked at") })
    #expect(change.images.count == 1)
  }

  @Test("The plan names the image that will be refused, and asks for digits")
  func shown() async throws {
    let run = try await ConsoleRun(Steps.planToDisable, on: try machine())
    #expect(run.frame.position(of: "1 image here will be REFUSED: example.com/hello:0.0.1") != nil)
    #expect(run.frame.position(of: "Images HERE will be refused") != nil)
  }

  @Test("No digits where nothing is refused: a key that has expired counts for nothing already")
  func noDigits() async throws {
    let run = try await ConsoleRun(
      Steps.at("old.example") + Steps.type("d") + [
        .until("Cancel"), .picture("plan"), .tab, .enter, .until("Done, #1"),
      ],
      on: try machine())
    #expect(run.picture("plan").position(of: "Type the last") == nil)
  }
}

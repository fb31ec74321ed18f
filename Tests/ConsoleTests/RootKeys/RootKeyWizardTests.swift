import ContentChange
import Screen
import Testing
import TrustModel

@testable import Console

/// The seven steps as a value: what leads where, and what is asked of the worker.
@Suite("The way to a first root key")
struct RootKeyWizardTests {
  typealias Step = RootKeyWizard.Step
  typealias Action = RootKeyWizard.Action

  private func press(_ wizard: inout RootKeyWizard, _ place: RootKeyWizard.Place) -> Action {
    wizard.point(at: place)
    return wizard.take(.key(.enter))
  }

  private func isWriting(_ action: Action) -> Bool {
    guard case .work(let order) = action else { return false }
    if case .check = order.task { return false }
    return true
  }

  @Test("Until the button of step 4 is pressed nothing that writes is asked for, whatever is pressed")
  func nothingBefore() {
    var dice = Dice(7)
    for _ in 0..<60 {
      var wizard = RootKeyStates.wizard()
      for _ in 0..<80 {
        let isOnMake = wizard.step == .make && wizard.focus == .next
        let event: Event = [.key(.enter), .key(.tab), .key(.backTab), .text("x"), .text(" "), .key(.control("p"))][
          dice.roll(6)]
        let action = wizard.take(event)
        if case .ask = action {
          for _ in 0..<2 { _ = wizard.take(.given(SecretOctets(Array("correct horse".utf8)))) }
        }
        guard isWriting(action) else { continue }
        #expect(isOnMake && event == .key(.enter))
        break
      }
    }
  }

  @Test("Steps follow each other, and Back and Ctrl-P lead through them again; what was chosen stays")
  func order() {
    var wizard = RootKeyStates.at(.make)
    #expect(wizard.focus == .cancel)
    _ = wizard.take(.key(.control("p")))
    #expect(wizard.step == .passphrase && wizard.choice.taken != nil)
    _ = press(&wizard, .back)
    #expect(wizard.step == .name)
    _ = press(&wizard, .back)
    _ = wizard.take(.key(.control("p")))
    #expect(wizard.step == .checks)
  }

  @Test("What is written cannot be unmade by Back: from the copy on there is no way to the steps before")
  func noWayBack() {
    var wizard = RootKeyStates.at(.backUp)
    _ = wizard.take(.key(.control("p")))
    #expect(wizard.step == .backUp)
    var later = RootKeyStates.at(.finish)
    for _ in 0..<9 { _ = later.take(.key(.control("p"))) }
    #expect(later.step == .backUp)
  }

  @Test("A bad check, no name, no passphrase and no copy each hold the way up, and say why")
  func obstacles() {
    var bad = RootKeyStates.wizard(RootKeyStates.bad)
    guard case .say(let text) = press(&bad, .next) else { return #expect(Bool(false), "nothing was said") }
    #expect(bad.step == .checks && text.contains("mended"))
    var nameless = RootKeyStates.at(.name)
    nameless.name.clear()
    _ = press(&nameless, .next)
    #expect(nameless.step == .name)
    var open = RootKeyStates.at(.passphrase)
    _ = press(&open, .next)
    #expect(open.step == .passphrase)
    var copyless = RootKeyStates.at(.backUp)
    _ = press(&copyless, .next)
    #expect(copyless.step == .backUp)
    _ = press(&copyless, .skip)
    #expect(copyless.step == .writeDown)
  }

  @Test("Where a root key is here, another one is a decision: Cancel has the focus, and the button says so")
  func another() {
    let wizard = RootKeyStates.wizard(RootKeyStates.another)
    #expect(wizard.focus == .cancel && wizard.buttons.map(\.name) == ["Cancel", "Make another one"])
  }

  @Test("A name has 40 characters at most, and becomes a file name")
  func name() {
    var wizard = RootKeyStates.at(.name)
    _ = wizard.take(.key(.control("u")))
    _ = wizard.take(.paste(String(repeating: "x", count: 41)))
    #expect(wizard.name.text.count == RootKeyWizard.nameLimit)
    wizard.name = LineField("Acme Root/../x", limit: RootKeyWizard.nameLimit)
    #expect(wizard.fileName == "acme-root----x.key")
  }

  @Test("The key stays here where no copy was proved: taking it off is not offered")
  func keep() {
    var wizard = RootKeyStates.at(.backUp)
    _ = press(&wizard, .skip)
    _ = press(&wizard, .next)
    #expect(wizard.step == .finish && !wizard.places.contains(.takeOff))
    wizard.isTakenOff = true
    let action = press(&wizard, .next)
    #expect(!isWriting(action))
    #expect(wizard.isDone && !wizard.isTakenOff)
  }

  @Test("While work goes on nothing is taken, and a failure leaves the step as it was")
  func busy() {
    var wizard = RootKeyStates.at(.make)
    let first = press(&wizard, .next)
    let second = wizard.take(.key(.enter))
    #expect(isWriting(first) && !isWriting(second))
    guard case .none = wizard.take(.key(.escape)) else { return #expect(Bool(false), "it was left") }
    _ = wizard.take(.failed("No space."))
    #expect(wizard.step == .make && wizard.problem == "No space." && wizard.made == nil)
  }

  @Test(
    "Before anything is written Esc leaves at once; after it, what is there is told and asked about",
    arguments: Step.allCases)
  func leaving(step: Step) throws {
    var wizard = RootKeyStates.at(step)
    let action = wizard.take(.key(.escape))
    guard step.rawValue > Step.make.rawValue else {
      guard case .close(let text) = action else { return #expect(Bool(false), "it was not left") }
      #expect(text == "Nothing was written." && wizard.choice.taken == nil)
      return
    }
    #expect(wizard.isLeaving && wizard.focus == .back)
    let made = try #require(RootKeyStates.made)
    #expect(wizard.lines.contains { $0.text.contains("\(made.id)") })
    guard case .close(let text) = wizard.take(.key(.escape)) else { return #expect(Bool(false), "it was not left") }
    #expect(text.contains(made.file) && wizard.choice.taken == nil)
    #expect(text.contains("no copy") == (step == .backUp))
  }

  @Test("The passphrase is in no description of an action, an effect or an order")
  func descriptions() throws {
    var wizard = RootKeyStates.at(.make)
    let action = press(&wizard, .next)
    guard case .work(let order) = action else { return #expect(Bool(false), "nothing was asked for") }
    var text = "\(wizard) \(action) \(Effect.work(.rootKey(order)))"
    dump(order, to: &text)
    dump(wizard, to: &text)
    #expect(!text.contains("correct") && !text.contains("4711"))
  }

  @Test("At the end the passphrase is gone from memory, whether the key stays or goes", arguments: [true, false])
  func wiped(goes: Bool) {
    var wizard = RootKeyStates.at(.finish)
    weak let passphrase = wizard.choice.taken
    #expect(passphrase != nil)
    wizard.isTakenOff = goes
    do {
      let action = press(&wizard, .next)
      #expect(isWriting(action) == goes)
    }
    if goes { _ = wizard.take(.removed) }
    #expect(wizard.isDone && wizard.isTakenOff == goes)
    #expect(passphrase == nil)
  }
}

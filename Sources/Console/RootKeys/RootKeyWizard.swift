internal import ContentChange
internal import ContentSigning
internal import Screen
internal import TrustModel

/// The way to a first root key as a value: the step, what is known and chosen, and where the focus is.
///
/// Pure. Nothing is written before `make`; what is written after it is told whenever somebody leaves.
struct RootKeyWizard: Sendable {
  /// The steps, in their order.
  enum Step: Int, CaseIterable, Sendable {
    case checks = 1
    case name, passphrase, make, backUp, writeDown, finish
  }

  /// Where the focus can be.
  enum Place: Hashable, Sendable {
    case cancel, back, next
    case name, kind(PrivateSigningKey.Kind)
    case type, draw, typeBack
    case file, write, skip
    case keep, takeOff
  }

  /// What the screen has to do.
  enum Action: Sendable {
    case none
    /// Has a passphrase typed.
    case ask
    /// Work beside the loop.
    case work(RootKeyOrder)
    /// Copies both names of the key.
    case copy(String)
    case say(String)
    /// Closes the screen.
    case close(String)
    /// A question opens that must not be answered by what was typed ahead.
    case turn
  }

  /// The kinds of a root key: certificates of others are not read by docker and notary.
  static let kinds: [PrivateSigningKey.Kind] = [.p256, .p384, .rsa]
  /// The most characters of a name.
  static let nameLimit = 40

  var step = Step.checks
  var focus = Place.next
  var checks: RootKeyChecks?
  var name = LineField("root", limit: nameLimit)
  var kind = PrivateSigningKey.Kind.p256
  var choice: PassphraseChoice
  var made: MadeRootKey?
  var file = LineField(limit: 4_096)
  var copy: RootKeyCopy?
  /// Whether the person goes on without a copy.
  var isSkipped = false
  var isTakenOff = false
  /// Whether the last step is done.
  var isDone = false
  /// Whether somebody is asked if they mean to leave.
  var isLeaving = false
  /// What is being done beside the loop.
  var work: RootKeyOrder?
  /// Why the last thing was not done.
  var problem: String?

  /// The first step, and the work that it begins with.
  init(choice: PassphraseChoice = PassphraseChoice()) {
    self.choice = choice
    work = RootKeyOrder(.check)
  }

  /// Whether anything was written that stays.
  var hasWritten: Bool { made != nil }

  /// The places of the step, in the order of Tab.
  var places: [Place] {
    if isDone { return [.cancel] }
    if isLeaving { return [.back, .cancel] }
    switch step {
    case .checks: return [.cancel, .next]
    case .name: return [.name] + Self.kinds.map { .kind($0) } + [.cancel, .back, .next]
    case .passphrase:
      if case .drawn = choice.stage { return [.typeBack, .type, .draw, .cancel, .back, .next] }
      return [.type, .draw, .cancel, .back, .next]
    case .make: return [.cancel, .back, .next]
    case .backUp: return [.file, .write, .cancel] + (copy == nil ? [.skip] : []) + [.next]
    case .writeDown: return [.cancel, .back, .next]
    case .finish: return (copy == nil ? [.keep] : [.keep, .takeOff]) + [.cancel, .back, .next]
    }
  }

  /// Why the next step cannot be taken; nil where it can.
  var obstacle: String? {
    switch step {
    case .checks where checks == nil: "The checks are not done yet."
    case .checks where checks?.allowsKey == false: "What is marked - has to be mended first; nothing was written."
    case .name where name.text.trimmed.isEmpty: "Give it a name: it is for you, and for the file of the copy."
    case .passphrase where choice.taken == nil: "Choose a passphrase first."
    case .backUp where copy == nil && !isSkipped: "Write a copy first, or go on without one."
    case .checks, .name, .passphrase, .make, .backUp, .writeDown, .finish: nil
    }
  }

  /// What stays when somebody leaves, in one sentence.
  var remains: String {
    guard let made else { return "Nothing was written." }
    if isDone, isTakenOff { return "The root key is off this machine; its copy is \(VisibleText(copy?.path ?? ""))." }
    let kept = copy.map { "; a copy that was proved is \(VisibleText($0.path))." } ?? "; no copy was proved."
    return "Root key \(made.id.shown) is in \(VisibleText(made.file))" + kept
  }

  /// The name as a part of a file name.
  var fileName: String {
    let letters = name.text.trimmed.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    return String(letters) + ".key"
  }
}

internal import ContentChange
internal import Screen
internal import TrustModel

/// How far the choice of a new passphrase is: typed twice, or drawn, written down and typed back.
///
/// Pure. Passphrases are compared in place; none ever becomes text.
struct PassphraseChoice: Sendable {
  /// How far it is.
  enum Stage: Sendable {
    /// None is chosen.
    case none
    /// It is typed for the first time: so many characters.
    case typing(Int)
    /// It is typed for the second time.
    case again(SecretOctets, Int)
    /// Words were drawn, and are shown.
    case drawn(SecretOctets)
    /// The words are typed back, and no longer shown.
    case typingBack(SecretOctets, Int)
    /// It is chosen.
    case taken(SecretOctets, isDrawn: Bool)
  }

  private(set) var stage = Stage.none
  /// Why the last one was not taken.
  private(set) var problem: String?
  /// What is being typed, where it is to be seen.
  private(set) var shown: (any SecretText)?
  private let draw: @Sendable () -> SecretOctets

  init(draw: @escaping @Sendable () -> SecretOctets = { WordPassphrase().octets }) { self.draw = draw }

  /// The one that is chosen.
  var taken: SecretOctets? { if case .taken(let octets, _) = stage { octets } else { nil } }
  /// Whether somebody is typing it now.
  var isTyping: Bool {
    switch stage {
    case .typing, .again, .typingBack: true
    case .none, .drawn, .taken: false
    }
  }

  /// Begins typing one.
  mutating func begin() { (stage, problem) = (.typing(0), nil) }

  /// Draws one of words.
  mutating func drawWords() { (stage, problem) = (.drawn(draw()), nil) }

  /// Begins to type back the words that were drawn.
  mutating func typeBack() {
    guard case .drawn(let octets) = stage else { return }
    (stage, problem) = (.typingBack(octets, 0), nil)
  }

  /// Forgets everything: what was chosen is wiped with its last owner.
  mutating func forget() { (stage, problem) = (.none, nil) }

  /// Takes what was typed; true where more has to be typed.
  mutating func take(_ typed: TypedSecret) -> Bool {
    shown = typed.shown
    switch (stage, typed) {
    case (.typing, .typing(let typing)): stage = .typing(typing.count)
    case (.again(let first, _), .typing(let typing)): stage = .again(first, typing.count)
    case (.typingBack(let drawn, _), .typing(let typing)): stage = .typingBack(drawn, typing.count)
    case (.typing, .given(let octets)): return takeFirst(octets)
    case (.again(let first, _), .given(let octets)): takeSecond(octets, first)
    case (.typingBack(let drawn, _), .given(let octets)):
      let isSame = octets.elementsEqual(drawn)
      stage = isSame ? .taken(drawn, isDrawn: true) : .drawn(drawn)
      problem = isSame ? nil : "That is something else: here are the words again."
    case (.typingBack(let drawn, _), .cancelled): stage = .drawn(drawn)
    case (.typing, .cancelled), (.again, .cancelled): forget()
    case (.none, _), (.drawn, _), (.taken, _): break
    }
    return false
  }

  private mutating func takeFirst(_ octets: SecretOctets) -> Bool {
    if let refusal = PassphraseStrength.refusal(octets) {
      (stage, problem) = (.none, "That one is not taken: \(refusal).")
      return false
    }
    stage = .again(octets, 0)
    return true
  }

  private mutating func takeSecond(_ octets: SecretOctets, _ first: SecretOctets) {
    guard octets.elementsEqual(first) else {
      return (stage, problem) = (.none, "The two are not the same: begin again.")
    }
    stage = .taken(first, isDrawn: false)
  }
}

/// What became of a question for a passphrase.
enum TypedSecret: Sendable {
  /// So much is typed.
  case typing(SecretTyping)
  /// It was typed to its end.
  case given(SecretOctets)
  /// Nobody gives one.
  case cancelled

  /// What is being typed, where it is to be seen.
  var shown: (any SecretText)? { if case .typing(let typing) = self { typing.shown } else { nil } }
}

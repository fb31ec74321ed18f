public import TrustModel

/// Asks a person at the terminal: which key it is, what it is for, and nothing that they type is shown.
///
/// New passphrases are asked for twice; an empty line asks for one of words.
public struct TerminalPassphrases: PassphrasePerson {
  private let terminal: SecretTerminal

  /// Questions on a terminal.
  public init(_ terminal: SecretTerminal) { self.terminal = terminal }

  /// Asks once.
  public func passphrase(for request: KeyRequest, isRepeated: Bool) -> SecretOctets? {
    if isRepeated { terminal.say("That passphrase does not open it.") }
    guard let typed = ask("Passphrase of the \(request.words), \(request.shownPurpose): ") else { return nil }
    return typed.isEmpty ? nil : typed
  }

  /// Asks until two lines are the same, or none is wanted.
  public func newPassphrase(for request: KeyRequest) -> SecretOctets? {
    terminal.say("The \(request.words) gets a passphrase, \(request.shownPurpose).")
    terminal.say(
      "At least \(PassphraseStrength.fewest) characters; an empty line draws one of \(WordPassphrase.count) words.")
    while true {
      guard let first = ask("New passphrase: ") else { return nil }
      if first.isEmpty {
        guard let drawn = draw() else { continue }
        return drawn
      }
      if let refusal = PassphraseStrength.refusal(first) {
        terminal.say("That one is not taken: \(refusal).")
        continue
      }
      terminal.say("Strength: \(PassphraseStrength(first).words).")
      guard let second = ask("The same again: ") else { return nil }
      if second.elementsEqual(first) { return first }
      terminal.say("The two are not the same.")
    }
  }

  /// Draws words and has them typed back, so that they are written down; nil where the person wants others or none.
  private func draw() -> SecretOctets? {
    let drawn = WordPassphrase().octets
    terminal.say("Drawn by this computer, \(WordPassphrase.bits) bits; write it down and keep it apart from the key:")
    terminal.show(drawn)
    guard let typed = ask("Type it, to show that you have it (an empty line takes it back): "), !typed.isEmpty else {
      terminal.eraseShown()
      return nil
    }
    terminal.eraseShown()
    guard typed.elementsEqual(drawn) else {
      terminal.say("That is something else.")
      return nil
    }
    return drawn
  }

  private func ask(_ prompt: String) -> SecretOctets? {
    while true {
      switch terminal.readSecret(prompt, limit: GivenPassphrase.limit) {
      case .line(let octets): return octets
      case .tooLong: terminal.say("That is longer than \(GivenPassphrase.limit) octets: nothing was taken.")
      case .end: return nil
      }
    }
  }
}

extension KeyRequest {
  /// What it is wanted for, with nothing that a terminal would act on.
  fileprivate var shownPurpose: String { VisibleText(purpose, limit: 300).description }
}

internal import ContentChange
internal import Screen

/// How far the choice of a passphrase is, in words: never what it is.
struct PassphraseLines {
  private let choice: PassphraseChoice

  init(_ choice: PassphraseChoice) { self.choice = choice }

  var lines: [DescribedLine] {
    let problem = choice.problem.map { [DescribedLine("", $0, .refused)] } ?? []
    return problem + stage
  }

  private var stage: [DescribedLine] {
    switch choice.stage {
    case .none:
      return [DescribedLine("Passphrase", "at least \(PassphraseStrength.fewest) characters; random words are best")]
    case .typing(let count):
      return [DescribedLine("Passphrase", Self.typed(count, isShown: choice.shown != nil), .heading)]
    case .again(let first, let count):
      return [
        DescribedLine("Strength", PassphraseStrength(first).words),
        DescribedLine("Again", Self.typed(count, isShown: choice.shown != nil), .heading),
      ]
    case .drawn:
      return [DescribedLine("Words", "\(WordPassphrase.bits) bits, drawn by this computer. Write them down:")]
    case .typingBack(_, let count):
      return [DescribedLine("The words", Self.typed(count, isShown: choice.shown != nil), .heading)]
    case .taken(let octets, let isDrawn):
      let strength = isDrawn ? "\(WordPassphrase.bits) bits, typed back as drawn" : PassphraseStrength(octets).words
      return [
        DescribedLine("Passphrase", isDrawn ? "chosen" : "chosen; both are the same", .accepted),
        DescribedLine("Strength", strength),
      ]
    }
  }

  /// How much of one is typed.
  static func typed(_ count: Int, isShown: Bool) -> String {
    "\(count) \(count == 1 ? "character" : "characters") typed\(isShown ? ":" : ", not shown")"
  }

  /// What the keys do while one is typed.
  static func keys(_ escape: String, isShown: Bool, isNarrow: Bool) -> String {
    let show = isShown ? "Ctrl-T:Hide" : "Ctrl-T:Show"
    return isNarrow ? "Enter:Done  \(show)  Esc:Stop" : "Enter:Done  \(show) it  Ctrl-U:Clear  Esc:\(escape)"
  }
}

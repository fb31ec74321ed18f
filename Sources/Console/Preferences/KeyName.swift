internal import Screen

/// How a key is written in configuration: `d`, `Space`, `F5`, `PgDn`, `Ctrl-R`.
enum KeyName {
  /// Keys with a name of several letters.
  private static let named: [Key] =
    [
      .enter, .escape, .tab, .backTab, .backspace, .delete, .insert, .up, .down, .left, .right, .home, .end, .pageUp,
      .pageDown,
    ] + (1...12).map { .function($0) }

  /// Letters behind Ctrl that a terminal sends as another key, or that always mean the same.
  private static let taken: Set<Character> = ["c", "h", "i", "j", "l", "m", "z"]

  /// The event that a name stands for; nil where no key can be bound by it.
  static func event(_ name: some StringProtocol) -> Event? {
    let lower = name.lowercased()
    if lower == "space" { return .text(" ") }
    if let key = named.first(where: { $0.name.lowercased() == lower }) { return .key(key) }
    if lower.hasPrefix("ctrl-"), let letter = lower.last, lower.count == 6 {
      guard ("a"..."z").contains(letter), !taken.contains(letter) else { return nil }
      return .key(.control(letter))
    }
    guard name.count == 1, let character = name.first, character.unicodeScalars.count == 1, character != " " else {
      return nil
    }
    return .text(character)
  }

  /// How an event is shown in help and hints.
  static func text(_ event: Event) -> String {
    switch event {
    case .text(" "): "Space"
    case .text(let character): String(character)
    case .key(let key): key.name
    case .paste, .mouse, .resize, .interrupt: ""
    }
  }
}

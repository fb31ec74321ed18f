/// One line of help: a key of the screen below, or a word that the screens use.
struct HelpEntry: Sendable, Equatable {
  let section: String
  let keys: String
  let text: String
  /// What Enter runs; nil where the line only explains.
  var command: Command?

  /// Whether every word of a search is in it.
  func matches(_ search: String) -> Bool {
    let all = "\(section) \(keys) \(text) \(command?.rawValue ?? "")".lowercased()
    return search.lowercased().split(separator: " ").allSatisfy { all.contains($0) }
  }

  /// What works on a screen, by the table and the keys that are bound, and the words.
  static func all(_ commands: [Command], _ keys: KeyBindings) -> [HelpEntry] {
    Command.Section.allCases.flatMap { section in
      Command.ordered(commands).filter { $0.row.section == section }.map { command in
        let row = keys.row(command)
        return HelpEntry(section: section.rawValue, keys: row.keys, text: row.help, command: command)
      } + (section == .program ? always : [])
    } + words
  }

  /// Keys that the terminal itself takes, or that always mean the same.
  private static let always = [
    ("Ctrl-C", "close what is open, stop what runs"), ("Ctrl-L", "draw everything again"),
    ("Ctrl-Z", "suspend; fg comes back"), ("Shift", "held, the mouse selects text as usual"),
  ].map { HelpEntry(section: Command.Section.program.rawValue, keys: $0.0, text: $0.1) }

  private static let words = [
    ("VENDOR", "only in /usr/lib"), ("LOCAL", "only in /etc"), ("OVERRIDE", "in both, and they differ"),
    ("SAME", "in both, alike"), ("MASKED", "switched off by an empty file in /etc"),
    ("MASK", "an empty file with nothing to switch off"), ("BROKEN", "not a key file"),
    ("+ - !", "accepted, not accepted, needs attention"),
    ("THEN", "the verdict that an image was taken under"), ("TODAY", "the verdict by the keys as they are now"),
  ].map { HelpEntry(section: "WORDS", keys: $0.0, text: $0.1) }
}

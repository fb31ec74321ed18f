/// What the word at the end of a line may become.
///
/// Pure.
struct Completion: Equatable {
  /// The line with as much of the word as all candidates share; with a space behind it where there is one.
  let line: String
  /// What the word may become, in order.
  let candidates: [String]

  /// The most candidates that are offered.
  static let limit = 200

  /// What is known of the machine.
  struct Knowledge {
    /// Names and prefixes of images.
    var names: [String] = []
    /// Fingerprints of keys.
    var fingerprints: [String] = []
    /// Numbers of changes that can be taken back.
    var changes: [Int] = []
    /// The verbs that the program has.
    var verbs = Verb.known([])
  }

  init(of line: String, _ knowledge: Knowledge) {
    var words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let start = words.popLast() ?? ""
    let before = words.filter { !$0.isEmpty && $0 != "keyreeve" }
    candidates = Array(Self.words(after: before, knowledge).filter { $0.hasPrefix(start) }.prefix(Self.limit))
    guard let first = candidates.first else {
      self.line = line
      return
    }
    let shared = candidates.reduce(first) { $0.commonPrefix(with: $1) }
    self.line = (words + [shared]).joined(separator: " ") + (candidates.count == 1 ? " " : "")
  }

  private static func words(after before: [String], _ knowledge: Knowledge) -> [String] {
    guard let first = before.first else { return knowledge.verbs.map(\.rawValue) }
    guard let verb = Verb(rawValue: first) else { return [] }
    if before.last == "--prefix" { return knowledge.names }
    let scopes = ["--prefix", "--root"].filter { _ in !before.contains("--prefix") && !before.contains("--root") }
    switch (verb.argument, before.count) {
    case (.image, 1): return knowledge.names
    case (.key, 1): return knowledge.fingerprints
    case (.report, 1): return words(of: verb, knowledge)
    case (.key, _): return scopes + (scopes.isEmpty || verb == .rotate ? [] : ["--everywhere"])
    case (.newKey, _): return scopes
    case (.change, 1): return knowledge.changes.map { "\($0)" }
    case (.column, 1): return Preferences.columnNames
    case (.words, _): return ["state:", "scope:"]
    case (.setting, 1): return ["mouse", "theme"]
    case (.setting, 2):
      return before[1] == "mouse" ? ["on", "off"] : before[1] == "theme" ? ThemeName.allCases.map(\.rawValue) : []
    case (.nothing, _), (.file, _), (.image, _), (.change, _), (.column, _), (.setting, _), (.report, _): return []
    }
  }

  /// The first word behind the verb of a looking command.
  private static func words(of verb: Verb, _ knowledge: Knowledge) -> [String] {
    switch verb {
    case .show: knowledge.fingerprints
    case .discover: knowledge.names
    default: Verb.subcommands(of: verb)
    }
  }
}

extension String {
  /// What two texts have in common at their beginning.
  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}

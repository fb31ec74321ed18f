internal import TrustModel

/// A line of the command line, understood.
///
/// Pure: from text to a value, or to a sentence that says what is wrong.
enum Order: Sendable, Equatable {
  /// What a key does, on the screen that is shown.
  case perform(Command)
  /// Explains a name.
  case explain(String)
  /// Offers to fetch.
  case fetch(String)
  /// A change to the key with this fingerprint, or this end of one, in a scope; nil where it is in one only.
  case change(Command, key: String, Scope?)
  /// The same in every scope that has the key.
  case changeEverywhere(Several.Verb, key: String)
  /// Takes a file away that is no key.
  case removeStray(file: String)
  /// Shows what a looking command prints.
  case report(ReportOrder)
  /// Trusts a key for names.
  case trust(Scope?, key: String)
  /// Takes back a change.
  case undo(Int)
  /// Opens backups with a file named.
  case backup(file: String)
  case list(ListOrder)
  case setMouse(Bool)
  case setTheme(ThemeName)

  /// The most characters of a line.
  static let limit = 1024

  /// What is wrong with a line.
  struct Problem: Error, Equatable {
    let text: String
  }

  /// Reads a line that is not empty.
  ///
  /// - Parameter verbs: those that the program has.
  init(_ line: String, knowing verbs: [Verb] = Verb.allCases) throws(Problem) {
    guard line.count <= Self.limit else { throw Problem(text: "A line has at most \(Self.limit) characters.") }
    var words = line.split(separator: " ").map(String.init)
    // As it is written in a shell.
    if words.first == "keyreeve" { words.removeFirst() }
    guard let first = words.first else { throw Problem(text: "Type a verb, such as explain; Tab shows them all.") }
    guard let verb = Verb(rawValue: first.lowercased()), verbs.contains(verb) else {
      let near = NearestWords(to: first, among: verbs.map(\.rawValue)).words.joined(separator: ", ")
      throw Problem(text: "There is no verb \(VisibleText(first, limit: 40)); near are: \(near).")
    }
    try self.init(verb, Array(words.dropFirst()))
  }

  private init(_ verb: Verb, _ words: [String]) throws(Problem) {
    guard let word = words.first else {
      guard let alone = verb.alone else { throw Self.wrong(verb) }
      self = alone
      return
    }
    switch verb.argument {
    case .report where !Verb.subcommands(of: verb).isEmpty && !Verb.subcommands(of: verb).contains(word):
      throw Self.wrong(verb)
    case .report: self = .report(ReportOrder(words: [verb.rawValue] + words))
    case .words: self = .list(.filter(words.joined(separator: " ")))
    case .file: self = .backup(file: words.joined(separator: " "))
    case .key where verb == .remove && word == "--file":
      let file = words.dropFirst().joined(separator: " ")
      guard !file.isEmpty else { throw Problem(text: "Write: remove --file PATH") }
      self = .removeStray(file: file)
    case .key: self = try Self.change(verb, words)
    case .newKey: self = try Self.trust(verb, words)
    case .setting: self = try Self.setting(words)
    case .nothing: throw Self.wrong(verb)
    case .image where words.count == 1: self = verb == .fetch ? .fetch(word) : .explain(word)
    case .change where words.count == 1:
      guard let number = Int(word), number > 0 else {
        throw Problem(text: "\(VisibleText(word, limit: 40)) is no number of a change: 3 lists them.")
      }
      self = .undo(number)
    case .column where words.count == 1:
      guard Preferences.columnNames.contains(word) else {
        throw Problem(
          text:
            "There is no column \(VisibleText(word, limit: 40)): only \(Preferences.columnNames.joined(separator: ", "))."
        )
      }
      self = .list(.sort(word))
    case .image, .change, .column: throw Self.wrong(verb)
    }
  }

  private static func wrong(_ verb: Verb) -> Problem { Problem(text: "Write: \(verb.usage)") }

  private static func change(_ verb: Verb, _ words: [String]) throws(Problem) -> Order {
    let isEverywhere = words.contains("--everywhere")
    let (scope, rest) = try scope(in: words.filter { $0 != "--everywhere" }, of: verb)
    guard let command = verb.command, rest.count == 1, !isEverywhere || scope == nil else { throw wrong(verb) }
    let digits = rest[0].lowercased()
    guard (8...40).contains(digits.count), digits.allSatisfy({ $0.isASCII && $0.isHexDigit }) else {
      throw Problem(text: "Write the fingerprint, or at least its last 8 digits.")
    }
    guard isEverywhere else { return .change(command, key: digits, scope) }
    guard let several = Several.Verb(rawValue: verb.rawValue) else { throw wrong(verb) }
    return .changeEverywhere(several, key: digits)
  }

  private static func trust(_ verb: Verb, _ words: [String]) throws(Problem) -> Order {
    let (scope, rest) = try scope(in: words, of: verb)
    guard rest.count <= 1 else { throw wrong(verb) }
    return .trust(scope, key: rest.first ?? "")
  }

  /// The scope that options name, and the other words.
  private static func scope(in words: [String], of verb: Verb) throws(Problem) -> (Scope?, [String]) {
    var scope: Scope?
    var rest: [String] = []
    var index = words.startIndex
    while index < words.endIndex {
      defer { index += 1 }
      switch words[index] {
      case "--root" where scope == nil: scope = .root
      case "--prefix" where scope == nil && index + 1 < words.endIndex:
        index += 1
        do {
          scope = .prefix(try Prefix(words[index]))
        } catch {
          throw Problem(text: "\(error)".capitalizedFirst)
        }
      case let word where word.hasPrefix("-"): throw wrong(verb)
      case let word: rest.append(word)
      }
    }
    return (scope, rest)
  }

  private static func setting(_ words: [String]) throws(Problem) -> Order {
    switch (words.first, words.dropFirst().first, words.count) {
    case ("mouse", "on", 2): return .setMouse(true)
    case ("mouse", "off", 2): return .setMouse(false)
    case ("theme", let name?, 2):
      guard let theme = ThemeName(rawValue: name) else {
        let names = ThemeName.allCases.map(\.rawValue).joined(separator: ", ")
        throw Problem(text: "There is no theme \(VisibleText(name, limit: 40)): only \(names).")
      }
      return .setTheme(theme)
    default: throw wrong(.set)
    }
  }
}

/// A command line of an engine: its options, its command, and that command's options and operands.
public struct EngineCommandLine: Sendable {
  /// What is meant.
  public let action: EngineAction
  /// The engine's own options, before the command: they say which daemon is meant.
  public let engineWords: [String]
  /// The folder of docker's settings that they name; nil where they name none.
  public let configuration: String?
  /// The words of the command, such as `image` and `pull`, with what stands between them.
  public let commandWords: [String]
  /// The options and operands of the command, in their order.
  public private(set) var items: [ArgumentItem]

  /// Docker's option that switches verification off, or says that it is on.
  public static let trustOption = "--disable-content-trust"

  /// Reads what follows the engine's name.
  ///
  /// - Throws: `CommandLineError` where an image is meant and nobody can tell for certain which.
  public init(_ words: [String], for kind: EngineKind) throws(CommandLineError) {
    let grammar = EngineGrammar(kind: kind)
    var scan = try Self.split(words, grammar.global, command: kind.rawValue)
    engineWords = scan.before
    configuration = kind == .docker ? scan.options.last { $0.name == "--config" }?.value : nil
    var (verb, all): ([String], [String]) = ([], [])
    if let first = scan.operand { (verb, all) = ([first], [first]) }
    if let group = scan.operand, EngineGrammar.groups.contains(group) {
      if let inner = try Self.split(scan.rest, ofGroup: group, grammar) {
        scan = inner
        all += scan.before
        if let second = scan.operand { (verb, all) = (verb + [second], all + [second]) }
      } else {
        verb.append("")
      }
    }
    let (action, options) = grammar.command(verb)
    commandWords = all
    guard let options else {
      (self.action, items) = (action, scan.rest.isEmpty ? [] : [ArgumentItem(kind: .rest, words: scan.rest)])
      return
    }
    items = try ArgumentScan.items(
      of: scan.rest, options, command: verb.joined(separator: " "), isMixed: action.isMixed(verb))
    // Whoever asks for help gets it from the engine; `--help=false` asks for none.
    self.action = try Self.isSet("--help", in: items) ? .other : action
  }

  /// A command line up to its first operand.
  private struct Beginning {
    let before: [String]
    var options: [ArgumentItem.OptionUse] = []
    var operand: String?
    var rest: [String] = []
  }

  /// What stands before the first operand, that operand, and what follows it.
  private static func split(
    _ words: [String], _ table: OptionTable, command: String
  ) throws(CommandLineError) -> Beginning {
    let items = try ArgumentScan.items(of: words, table, command: command, isMixed: false)
    guard let place = items.firstIndex(where: { $0.kind == .operand }) else { return Beginning(before: words) }
    return Beginning(
      before: items[..<place].flatMap(\.words), options: items[..<place].flatMap(\.uses),
      operand: items[place].words.first, rest: items[(place + 1)...].flatMap(\.words))
  }

  /// The same for what follows a group; nil for a line of compose that cannot be told, which is handed on with a warning.
  private static func split(
    _ words: [String], ofGroup group: String, _ grammar: EngineGrammar
  ) throws(CommandLineError) -> Beginning? {
    do throws(CommandLineError) {
      return try split(words, grammar.options(ofGroup: group), command: group)
    } catch {
      guard group == "compose" else { throw error }
      return nil
    }
  }

  /// Everything that follows the engine's name.
  public var words: [String] { engineWords + commandWords + items.flatMap(\.words) }

  /// The command's name, for messages.
  public var name: String { commandWords.joined(separator: " ") }

  // MARK: Options

  /// Every use of an option, by its long form.
  public func values(of option: String) -> [String] {
    items.flatMap(\.uses).filter { $0.name == option }.compactMap(\.value)
  }

  /// Whether a flag is set: the last use counts, as for the engine.
  ///
  /// - Throws: `CommandLineError` for a value that is no truth.
  public func isSet(_ flag: String) throws(CommandLineError) -> Bool { try Self.isSet(flag, in: items) }

  private static func isSet(_ flag: String, in items: [ArgumentItem]) throws(CommandLineError) -> Bool {
    guard let last = items.flatMap(\.uses).last(where: { $0.name == flag }) else { return false }
    guard let value = last.value else { return true }
    switch value {
    case "1", "t", "T", "true", "TRUE", "True": return true
    case "0", "f", "F", "false", "FALSE", "False": return false
    default: throw .noTruth(flag, value: value)
    }
  }

  /// Takes every use of an option away.
  public mutating func remove(_ option: String) { items = items.compactMap { $0.without(option) } }

  /// Puts an option before all others.
  public mutating func prepend(_ option: [String]) {
    items.insert(ArgumentItem(kind: .options([]), words: option), at: 0)
  }

  /// Writes the values of an option anew, each in its place.
  public mutating func rewrite<Failure>(
    _ option: String, _ body: (String) throws(Failure) -> String
  ) throws(Failure) {
    var made: [ArgumentItem] = []
    for item in items { made.append(try item.rewriting(option, body)) }
    items = made
  }

  // MARK: Operands

  /// The operands, without what follows the one behind which nothing is the engine's.
  public var operands: [String] { items.filter { $0.kind == .operand }.compactMap(\.words.first) }

  /// The same command for this operand alone.
  public func with(operand word: String) -> EngineCommandLine {
    var line = self
    line.items.removeAll { $0.kind == .operand || $0.kind == .rest || $0.kind == .terminator }
    line.items.append(ArgumentItem(kind: .operand, words: [word]))
    return line
  }

  /// Puts another operand in the place of the first one.
  public mutating func replaceOperand(with word: String) {
    guard let place = items.firstIndex(where: { $0.kind == .operand }) else { return }
    items[place] = ArgumentItem(kind: .operand, words: [word])
  }
}

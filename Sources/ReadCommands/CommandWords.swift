internal import ArgumentParser
internal import TrustModel

/// The words of a command line, with the command itself before everything else.
///
/// A word that is no command would be taken for an argument of the default one, or the options behind it for unknown ones, and the message
/// would only mislead.
struct CommandWords {
  /// The words as the parser takes them: common options that stand before the command, or within its name, come behind it.
  let arguments: [String]
  /// What is wrong with the name of the command; nil where it is one, or where the parser has something to say.
  let problem: String?

  /// Longest word that is repeated, in characters.
  private static let shownLimit = 80

  init(_ root: any ParsableCommand.Type, _ words: [String]) {
    var command = root
    var (path, options): ([String], [String]) = ([], [])
    var rest = words[...]
    var problem: String?
    while let word = rest.first {
      if let count = Self.commonOption(rest) {
        options += rest.prefix(count)
        rest = rest.dropFirst(count)
        continue
      }
      guard !word.hasPrefix("-"), !command.configuration.subcommands.isEmpty, word != "help" else { break }
      guard let next = command.configuration.subcommands.first(where: { $0._commandName == word }) else {
        problem = Self.unknown(root, path, word)
        break
      }
      command = next
      path.append(word)
      rest = rest.dropFirst()
    }
    if rest.isEmpty, !options.isEmpty, !path.isEmpty, !command.configuration.subcommands.isEmpty {
      problem = Self.incomplete(root, path, command)
    }
    arguments = path + options + rest
    self.problem = problem
  }

  /// The words with common options that stand before the command behind its first word.
  static func commandFirst(_ words: [String]) -> [String] {
    var rest = words[...]
    while let count = commonOption(rest) { rest = rest.dropFirst(count) }
    guard let command = rest.first, !command.hasPrefix("-") else { return words }
    return [command] + words.prefix(words.count - rest.count) + rest.dropFirst()
  }

  /// How many words an option is that every command takes; nil for anything else.
  private static func commonOption(_ words: ArraySlice<String>) -> Int? {
    switch words.first {
    case "--json", "--verbose", "--no-color": 1
    case "--sysroot" where words.count > 1: 2
    case let word? where word.hasPrefix("--sysroot="): 1
    default: nil
    }
  }

  private static func unknown(_ root: any ParsableCommand.Type, _ path: [String], _ word: String) -> String {
    let name = (path + [VisibleText(word, limit: shownLimit).description]).joined(separator: " ")
    return "there is no command '\(name)'; see: \(help(root, path))"
  }

  private static func incomplete(
    _ root: any ParsableCommand.Type, _ path: [String], _ command: any ParsableCommand.Type
  ) -> String {
    let names = command.configuration.subcommands.map { $0._commandName }.joined(separator: ", ")
    return "'\(path.joined(separator: " "))' takes one of: \(names); see: \(help(root, path))"
  }

  private static func help(_ root: any ParsableCommand.Type, _ path: [String]) -> String {
    ([root._commandName] + path + ["--help"]).joined(separator: " ")
  }
}

/// A parser's message about arguments, which it repeats as they were given.
struct ArgumentMessage {
  /// The message in lines of its own, nothing in it that a terminal would act on.
  let text: String

  init(_ message: String, about arguments: [String]) {
    // An argument with a line break would pass for lines of the message itself.
    let given = arguments.flatMap { [$0] + $0.split(separator: "=", maxSplits: 1).dropFirst().map(String.init) }
    var message = message
    for word in given where VisibleText(word).hadHiddenCharacters {
      message = message.replacing(word, with: VisibleText(word).description)
    }
    text = message.split(separator: "\n", omittingEmptySubsequences: false)
      .map { VisibleText($0).description }.joined(separator: "\n")
  }
}

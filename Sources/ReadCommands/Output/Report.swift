public import ArgumentParser

/// A looking command run for its text alone, as the terminal interface shows it.
public enum Report {
  /// The looking commands and no other: a word that names one that changes is not understood.
  private struct Root: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "keyreeve", subcommands: ReadCommandList.commands)
  }

  /// Does something with what it would print, a question or a warning, left out.
  public static func silently<Value>(_ body: () throws -> Value) rethrows -> Value {
    try CollectedOutput.$current.withValue(CollectedOutput(), operation: body)
  }

  /// Runs a command that changes something, with a person who is asked in place of the terminal.
  ///
  /// Blocks until it has ended. What is given is what it said after the last question, and its exit status.
  public static func answered(
    _ root: any ParsableCommand.Type, _ words: [String], by person: Respondent
  ) -> (lines: [String], status: Int32) {
    let output = CollectedOutput()
    let status = CollectedOutput.$current.withValue(output) {
      Respondent.$current.withValue(person) { Program.attempt(root, words) }
    }
    return (output.lines, status)
  }

  /// Runs the command that these words name, and gives what it prints on both streams.
  ///
  /// Blocks until the command has ended. Nothing is read from standard input.
  public static func lines(_ words: [String]) -> [String] {
    guard !words.contains("-") else { return ["standard input is the terminal here: name a file"] }
    let output = CollectedOutput()
    CollectedOutput.$current.withValue(output) { _ = Program.attempt(Root.self, words) }
    return output.lines
  }
}

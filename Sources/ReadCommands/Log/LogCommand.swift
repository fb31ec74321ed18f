public import ArgumentParser
internal import Stores
internal import StrictJSON
internal import TrustModel
internal import TrustVerify

/// `keyreeve log`: what was changed, when, by whom, and what undoes it.
public struct LogCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Show what was changed, when, by whom, and what undoes it.")

  @OptionGroup var options: CommonOptions

  /// A command, filled in by the parser.
  public init() {}

  /// Shows the log, newest first.
  public func run() throws {
    let output = Output(options)
    let journal: Journal
    do {
      journal = try Journal(options.state)
    } catch {
      throw CommandFailure(.failed, "the change log cannot be read: \(error)")
    }
    for problem in journal.problems { output.message("warning: change log: \(problem)") }
    let document: JSON = [
      "schema": "keyreeve.log/1",
      "entries": .array(journal.entries.reversed().map { $0.document(machine: options.machineArguments) }),
      "problems": .array(journal.problems.map { JSON($0) }),
    ]
    try output.result(document) { style in
      guard !journal.entries.isEmpty else { return ["no changes yet"] }
      return journal.entries.reversed().flatMap {
        LogText(entry: $0, style: style, machine: options.machineArguments).lines
      }
    }
  }
}

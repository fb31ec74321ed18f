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
      "schema": "keyreeve.log/1", "entries": .array(journal.entries.reversed().map(\.document)),
      "problems": .array(journal.problems.map { JSON($0) }),
    ]
    output.result(document) { style in
      guard !journal.entries.isEmpty else { return ["no changes yet"] }
      return journal.entries.reversed().flatMap { LogText(entry: $0, style: style).lines }
    }
  }
}

/// One change as text.
struct LogText {
  let entry: JournalEntry
  let style: TextStyle

  var lines: [String] {
    var lines = [
      style.heading("#\(entry.id)") + "  \(entry.when)  \(VisibleText(entry.author.description))  \(entry.summary)"
    ]
    for edit in entry.edits {
      let what = edit.before == nil ? "create " : edit.after == nil ? "remove " : "replace"
      lines.append("      \(what)  \(VisibleText(edit.file))")
    }
    if let reason = entry.reason { lines.append("      reason   \(VisibleText(reason))") }
    lines.append("      " + fate)
    return lines
  }

  private var fate: String {
    if let other = entry.undoneBy { return "taken back by #\(other)" }
    switch entry.outcome {
    case .done: return "undo     keyreeve undo \(entry.id)"
    case .begun: return "was interrupted: the next change finishes it or takes it back"
    case .rolledBack: return "was taken back at once"
    case .abandoned: return "was interrupted, and its files were changed by others since"
    }
  }
}

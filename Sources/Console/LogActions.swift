internal import TrustModel
internal import TrustVerify

/// The commands that act on the change log, the same in the list, in an entry and among the keys.
enum LogActions {
  /// Takes a change back.
  static func undo(_ entry: JournalEntry, _ context: Context) -> [Effect] {
    if !entry.canBeUndone {
      return [.say("#\(entry.id) \(entry.end ?? "is not in force"): there is nothing to take back.")]
    }
    guard !context.isReadOnly else { return [.say("Read-only here: " + context.commandLine("undo \(entry.id)"))] }
    return [.work(.plan(.undo(entry.id)))]
  }

  /// Does again what the last undo took back.
  static func redo(_ context: Context) -> [Effect] {
    guard let entry = context.machine?.journal.lastRedoable else { return [.say("There is no undo to take back.")] }
    guard !context.isReadOnly else { return [.say("Read-only here: " + context.commandLine("undo \(entry.id)"))] }
    return [.work(.plan(.redo))]
  }

  /// The command line that takes a change back.
  static func command(_ entry: JournalEntry, _ context: Context) -> String {
    ShellText.line(["keyreeve", "undo", "\(entry.id)"] + (context.sysroot.map { ["--sysroot", $0] } ?? []))
  }
}

public import ArgumentParser
internal import ReadCommands
internal import Stores
internal import TrustChange
internal import TrustModel
internal import TrustVerify

/// `keyreeve undo`: takes back a change from the log.
public struct UndoCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "Take back a change from the log: the last one, or the one with this number.")

  @OptionGroup var options: CommonOptions
  @OptionGroup var change: ChangeOptions

  @Argument(help: "The number of the change, as keyreeve log shows it.")
  var id: Int?

  /// A command, filled in by the parser.
  public init() {}

  /// Plans and applies.
  public func run() throws {
    try withReasons {
      let runner = ChangeRunner(options, change)
      let entry = try wanted(in: try journal())
      let files = Set(entry.edits.compactMap { KeyLocation(administratorFile: $0.file) })
      let planner = runner.planner { key in files.contains { $0.concerns(key.file) } }
      try runner.run(planner.undo(entry) { runner.log.kept($0) })
    }
  }

  private func journal() throws -> Journal {
    do {
      return try Journal(options.state)
    } catch {
      throw CommandFailure(.failed, "the change log cannot be read: \(error)")
    }
  }

  private func wanted(in journal: Journal) throws -> JournalEntry {
    if let id {
      guard let entry = journal[id] else {
        throw CommandFailure(.notFound, "there is no change \(id) in the log; see: keyreeve log")
      }
      return entry
    }
    guard let entry = journal.lastUndoable else {
      throw CommandFailure(.notFound, "there is no change to take back; see: keyreeve log")
    }
    return entry
  }
}

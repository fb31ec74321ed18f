public import ArgumentParser
internal import ReadCommands
internal import Stores
internal import StrictJSON
internal import TrustChange
internal import TrustModel
internal import TrustVerify

/// `keyreeve ignore`: lives with a finding of the audit, for a reason.
public struct IgnoreCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "ignore", abstract: "Ignore a finding of the audit, for a reason, until its file changes.")

  @OptionGroup var options: CommonOptions

  @Argument(help: ArgumentHelp("The word of the finding, as audit shows it in brackets.", valueName: "finding"))
  var id: String

  @Argument(help: ArgumentHelp("The file that it is about.", valueName: "file"))
  var file: String

  @Option(help: "Why; audit --all shows it.")
  var reason: String?

  @Flag(help: "Heed the finding again.")
  var undo = false

  /// A command, filled in by the parser.
  public init() {}

  /// Demands a reason, or none with --undo.
  public func validate() throws {
    guard undo != (reason != nil) else { throw ValidationError("--reason TEXT is needed; --undo takes none") }
  }

  /// Ignores or heeds.
  public func run() throws {
    let now = SystemClock.now
    let audit = try AuditRun(options, at: now)
    guard let finding = audit.findings.first(where: { $0.id == id && $0.file == file }) else {
      throw CommandFailure(
        .notFound, "no finding \(VisibleText(id)) about \(VisibleText(file)); see: keyreeve audit")
    }
    let decisions = IgnoredFindingsFile(options.state, author: CurrentAuthor.value)
    try withReasons {
      if let reason { try decisions.ignore(finding, reason: reason, at: now) } else { try decisions.heed(finding) }
    }
    let done = undo ? "heeded again" : "ignored until its file changes"
    let document: JSON = ["schema": "keyreeve.ignored/1", "id": JSON(id), "file": JSON(file), "ignored": .bool(!undo)]
    try Output(options).result(document) { _ in ["\(id) \(VisibleText(file)): \(done)"] }
  }
}

public import ArgumentParser
internal import StrictJSON
internal import TrustModel
internal import TrustVerify

/// `keyreeve audit`: findings about the key layers.
public struct AuditCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Find what weakens trust in the key layers; exit status 4 where there is anything.")

  @OptionGroup var options: CommonOptions

  @Option(
    name: .customLong("fail-on"),
    help: ArgumentHelp("End with status 4 for findings of this weight: note, warning or error.", valueName: "severity"))
  var failOn: Finding.Severity = .warning

  /// A command, filled in by the parser.
  public init() {}

  /// The log, for the rotations under way; without it the rest is audited all the same.
  private func readJournal() -> Journal? {
    do {
      return try Journal(options.state)
    } catch {
      Output.complain("note: the change log cannot be read, so rotations under way are not looked at: \(error)")
      return nil
    }
  }

  /// Audits.
  public func run() throws {
    let journal = readJournal()
    let findings = Auditor(options.layers, journal: journal, at: SystemClock.now).findings
    try Output(options).result(["schema": "keyreeve.audit/1", "findings": .array(findings.map(\.document))]) { style in
      guard !findings.isEmpty else { return ["nothing found"] }
      return findings.flatMap { finding -> [String] in
        let word =
          switch finding.severity {
          case .error: style.bad("error  ")
          case .warning: style.warning("warning")
          case .note: "note   "
          }
        let fix = finding.fix.map { ["         fix: " + $0.joined(separator: " ")] } ?? []
        return ["\(word)  \(finding.message)  [\(finding.id)]"] + fix
      }
    }
    if findings.contains(where: { $0.severity >= failOn }) { throw CommandEnd(.findings) }
  }
}

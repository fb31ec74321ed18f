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

  @Flag(help: "Show what is ignored too, and why.")
  var all = false

  /// A command, filled in by the parser.
  public init() {}

  /// Audits.
  public func run() throws {
    let findings = try AuditRun(options, at: SystemClock.now).findings
    let heeded = findings.filter { $0.ignored == nil }
    let shown = all ? findings : heeded
    try Output(options).result([
      "schema": "keyreeve.audit/1", "findings": .array(shown.map { $0.document(withDecision: all) }),
    ]) { style in
      let hidden = findings.count - shown.count
      let rest = hidden == 0 ? [] : ["\(hidden) ignored: keyreeve audit --all"]
      return (shown.isEmpty ? ["nothing found"] : shown.flatMap { lines($0, style) }) + rest
    }
    if heeded.contains(where: { $0.severity >= failOn }) { throw CommandEnd(.findings) }
  }

  private func lines(_ finding: Finding, _ style: TextStyle) -> [String] {
    let word =
      switch finding.severity {
      case .error: style.bad("error  ")
      case .warning: style.warning("warning")
      case .note: "note   "
      }
    var lines = ["\(word)  \(finding.message)  [\(finding.id)]"]
    if let fix = finding.fix { lines.append("         fix: " + ShellText.line(fix)) }
    if let ignored = finding.ignored {
      lines.append(
        "         ignored by \(VisibleText(ignored.by)) on \(ignored.when.date): \(VisibleText(ignored.reason))")
    }
    return lines
  }
}

internal import ContentTrust
internal import TrustModel
internal import TrustVerify

/// What was found as text.
struct DoctorText {
  let run: DoctorRun
  let style: TextStyle
  /// Whether notes are shown, too.
  let isVerbose: Bool

  var lines: [String] {
    let shown = run.findings.filter { isVerbose || $0.severity > .note }
    var lines =
      shown.isEmpty
      ? [
        "nothing that needs mending in \(run.patients.count) \(run.patients.count == 1 ? "repository" : "repositories")"
      ] : []
    for finding in shown {
      let word =
        switch finding.severity {
        case .error: style.bad("error  ")
        case .warning: style.warning("warning")
        case .note: "note   "
        }
      lines.append("\(word)  \(finding.message)  [\(finding.id)]")
      if let fix = finding.fix { lines.append("         fix: " + ShellText.line(fix)) }
    }
    let hidden = run.findings.count - shown.count
    if hidden > 0 { lines.append("\(hidden) more \(hidden == 1 ? "note" : "notes") with --verbose") }
    return lines
  }
}

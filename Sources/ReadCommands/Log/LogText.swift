internal import TrustModel
internal import TrustVerify

/// One change as text.
struct LogText {
  let entry: JournalEntry
  let style: TextStyle
  let machine: [String]

  var lines: [String] {
    var lines = [
      style.heading("#\(entry.id)") + "  \(entry.when)  \(VisibleText(entry.author.description))  \(entry.summary)"
    ]
    for edit in entry.edits {
      let what = edit.before == nil ? "create " : edit.after == nil ? "remove " : "replace"
      lines.append("      \(what)  \(VisibleText(edit.file))")
    }
    if let retirement = entry.retirement {
      lines.append("      retires  \(retirement.fingerprint) for \(retirement.scope) on \(retirement.due.date)")
    }
    if let reason = entry.reason { lines.append("      reason   \(VisibleText(reason))") }
    lines.append("      " + fate)
    return lines
  }

  private var fate: String {
    if let other = entry.undoneBy { return "taken back by #\(other)" }
    switch entry.outcome {
    case .done: return "undo     " + (["keyreeve", "undo", "\(entry.id)"] + machine).joined(separator: " ")
    case .begun: return "was interrupted: the next change finishes it or takes it back"
    case .rolledBack: return "was taken back at once"
    case .abandoned: return "was interrupted, and its files were changed by others since"
    }
  }
}

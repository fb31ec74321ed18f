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
      let what = edit.verb + (edit.verb == "replace" ? "" : " ")
      lines.append("      \(what)  \(VisibleText(edit.file))")
    }
    if let file = entry.lasting?.file { lines.append("      file     \(VisibleText(file))") }
    if let retirement = entry.retirement {
      lines.append("      retires  \(retirement.fingerprint) for \(retirement.scope) on \(retirement.due.date)")
    }
    if let reason = entry.reason { lines.append("      reason   \(VisibleText(reason))") }
    lines.append("      " + fate)
    return lines
  }

  private var fate: String {
    entry.end ?? "undo     " + (["keyreeve", "undo", "\(entry.id)"] + machine).joined(separator: " ")
  }
}

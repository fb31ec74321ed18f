internal import Screen
internal import Stores
internal import TrustChange
internal import TrustModel
internal import TrustVerify

/// A change of the log as lines of text: what was done to which key, why, in which files, and whether it can be taken back.
struct LogDescription {
  let entry: JournalEntry
  let context: Context

  /// The change in a few words, for a list that has no room for whole fingerprints.
  var brief: String {
    if let undone = entry.undoes {
      return context.machine?.journal.isUndo(entry) == false ? "redo, by undo of #\(undone)" : "undo #\(undone)"
    }
    let locations = entry.edits.compactMap { KeyLocation(administratorFile: $0.file) }
    guard let first = locations.first else { return entry.summary }
    guard locations.count == 1 || entry.verb == "rotate" else { return entry.summary }
    let scope = first.scope == .root ? "*" : first.scope.description
    return "\(entry.verb) \(first.fingerprint.shortGrouped.suffix(9)) \(scope)"
  }

  /// Whether it can be taken back, in one word.
  var fate: String {
    if entry.undoneBy != nil { return "undone" }
    switch entry.outcome {
    case .done: return entry.lasting == nil ? "can" : "-"
    case .begun: return "open"
    case .rolledBack, .abandoned: return "-"
    }
  }

  var lines: [DescribedLine] {
    let author = entry.author
    let account = author.sudoUser == nil ? "" : ", as \(author.user ?? "uid \(author.uid)")"
    var lines = [
      DescribedLine("#\(entry.id)", entry.summary, .heading),
      DescribedLine("When", "\(entry.when) by \(VisibleText(author.description))\(VisibleText(account))"),
    ]
    lines += reason
    lines += keys
    lines += entry.edits.flatMap { self.lines(of: $0) }
    if let file = entry.lasting?.file { lines.append(DescribedLine("File", VisibleText(file).description)) }
    if let end = entry.retirement {
      let text = "\(end.fingerprint.shortGrouped) is to be retired on \(end.due.date) for \(end.scope.words)"
      lines.append(DescribedLine("Rotation", text))
    }
    return lines + undo
  }

  /// A comparison is a reason of its own kind.
  private var reason: [DescribedLine] {
    guard let reason = entry.reason else { return [] }
    let text = VisibleText(reason, limit: 1000).description
    for beginning in ["compared: ", "not compared: "] where text.hasPrefix(beginning) {
      let words = String(text.dropFirst(beginning.count))
      return [
        beginning == "compared: "
          ? DescribedLine("Compared", words, .accepted) : DescribedLine("NOT compared", words, .warning)
      ]
    }
    return [DescribedLine("Reason", text)]
  }

  /// The keys by their names, each once.
  private var keys: [DescribedLine] {
    var seen: Set<Fingerprint> = []
    let locations = entry.edits.compactMap { KeyLocation(administratorFile: $0.file) }
    return locations.filter { seen.insert($0.fingerprint).inserted }.prefix(20).enumerated().map { offset, location in
      let row = context.machine?.rows.first {
        $0.fingerprint == location.fingerprint && $0.record?.userIDs.isEmpty == false
      }
      let who = row.map { "   \($0.who)" } ?? ""
      return DescribedLine(offset == 0 ? "Key" : "", "\(location.fingerprint.shortGrouped)\(who)")
    }
  }

  private func lines(of edit: JournalEntry.Edit) -> [DescribedLine] {
    let empty = Journal.digest(of: [])
    func words(_ digest: String?) -> String {
      switch digest {
      case nil: "no file"
      case empty: "an empty file (mask)"
      case let digest?: digest
      }
    }
    return [
      DescribedLine(edit.verb.capitalizedFirst, "\(VisibleText(edit.file))"),
      DescribedLine("", "\(words(edit.before)) -> \(words(edit.after))", .dim),
    ]
  }

  private var undo: [DescribedLine] {
    var lines: [DescribedLine] = []
    if let undone = entry.undoes.flatMap({ context.machine?.journal[$0] }) {
      lines.append(DescribedLine("Takes back", "#\(undone.id) \(undone.summary)"))
    }
    guard entry.canBeUndone else {
      return lines + [DescribedLine("Undo", (entry.end ?? "not possible").capitalizedFirst + ".", .dim)]
    }
    let outlook = context.machine?.undoOutlooks[entry.id]
    let role: Theme.Role = if case .changed = outlook { .warning } else { .normal }
    lines.append(DescribedLine("Undo", outlook?.sentence(for: entry) ?? "Being compared with what is there.", role))
    lines.append(DescribedLine("As a command", LogActions.command(entry, context), .dim))
    return lines
  }
}

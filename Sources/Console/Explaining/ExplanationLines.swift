internal import Screen
internal import TrustChange
internal import TrustModel
internal import TrustVerify

/// An explanation as lines: who is accepted, who is not and why, what each file did, where rkt would differ.
struct ExplanationLines {
  let explanation: Explanation
  let context: Context

  /// How many keys that speak for other names are listed one by one; more are counted.
  static let nearMisses = 8

  var lines: [ExplainedLine] {
    accepted + refused + others + trace + notes
  }

  private var accepted: [ExplainedLine] {
    guard !explanation.accepts.isEmpty else { return [.heading("ACCEPTED: nobody")] }
    return [.heading("ACCEPTED")]
      + explanation.accepts.map { row in
        let why = row.scope == .root ? "speaks for every name" : "speaks for \(row.scope) and below"
        return line(row, "+", why, .accepted)
      }
  }

  private var refused: [ExplainedLine] {
    let rows = explanation.refuses.filter { $0.scope.covers(explanation.name) }
    guard !rows.isEmpty else { return [] }
    return [.heading("NOT ACCEPTED")] + rows.map { line($0, "-", why($0), .refused) }
  }

  private func why(_ row: ConsideredKey) -> String {
    if row.status == .mask { return "an empty file: switches the distribution's key off" + log(row.file) }
    return (row.detail ?? row.status.rawValue) + (row.by.map(log) ?? "")
  }

  /// The change that wrote a file, where the log knows it.
  private func log(_ file: String) -> String {
    let entry = context.machine?.journal.entries.last { entry in
      entry.undoneBy == nil && entry.edits.contains { $0.file == file }
    }
    return entry.map { " (log #\($0.id), \(VisibleText($0.author.description)))" } ?? ""
  }

  private var others: [ExplainedLine] {
    let rows = explanation.refuses.filter { !$0.scope.covers(explanation.name) && $0.fingerprint != nil }
    guard !rows.isEmpty else { return [] }
    var lines = [ExplainedLine.heading("TRUSTED FOR OTHER NAMES ONLY")]
    lines += rows.prefix(Self.nearMisses).map { line($0, "-", "speaks for \($0.scope) only", .dim) }
    if rows.count > Self.nearMisses {
      lines.append(.note("and \(rows.count - Self.nearMisses) more keys for other names"))
    }
    return lines
  }

  private var trace: [ExplainedLine] {
    guard !explanation.steps.isEmpty else { return [] }
    var lines = [ExplainedLine.heading("WHAT EACH FILE DID, IN THE ORDER IN WHICH THEY ARE READ")]
    for (number, step) in explanation.steps.enumerated() {
      let layer = step.layer == .distribution ? "vendor" : "local"
      let keys = step.count == 1 ? "1 key counts" : "\(step.count) keys count"
      lines.append(
        .note("\(number + 1) \(layer) \(step.scope == .root ? "root.d" : "prefix.d/\(step.scope)"): then \(keys)"))
      lines += step.files.map { file in
        let role: Theme.Role = [.adds, .replaces].contains(file.effect) ? .accepted : .dim
        let why = file.effect.words + (file.detail.map { ": \($0)" } ?? "")
        return ExplainedLine(
          mark: file.effect.sign, key: label(file.fingerprint, file.path), why: why,
          who: who(file.fingerprint), file: file.path, role: role)
      }
    }
    return lines
  }

  private var notes: [ExplainedLine] {
    guard !explanation.notes.isEmpty else { return [] }
    return [.heading("WHERE RKT WOULD DIFFER")] + explanation.notes.map { .note($0) }
  }

  private func line(_ row: ConsideredKey, _ mark: String, _ why: String, _ role: Theme.Role) -> ExplainedLine {
    ExplainedLine(
      mark: mark, key: label(row.fingerprint, row.file), why: why, who: who(row.fingerprint), file: row.file, role: role
    )
  }

  private func who(_ fingerprint: Fingerprint?) -> String {
    guard let fingerprint else { return "" }
    return context.machine?.name(of: fingerprint) ?? ""
  }

  private func label(_ fingerprint: Fingerprint?, _ file: String) -> String {
    fingerprint?.shortGrouped ?? VisibleText(file.split(separator: "/").last ?? "", limit: 19).description
  }
}

extension Machine {
  /// The first user id that any file of a key gives.
  func name(of fingerprint: Fingerprint) -> String {
    rows.first { $0.fingerprint == fingerprint && $0.record?.userIDs.isEmpty == false }?.record?.userIDs.first ?? ""
  }
}

internal import TrustModel

/// An explanation as text.
struct ExplanationText {
  let lines: [String]

  init(_ explanation: Explanation, _ style: TextStyle) {
    var lines = [style.heading("\(explanation.name): \(explanation.accepts.count) accepted")]
    for row in explanation.accepts {
      lines.append("  " + style.good("+") + " \(Self.key(row))  \(Self.scope(row))")
      lines.append("      \(row.file)")
    }
    if !explanation.refuses.isEmpty { lines.append(style.heading("Not accepted")) }
    for row in explanation.refuses {
      lines.append("  " + style.bad("-") + " \(Self.key(row))  \(row.detail ?? row.status.rawValue)")
      lines.append("      \(VisibleText(row.file))" + (row.by.map { ", by \($0)" } ?? ""))
    }
    lines += explanation.notes.map { "note: \($0)" }
    self.lines = lines
  }

  private static func key(_ row: ConsideredKey) -> String {
    row.fingerprint?.description ?? "(\(row.status.rawValue))"
  }

  private static func scope(_ row: ConsideredKey) -> String {
    row.scope == .root ? "trusted for every name" : "trusted for \(row.scope)"
  }
}

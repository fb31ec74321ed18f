internal import TrustModel

/// An explanation as text.
struct ExplanationText {
  let lines: [String]

  init(_ explanation: Explanation, _ style: TextStyle, showsTrace: Bool) {
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
    if showsTrace { lines += Self.trace(explanation, style) }
    lines += explanation.notes.map { "note: \($0)" }
    self.lines = lines
  }

  private static func trace(_ explanation: Explanation, _ style: TextStyle) -> [String] {
    var lines = [style.heading("What each file did")]
    for (number, step) in explanation.steps.enumerated() {
      let keys = step.count == 1 ? "1 key counts" : "\(step.count) keys count"
      lines.append("  \(number + 1) \(step.layer.rawValue) \(step.scope): then \(keys)")
      for file in step.files {
        let name = file.fingerprint?.description ?? VisibleText(file.path.split(separator: "/").last ?? "").description
        lines.append("      \(file.effect.sign) \(name)" + (file.detail.map { "  \($0)" } ?? ""))
      }
    }
    return lines
  }

  private static func key(_ row: ConsideredKey) -> String {
    row.fingerprint?.description ?? "(\(row.status.rawValue))"
  }

  private static func scope(_ row: ConsideredKey) -> String {
    row.scope == .root ? "trusted for every name" : "trusted for \(row.scope)"
  }
}

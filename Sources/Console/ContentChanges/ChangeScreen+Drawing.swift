internal import ContentChange
internal import Screen
internal import TrustModel

extension ChangeScreen {
  var rows: Int { lines.rows(columns: size.columns - 2) }
  var page: Int { max(1, size.rows - 4) }

  var lines: [DescribedLine] {
    switch stage {
    case .form, .plan: return []
    case .working(let text): return [DescribedLine("NOW", text, .heading)]
    case .passphrase(let request, let count, let isRepeated, _):
      return (isRepeated ? [DescribedLine("", "That passphrase does not open it.", .refused)] : []) + [
        DescribedLine("Passphrase", PassphraseLines.typed(count, isShown: shown != nil), .heading)
      ] + (shown == nil ? [] : [DescribedLine("", "")]) + [
        DescribedLine("KEY", request.words), DescribedLine("", VisibleText(request.purpose, limit: 300).description),
      ]
    case .newPassphrase(let form, _): return form.lines
    case .ended(let outcome):
      return [head(outcome)] + ChangePlanLines.described(outcome.lines)
    }
  }

  /// How it went: nothing is called done that nobody agreed to.
  private func head(_ outcome: ContentChanges.Outcome) -> DescribedLine {
    let role: Theme.Role = outcome.isDone ? .accepted : .refused
    if form.kind == .doctor {
      return DescribedLine("RESULT", outcome.isDone ? "well" : "look at this", outcome.isDone ? .accepted : .warning)
    }
    if form.kind == .drill { return DescribedLine("RESULT", outcome.isDone ? "good" : "not as it should be", role) }
    guard outcome.isDone else { return DescribedLine("RESULT", "not done", role) }
    return isAgreed
      ? DescribedLine("RESULT", "done, and read back", role) : DescribedLine("RESULT", "nothing was to be done")
  }

  /// What is typed, in the line below how much it is.
  func drawTyped(into grid: inout Grid, _ inside: Rectangle) {
    guard case .passphrase(_, _, let isRepeated, _) = stage, let shown else { return }
    let above = Array(lines.prefix(isRepeated ? 2 : 1)).rows(columns: inside.columns)
    let room = inside.columns - DescribedLine.labelWidth
    guard above < inside.rows else { return }
    grid.put(inside.row + above, inside.column + DescribedLine.labelWidth, secret: shown, shown.end(columns: room))
  }

  func drawForm(into grid: inout Grid, _ area: Rectangle, _ theme: Theme) {
    for (index, field) in form.fields.enumerated() {
      let row = area.row + index
      KeyInquiry.draw(field.name, field.text, isFocused: index == focus, into: &grid, row, area.columns, theme)
      if field.text.isEmpty, index != focus {
        grid.put(
          row, 1 + DescribedLine.labelWidth, field.hint, theme.style(.dim),
          width: area.columns - DescribedLine.labelWidth - 2)
      }
    }
    let row = area.row + form.fields.count + (area.rows > 8 ? 1 : 0)
    var column = 1
    for (index, text) in ["[ Cancel ]", form.problem == nil ? "[ Plan ]" : "( Plan )"].enumerated() {
      let isFocused = focus == form.fields.count + index
      grid.put(row, column, text, theme.style(isFocused ? .selection : .normal))
      if isFocused { grid.cursor = Position(row: row, column: column) }
      column += text.count + 3
    }
    guard form.fields.indices.contains(focus) else { return }
    let first = row + (area.rows > 8 ? 2 : 1)
    let room = max(1, area.row + area.rows - 1 - first)
    for (offset, line) in form.fields[focus].hint.wrapped(to: area.columns - 2).prefix(room).enumerated() {
      grid.put(first + offset, 1, line, theme.style(.dim), width: area.columns - 2)
    }
  }

  func briefHint(_ context: Context) -> String {
    switch stage {
    case .form: "Tab Enter Esc: nothing published yet"
    case .working: isAgreed ? "It is being published." : "Esc: nothing is published yet"
    case .passphrase: PassphraseLines.keys("None", isShown: shown != nil, isNarrow: true)
    case .newPassphrase(let form, _): form.hint(isNarrow: true)
    case .ended(let outcome) where canCorrect(outcome): "Enter:Back" + more + "  Esc:Close"
    case .ended: hint(context)
    case .plan: ""
    }
  }

  private var more: String { rows > page ? "  PgDn:More" : "" }

  func hint(_ context: Context) -> String {
    switch stage {
    case .form: "Tab:Next  Enter:Press  Esc:Cancel. Nothing is published yet."
    case .working: isAgreed ? "It is being published." : "Esc:Cancel. Nothing is published yet."
    case .passphrase: PassphraseLines.keys("Give none", isShown: shown != nil, isNarrow: false)
    case .newPassphrase(let form, _): form.hint(isNarrow: false)
    case .ended(let outcome) where canCorrect(outcome): "Enter:Back to the form" + more + "  Esc:Close"
    case .ended: "Enter:Close" + more + (isMendable ? "  \(context.key(.repair)):Repair" : "")
    case .plan: ""
    }
  }
}

internal import Screen
internal import Stores
internal import TrustChange
internal import TrustModel

/// A plan and its effects, before anything is written.
///
/// Cancel has the focus; Enter confirms only on the other button.
///
/// Where images that were accepted would be refused, the last four digits of the key are asked for as well.
struct PlanScreen: ConsoleScreen {
  private let change: Change
  private let reason: String?
  private var digits = LineField(limit: 4)
  private var focus: Focus

  private enum Focus { case digits, cancel, apply }

  init(_ change: Change, reason: String?) {
    self.change = change
    self.reason = reason
    focus = .cancel
  }

  private var expected: String? {
    change.withdrawsTrust
      ? change.edits.lazy.compactMap(\.location).first.map { String($0.fingerprint.description.suffix(4)) } : nil
  }

  private var isAllowed: Bool { expected.map { $0 == digits.text.lowercased() } ?? true }

  var title: String { "Plan: \(change.verb.rawValue)" }

  /// What is confirmed must be seen: the key, the files, the effect, the buttons.
  var smallest: Size { Size(rows: 20, columns: 76) }

  func commands(_ context: Context) -> [Command] { [] }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] { [] }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    switch event {
    case .key(.escape), .interrupt: return [.close, .say("Nothing was changed.")]
    case .key(.tab), .key(.right), .key(.down): focus = next
    case .key(.backTab), .key(.left), .key(.up): focus = previous
    case .key(.enter):
      switch focus {
      case .cancel: return [.close, .say("Nothing was changed.")]
      case .apply where isAllowed: return [.close, .say("Writing..."), .work(.apply(change, reason: reason))]
      case .apply, .digits: return [.say(expected == nil ? "" : "Type the last 4 digits of the key first.")]
      }
    default: if focus == .digits { _ = digits.handle(event) }
    }
    return []
  }

  private var next: Focus {
    switch focus {
    case .cancel: expected == nil ? .apply : .digits
    case .digits: .apply
    case .apply: .cancel
    }
  }

  private var previous: Focus {
    switch focus {
    case .cancel: .apply
    case .digits: .cancel
    case .apply: expected == nil ? .cancel : .digits
    }
  }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let theme = context.theme
    let box = Rectangle(row: area.row, column: 1, rows: area.rows - 1, columns: area.columns - 2)
    grid.box(box, theme.style(.dim))
    grid.put(area.row, 3, " \(change.verb.rawValue.capitalizedFirst)? ", theme.style(.heading))
    let width = max(10, area.columns - 6)
    var row = area.row + 1
    for line in lines(context) {
      for (offset, piece) in line.text.wrapped(to: width - 10).enumerated() where row < area.row + area.rows - 5 {
        grid.put(row, 3, offset == 0 ? line.label : "", theme.style(.heading), width: 9)
        grid.put(row, 13, piece, theme.style(line.role), width: width - 10)
        row += 1
      }
    }
    let bottom = area.row + area.rows - 3
    if expected != nil {
      let end = grid.put(
        bottom - 1, 3, "Images will be refused. Type the last 4 digits of the key: ", theme.style(.warning))
      digits.draw(
        into: &grid, row: bottom - 1, column: end, width: 5, style: theme.style(.field), focused: focus == .digits)
    }
    let cancel = grid.put(bottom, 10, "[ Cancel ]", theme.style(focus == .cancel ? .selection : .normal))
    let name = change.verb.rawValue.capitalizedFirst
    let text = isAllowed ? "[ \(name) ]" : "( \(name): digits first )"
    grid.put(bottom, cancel + 8, text, theme.style(focus == .apply ? .selection : .normal))
    if focus == .cancel { grid.cursor = Position(row: bottom, column: 10) }
    if focus == .apply { grid.cursor = Position(row: bottom, column: cancel + 8) }
    grid.put(
      area.row + area.rows - 1, 1, "Tab:Next  Enter:Press  Esc:Cancel. Nothing has been written yet.",
      theme.style(.key), width: area.columns - 2)
  }

  private struct Line {
    let label: String
    let text: String
    let role: Theme.Role
  }

  private func lines(_ context: Context) -> [Line] {
    var lines: [Line] = []
    for edit in change.edits {
      if let location = edit.location {
        let fingerprint = location.fingerprint
        let who = context.machine?.rows.first { $0.fingerprint == fingerprint && $0.record?.userIDs.isEmpty == false }?
          .who
        lines.append(Line(label: "KEY", text: "\(fingerprint.shortGrouped)   \(who ?? "")", role: .heading))
        lines.append(Line(label: "FOR", text: location.scope.words, role: .normal))
      }
      let what = "\(edit.verb) a file: \(edit.words(for: edit.before)) -> \(edit.words(for: edit.after))"
      lines.append(Line(label: "WILL DO", text: what, role: .normal))
      lines.append(Line(label: "", text: edit.file, role: .dim))
    }
    if change.verb == .undo { lines.insert(Line(label: "", text: change.summary, role: .normal), at: 0) }
    for effect in change.effects {
      let text = "\(effect.scope.words): accepted keys \(effect.acceptedBefore) -> \(effect.acceptedAfter)"
      let isLess = effect.acceptedAfter < effect.acceptedBefore
      lines.append(Line(label: "EFFECT", text: text, role: isLess ? .warning : .normal))
    }
    lines += change.warnings.map { Line(label: "NOTE", text: $0, role: .warning) }
    lines.append(Line(label: "UNDO", text: "u takes it back; so does keyreeve undo", role: .normal))
    return lines
  }
}

extension String {
  /// The text with its first letter in upper case.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

internal import OpenPGP
internal import Screen
internal import TrustChange
internal import TrustModel

/// Third step of a rotation: whether both keys count for a time.
struct OverlapScreen: ConsoleScreen {
  private enum Choice: CaseIterable { case overlap, atOnce }

  /// The longest overlap, in days: ten years.
  static let limit = 3650

  private let key: ReviewedKey
  private let reason: String?
  private let old: Fingerprint
  private var days = LineField("30", limit: 4)
  private var choice = Choice.overlap

  init(_ key: ReviewedKey, old: Fingerprint, reason: String?) {
    (self.key, self.old, self.reason) = (key, old, reason)
  }

  var title: String { "Rotate \(old.shortGrouped) (step 3 of 4: the overlap)" }

  var smallest: Size { PlanBox.smallest }

  func commands(_ context: Context) -> [Command] { [] }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] { [] }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    switch event {
    case .key(.escape), .interrupt: return [.close, .say("Nothing was changed.")]
    case .key(.tab), .key(.backTab), .key(.down), .key(.up): choice = choice == .overlap ? .atOnce : .overlap
    case .key(.enter):
      guard choice == .overlap else { return [.work(.planRotation(key, days: nil, reason: reason))] }
      guard let count = Int(days.text.trimmed), (1...Self.limit).contains(count) else {
        return [.say("An overlap is from 1 to \(Self.limit) days.")]
      }
      return [.work(.planRotation(key, days: count, reason: reason))]
    default: if choice == .overlap { _ = days.handle(event) }
    }
    return []
  }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let theme = context.theme
    let user = key.candidate.certificate.userIDs.first?.visible.description ?? ""
    let who = context.machine?.rows.first { $0.fingerprint == old && $0.scope == key.purpose.scope }?.who ?? ""
    let lines = [
      DescribedLine("Old key", "\(old.shortGrouped)   \(who)"),
      DescribedLine("New key", "\(key.fingerprint.shortGrouped)   \(user)", .heading),
      DescribedLine("", key.certificationWords ?? "", key.certificationRole),
    ]
    let rows = min(8, lines.rows(columns: area.columns - 2))
    grid.put(lines, in: Rectangle(row: area.row, column: 1, rows: rows, columns: area.columns - 2), theme)
    var row = area.row + rows + 1
    let style = theme.style(choice == .overlap ? .selection : .normal)
    let end = grid.put(row, 1, choice == .overlap ? "(o) both count for" : "( ) both count for", style) + 1
    days.draw(
      into: &grid, row: row, column: end, width: 6, style: theme.style(.field), focused: choice == .overlap)
    grid.put(row, end + 7, "days; then the audit reminds of the old one", width: area.columns - end - 8)
    row += 2
    let text = choice == .atOnce ? "(o) the old key is retired at once" : "( ) the old key is retired at once"
    grid.put(row, 1, text, theme.style(choice == .atOnce ? .selection : .normal))
    grid.put(
      row + 1, 5, "images that it alone has signed are refused then", theme.style(.warning), width: area.columns - 6)
    if choice == .atOnce { grid.cursor = Position(row: row, column: 1) }
    grid.put(
      area.row + area.rows - 1, 1, "Tab:Other  Enter:Plan  Esc:Cancel. Nothing has been written yet.",
      theme.style(.key), width: area.columns - 2)
  }
}

extension ReviewedKey {
  /// Whether the old key speaks for the new one, in words; nil where there is no old one.
  var certificationWords: String? {
    switch certification {
    case .good(let moment): "The old key has signed the new one, on \(moment.date)."
    case .bad(let problem): "THE NEW KEY CARRIES A SIGNATURE BY THE OLD ONE THAT DOES NOT HOLD: \(problem)"
    case .some(.none): "The old key has not signed the new one: only your review vouches for it."
    case nil: nil
    }
  }

  var certificationRole: Theme.Role {
    switch certification {
    case .good: .accepted
    case .bad: .refused
    case .some(.none), nil: .warning
    }
  }
}

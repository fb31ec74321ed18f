internal import OpenPGP
internal import Screen
internal import TrustChange
internal import TrustModel

/// Third step of a rotation: when the old key ends, with what happens when as a table.
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

  func commands(_ context: Context) -> [Command] { [] }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] { [] }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    switch event {
    case .key(.escape), .interrupt: return [.close, .say("Nothing was changed.")]
    case .key(.tab), .key(.backTab), .key(.down), .key(.up): choice = choice == .overlap ? .atOnce : .overlap
    case .key(.enter):
      guard choice == .overlap else { return [.work(.plan(.rotate(key, days: nil, reason: reason)))] }
      guard let count = wantedDays else { return [.say("An overlap is from 1 to \(Self.limit) days.")] }
      return [.work(.plan(.rotate(key, days: count, reason: reason)))]
    default: if choice == .overlap { _ = days.handle(event) }
    }
    return []
  }

  /// The days that were typed, where they can be meant.
  private var wantedDays: Int? {
    Int(days.text.trimmed).flatMap { (1...Self.limit).contains($0) ? $0 : nil }
  }

  // MARK: Drawing

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let theme = context.theme
    let isCompact = PlanLayout(grid.size).isCompact
    let keys = isCompact ? briefLines : keyLines(context)
    // Of a small window the choice takes what it needs, and the keys what is left.
    let rows = min(isCompact ? max(1, area.rows - 5) : 7, keys.rows(columns: area.columns - 2))
    grid.put(keys, in: Rectangle(row: area.row, column: 1, rows: rows, columns: area.columns - 2), theme)
    var row = area.row + rows + (isCompact ? 0 : 1)
    row = drawChoices(into: &grid, row, area.columns, theme, warnings: isCompact ? 1 : 3) + (isCompact ? 0 : 1)
    let table = RotationTable(
      key: key, days: choice == .overlap ? wantedDays : nil, isAtOnce: choice == .atOnce, keys: context.preferences.keys
    )
    let left = area.row + area.rows - 2 - row
    table.draw(
      into: &grid, Rectangle(row: row, column: 1, rows: max(0, left), columns: area.columns - 2), theme, context.now)
    grid.put(
      area.row + area.rows - 1, 1,
      isCompact
        ? "Tab Enter Esc: nothing is written yet" : "Tab:Other  Enter:Plan  Esc:Cancel. Nothing has been written yet.",
      theme.style(.key), width: area.columns - 2)
  }

  private var briefLines: [DescribedLine] {
    [DescribedLine("Old key", old.shortGrouped), DescribedLine("New key", key.fingerprint.shortGrouped, .heading)]
  }

  private func keyLines(_ context: Context) -> [DescribedLine] {
    let user = key.candidate.certificate.userIDs.first?.visible.description ?? ""
    let who = context.machine?.rows.first { $0.fingerprint == old && $0.scope == key.purpose.scope }?.who ?? ""
    return [
      DescribedLine("Old key", "\(old.shortGrouped)   \(who)"),
      DescribedLine("New key", "\(key.fingerprint.shortGrouped)   \(user)", .heading),
      DescribedLine("", key.certificationWords ?? "", key.certificationRole),
    ]
  }

  /// Draws both ends that an overlap may have; returns the row after them.
  private func drawChoices(into grid: inout Grid, _ row: Int, _ columns: Int, _ theme: Theme, warnings: Int) -> Int {
    func mark(_ other: Choice) -> String { choice == other ? "(o)" : "( )" }
    grid.put(row, 1, "End it", theme.style(.heading))
    let column = 1 + DescribedLine.labelWidth
    let style = theme.style(choice == .overlap ? .selection : .normal)
    let end = grid.put(row, column, "\(mark(.overlap)) after", style) + 1
    days.draw(
      into: &grid, row: row, column: end, width: 6, style: theme.style(.field), focused: choice == .overlap)
    let words = columns < 76 ? "days" : "days in which both keys count; the audit reminds"
    grid.put(row, end + 7, words, width: max(0, columns - end - 8))
    grid.put(
      row + 1, column, "\(mark(.atOnce)) now, with no overlap", theme.style(choice == .atOnce ? .selection : .normal))
    if choice == .atOnce { grid.cursor = Position(row: row + 1, column: column) }
    let refused = key.outlook?.atOnce?.refusedImages ?? "images signed by the old key alone are refused then"
    let lines = refused.wrapped(to: columns - column - 5).prefix(warnings)
    for (offset, line) in lines.enumerated() {
      grid.put(row + 2 + offset, column + 4, line, theme.style(.warning), width: columns - column - 5)
    }
    return row + 2 + lines.count
  }
}

extension ReviewedKey {
  /// Whether the old key speaks for the new one, in words; nil where there is no old one.
  var certificationWords: String? {
    guard case .rotate = purpose else { return nil }
    return Change.words(certification).capitalizedFirst + "."
  }

  var certificationRole: Theme.Role {
    switch certification {
    case .good: .accepted
    case .bad: .refused
    case .some(.none), nil: .warning
    }
  }
}

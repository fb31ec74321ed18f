internal import Screen
internal import TrustChange
internal import TrustModel

/// The review of a key, to be trusted by itself or in the place of another one.
///
/// Enter alone never trusts. The fingerprint is compared with one that came another way: all 40 digits, or the last 16. Trusting without
/// comparing asks for a reason, which the log keeps. A copy of a key that is trusted already is shown by its differences.
struct ReviewScreen: ConsoleScreen {
  private enum Focus { case compare, cancel, trust, without }

  private let key: ReviewedKey
  private var compare = LineField(limit: 60)
  private var reason = LineField(limit: 200)
  private var isGivingReason = false
  private var focus: Focus
  private var scroll = TextScroll()
  private var size = Size.full

  init(_ key: ReviewedKey) {
    self.key = key
    focus = key.refusal == nil && key.difference == nil ? .compare : .cancel
  }

  var title: String {
    if case .rotate(let old, _) = key.purpose { return "Rotate \(old.shortGrouped) (step 2 of 4: review)" }
    let what = key.difference == nil ? "Trust a new key" : "Refresh a key"
    return "\(what) (step 2 of 2: review, key \(key.number) of \(key.count))"
  }

  /// What is confirmed must be seen: the key, what is special about it, the field, the buttons.
  var smallest: Size { Size(rows: 20, columns: 76) }

  func commands(_ context: Context) -> [Command] { [] }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] { [] }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    if case .resize(let size) = event {
      self.size = size
      return []
    }
    for command in [Command.pageDown, .pageUp] where command.row.events.first == event {
      let rows = ReviewDescription(key: key, now: context.now).lines.rows(columns: size.columns - 2)
      _ = scroll.move(command, rows: rows, page: size.rows - 3 - bottomRows(size.columns))
      return []
    }
    if isGivingReason { return takeReason(event) }
    switch event {
    case .key(.escape), .interrupt: return [.close, .say(nothing)]
    case .key(.tab), .key(.down): move(1)
    case .key(.backTab), .key(.up): move(-1)
    case .key(.right) where focus != .compare: move(1)
    case .key(.left) where focus != .compare: move(-1)
    case .key(.enter): return press()
    default: if focus == .compare { _ = compare.handle(event) }
    }
    return []
  }

  private var nothing: String {
    if case .trust = key.purpose { "Nothing was trusted." } else { "Nothing was changed." }
  }

  private var places: [Focus] {
    if key.refusal != nil { return [.cancel] }
    return key.difference == nil ? [.compare, .cancel, .trust, .without] : [.cancel, .trust]
  }

  private mutating func move(_ step: Int) {
    let here = places.firstIndex(of: focus) ?? 0
    focus = places[(here + step + places.count) % places.count]
  }

  private mutating func press() -> [Effect] {
    switch focus {
    case .cancel: return [.close, .say(nothing)]
    case .trust where key.difference != nil: return agree("refreshed copy")
    case .trust where match.isWhole: return agree("compared: \(match.words)")
    case .compare where match.isWhole: focus = .trust
    case .compare, .trust: return [.say("Type the fingerprint that you got another way, or its last 16 digits.")]
    case .without: isGivingReason = true
    }
    return []
  }

  private func agree(_ reason: String) -> [Effect] {
    if case .rotate(let old, _) = key.purpose { return [.open(OverlapScreen(key, old: old, reason: reason))] }
    return [.work(.plan(.trust(key, reason: reason)))]
  }

  private mutating func takeReason(_ event: Event) -> [Effect] {
    switch event {
    case .key(.escape), .interrupt: isGivingReason = false
    case .key(.enter):
      guard !reason.isEmpty else { return [.say("Type a reason: the log keeps it.")] }
      return agree("not compared: \(reason.text)")
    default: _ = reason.handle(event)
    }
    return []
  }

  private var match: FingerprintComparison { FingerprintComparison(typed: compare.text, with: key.fingerprint) }

  // MARK: Drawing

  private static let advice =
    "Compare with a fingerprint that you got ANOTHER WAY (phone, paper, a web page): all 40 digits or the last 16."

  /// What stands above the buttons.
  private func question(_ columns: Int) -> [String] {
    if let refusal = key.refusal { return "REFUSED: \(refusal)".wrapped(to: columns - 2) }
    if isGivingReason { return ["Why is it trusted without comparing? The log keeps it:", ""] }
    guard key.difference == nil else {
      return "It is the key that you know: take over this copy of it?".wrapped(to: columns - 2)
    }
    return Self.advice.wrapped(to: columns - 2) + ["", ""]
  }

  /// Rows below the description: an empty one, the question, the buttons, an empty one, the hint.
  private func bottomRows(_ columns: Int) -> Int { question(columns).count + 4 }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let theme = context.theme
    let bottom = area.row + area.rows - bottomRows(area.columns)
    grid.put(
      scrolled: ReviewDescription(key: key, now: context.now).lines,
      in: Rectangle(row: area.row, column: 1, rows: bottom - area.row, columns: area.columns - 2), theme, scroll,
      keys: "PgDn")
    for (offset, line) in question(area.columns).enumerated() {
      grid.put(bottom + 1 + offset, 1, line, theme.style(key.refusal == nil ? .normal : .refused))
    }
    let buttons = area.row + area.rows - 3
    if isGivingReason {
      reason.draw(
        into: &grid, row: buttons - 1, column: 3, width: max(10, area.columns - 6), style: theme.style(.field),
        focused: true)
    } else if places.contains(.compare) {
      compare.draw(
        into: &grid, row: buttons - 2, column: 3, width: min(54, area.columns - 6), style: theme.style(.field),
        focused: focus == .compare)
      let role: Theme.Role = match.isWhole ? .accepted : match.isWrong ? .refused : .dim
      grid.put(buttons - 1, 3, match.words, theme.style(role), width: area.columns - 4)
    }
    if !isGivingReason { drawButtons(into: &grid, buttons, theme) }
    let keys = isGivingReason ? "Enter:Plan  Esc:Back" : "Tab:Next  Enter:Press  Esc:Cancel"
    grid.put(
      area.row + area.rows - 1, 1, "\(keys). Nothing has been written yet.", theme.style(.key), width: area.columns - 2)
  }

  private func drawButtons(into grid: inout Grid, _ row: Int, _ theme: Theme) {
    var column = 3
    for place in places where place != .compare {
      let isFocused = place == focus
      let end = grid.put(row, column, "[ \(name(place)) ]", theme.style(isFocused ? .selection : .normal))
      if isFocused { grid.cursor = Position(row: row, column: column) }
      column = end + 2
    }
  }

  private func name(_ place: Focus) -> String {
    let verb = if case .trust = key.purpose { "Trust" } else { "Agree" }
    switch place {
    case .compare: return ""
    case .cancel: return "Cancel"
    case .trust where key.difference != nil: return "Take over"
    case .trust: return match.isWhole ? verb : "\(verb): finish the compare"
    case .without: return "\(verb) without comparing..."
    }
  }
}

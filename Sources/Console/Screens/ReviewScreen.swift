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
  /// Whether all that is to be known was in view, or there was room for it.
  private var isSeen = false
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

  func commands(_ context: Context) -> [Command] { [] }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] { [] }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    if case .resize(let size) = event {
      if size.columns != self.size.columns { scroll.forget() }
      self.size = size
    }
    let rows = lines(context).rows(columns: size.columns - 2)
    defer { scroll.look(rows: rows, page: page) }
    if case .resize = event { return [] }
    for command in [Command.pageDown, .pageUp] where command.row.events.first == event {
      _ = scroll.move(command, rows: rows, page: page)
      return []
    }
    if case .mouse(let mouse) = event {
      take(mouse, rows: rows)
      return []
    }
    isSeen = scroll.hasSeenAll(rows: rows, page: page)
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
    case .trust where key.difference != nil && !isSeen: return [.say("PgDn shows the rest of the key first.")]
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

  private var isCompact: Bool { PlanLayout(size).isCompact }

  /// The description; a refusal is said first where there is no room for it below.
  private func lines(_ context: Context) -> [DescribedLine] {
    let refusal = isCompact ? key.refusal.map { DescribedLine("REFUSED", $0, .refused) } : nil
    return (refusal.map { [$0] } ?? []) + ReviewDescription(key: key, now: context.now).lines
  }

  /// What stands above the buttons.
  private var question: [String] {
    let columns = size.columns - 2
    if isGivingReason {
      return [isCompact ? "Why? The log keeps it:" : "Why is it trusted without comparing? The log keeps it:", ""]
    }
    if let refusal = key.refusal { return isCompact ? [] : "REFUSED: \(refusal)".wrapped(to: columns) }
    guard key.difference == nil else {
      return isCompact
        ? ["Take over this copy?"] : "It is the key that you know: take over this copy of it?".wrapped(to: columns)
    }
    return (isCompact ? [] : Self.advice.wrapped(to: columns)) + ["", ""]
  }

  /// Rows below the description: the question, the buttons and the hint, with empty ones between where there is room.
  private var bottomRows: Int { question.count + (isCompact ? 2 : 4) }

  /// Rows of the description: what title, message, footer and the rows below leave.
  private var page: Int { max(1, size.rows - 3 - bottomRows) }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let theme = context.theme
    grid.put(
      scrolled: lines(context), in: Rectangle(row: area.row, column: 1, rows: page, columns: area.columns - 2), theme,
      scroll, keys: "PgDn")
    let buttons = buttonRow
    for (offset, line) in question.enumerated() {
      grid.put(buttons - question.count + offset, 1, line, theme.style(key.refusal == nil ? .normal : .refused))
    }
    drawField(into: &grid, buttons, area.columns, theme)
    if !isGivingReason { drawButtons(into: &grid, buttons, theme) }
    let keys = isGivingReason ? "Enter:Plan  Esc:Back" : "Tab:Next  Enter:Press  Esc:Cancel"
    let hint = isCompact ? "Tab Enter Esc: nothing is written yet" : "\(keys). Nothing has been written yet."
    grid.put(area.row + area.rows - 1, 1, hint, theme.style(.key), width: area.columns - 2)
  }

  /// Draws the field that is typed into, above the buttons.
  private func drawField(into grid: inout Grid, _ buttons: Int, _ columns: Int, _ theme: Theme) {
    if isGivingReason {
      reason.draw(
        into: &grid, row: buttons - 1, column: 3, width: max(10, columns - 6), style: theme.style(.field), focused: true
      )
    } else if places.contains(.compare) {
      let column = isCompact ? grid.put(buttons - 2, 1, "Compare ", theme.style(.heading)) : 3
      compare.draw(
        into: &grid, row: buttons - 2, column: column, width: min(54, columns - column - 3), style: theme.style(.field),
        focused: focus == .compare)
      let role: Theme.Role = match.isWhole ? .accepted : match.isWrong ? .refused : .dim
      grid.put(buttons - 1, isCompact ? 1 : 3, match.words, theme.style(role), width: columns - 4)
    }
  }

  /// The buttons and where they stand.
  private var buttons: [(place: Focus, text: String, columns: Range<Int>)] {
    var column = isCompact ? 1 : 3
    return places.filter { $0 != .compare }.map { place in
      let text = "[ \(name(place)) ]"
      defer { column += text.count + (isCompact ? 1 : 2) }
      return (place, text, column..<column + text.count)
    }
  }

  private func drawButtons(into grid: inout Grid, _ row: Int, _ theme: Theme) {
    for button in buttons {
      let isFocused = button.place == focus
      grid.put(row, button.columns.lowerBound, button.text, theme.style(isFocused ? .selection : .normal))
      if isFocused { grid.cursor = Position(row: row, column: button.columns.lowerBound) }
    }
  }

  /// The row of the buttons in the window.
  private var buttonRow: Int { 1 + size.rows - 3 - (isCompact ? 2 : 3) }

  /// The wheel scrolls; a click on a button only puts the focus there, as one click alone must never trust.
  private mutating func take(_ mouse: Event.Mouse, rows: Int) {
    scroll.turn(mouse, rows: rows, page: page)
    guard mouse.action == .press, !isGivingReason else { return }
    let (row, column) = (mouse.position.row, mouse.position.column)
    if row == buttonRow, let button = buttons.first(where: { $0.columns.contains(column) }) { focus = button.place }
    if row == buttonRow - 2, places.contains(.compare) { focus = .compare }
  }

  private func name(_ place: Focus) -> String {
    let verb = if case .trust = key.purpose { "Trust" } else { "Agree" }
    switch place {
    case .compare: return ""
    case .cancel: return "Cancel"
    case .trust where key.difference != nil: return "Take over"
    case .trust: return match.isWhole || isCompact ? verb : "\(verb): finish the compare"
    case .without: return isCompact ? "Without..." : "\(verb) without comparing..."
    }
  }
}

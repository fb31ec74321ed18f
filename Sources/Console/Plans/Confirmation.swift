internal import Screen

/// The question below a plan: Cancel, which has the focus, and the button that does what the plan says.
///
/// Enter confirms only on that button; where it hurts, something has to be typed before it can be pressed.
struct Confirmation: Sendable {
  /// What has to be typed before.
  struct Demand: Sendable {
    /// The question, on the line above the buttons.
    let question: String
    /// The same where there is little room.
    let brief: String
    /// What has to be typed, in lower case.
    let answer: String
    /// What the button says until then.
    let hint: String
    /// What is said where it is pressed too early.
    let complaint: String
  }

  /// What a person has answered.
  enum Answer: Sendable, Equatable {
    case none
    case cancelled
    case confirmed
    /// Something is missing: this is said.
    case tooEarly(String)
  }

  private enum Focus { case cancel, demand, apply, wider }

  /// What the button does, in one word; nil where the plan cannot be carried out.
  let button: String?
  let demand: Demand?
  /// What the button says that asks for a wider plan; nil where there is none.
  let wider: String?
  private var field: LineField
  private var focus = Focus.cancel
  /// Whether the button for a wider plan was pressed.
  private(set) var isWidened = false

  init(button: String?, demand: Demand? = nil, wider: String? = nil) {
    (self.button, self.demand, self.wider) = (button, demand, wider)
    field = LineField(limit: demand?.answer.count ?? 0)
  }

  private var isAllowed: Bool { demand.map { $0.answer == field.text.lowercased() } ?? true }

  /// Whether what is typed goes into the field.
  var isTyping: Bool { focus == .demand }

  private var places: [Focus] {
    guard button != nil else { return [.cancel] }
    return [.cancel] + (demand == nil ? [] : [.demand]) + [.apply] + (wider == nil ? [] : [.wider])
  }

  /// Takes an event.
  mutating func take(_ event: Event) -> Answer {
    isWidened = false
    switch event {
    case .key(.escape), .interrupt: return .cancelled
    case .key(.tab), .key(.right), .key(.down): move(1)
    case .key(.backTab), .key(.left), .key(.up): move(-1)
    case .key(.enter):
      switch focus {
      case .cancel: return .cancelled
      case .wider: isWidened = true
      case .apply where isAllowed: return .confirmed
      // As in a review: what was typed leads to the button, and no further.
      case .demand where isAllowed: focus = .apply
      case .apply, .demand: return .tooEarly(demand?.complaint ?? "")
      }
    default: if focus == .demand { _ = field.handle(event) }
    }
    return .none
  }

  /// Puts the focus on the button that stands in a column.
  mutating func focus(at column: Int, isCompact: Bool) {
    guard let button = buttons(isCompact).first(where: { $0.columns.contains(column) }) else { return }
    focus = button.focus
  }

  private struct Button {
    let focus: Focus
    let text: String
    let columns: Range<Int>
  }

  /// The buttons and where they stand: wide apart, closer where there are three or little room.
  private func buttons(_ isCompact: Bool) -> [Button] {
    let gap = isCompact ? 1 : wider == nil ? 8 : 3
    let missing = isCompact ? "" : ": \(demand?.hint ?? "")"
    let texts: [(Focus, String?)] = [
      (.cancel, "[ Cancel ]"), (.apply, button.map { isAllowed ? "[ \($0) ]" : "( \($0)\(missing) )" }),
      (.wider, button == nil ? nil : wider.map { "[ \($0) ]" }),
    ]
    var column = isCompact ? 1 : 10
    return texts.compactMap { focus, text in
      guard let text else { return nil }
      defer { column += text.count + gap }
      return Button(focus: focus, text: text, columns: column..<(column + text.count))
    }
  }

  private mutating func move(_ step: Int) {
    let here = places.firstIndex(of: focus) ?? 0
    focus = places[(here + step + places.count) % places.count]
  }

  /// Draws the buttons into a row, and the question into the row above it.
  func draw(into grid: inout Grid, _ row: Int, _ theme: Theme, isCompact: Bool) {
    if let demand {
      let question = isCompact ? demand.brief : demand.question
      let end = grid.put(row - 1, isCompact ? 1 : 3, question, theme.style(.warning))
      field.draw(
        into: &grid, row: row - 1, column: end, width: demand.answer.count + 1, style: theme.style(.field),
        focused: focus == .demand)
    }
    for button in buttons(isCompact) {
      let column = button.columns.lowerBound
      grid.put(row, column, button.text, theme.style(focus == button.focus ? .selection : .normal))
      if focus == button.focus { grid.cursor = Position(row: row, column: column) }
    }
  }
}

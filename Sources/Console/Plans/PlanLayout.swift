internal import Screen

/// How a plan lies in a window: in a box with room around it, or line by line in a small one.
struct PlanLayout {
  /// A line of the plan, as wide as there is room.
  struct Piece {
    let label: String
    let text: String
    let role: Theme.Role
  }

  private let size: Size
  private let hasQuestion: Bool

  /// The layout in a window of some size; `hasQuestion` where something has to be typed.
  init(_ size: Size, hasQuestion: Bool = true) { (self.size, self.hasQuestion) = (size, hasQuestion) }

  /// Whether there is no room for a box: below 76 columns or 20 rows.
  var isCompact: Bool { size.columns < 76 || size.rows < 20 }

  /// Columns before the labels.
  var margin: Int { isCompact ? 1 : 3 }

  /// Columns that the labels take.
  var labelWidth: Int { isCompact ? 9 : 10 }

  /// Rows of the plan that are in view: what title, message, footer, heading, question, buttons and hint leave.
  var page: Int { max(1, size.rows - 3 - (isCompact ? hasQuestion ? 4 : 3 : 6)) }

  /// The row of the buttons in the window; the question stands above it.
  var buttonRow: Int { 1 + size.rows - 3 - (isCompact ? 2 : 3) }

  /// The lines, wrapped.
  func pieces(_ lines: [DescribedLine]) -> [Piece] {
    let lines = isCompact ? lines.filter { !$0.text.isEmpty || !$0.label.isEmpty } : lines
    let width = max(1, size.columns - 2 * margin - labelWidth)
    return lines.flatMap { line in
      line.text.wrapped(to: width).enumerated().map { offset, text in
        Piece(label: offset == 0 ? line.label : "", text: text, role: line.role)
      }
    }
  }
}

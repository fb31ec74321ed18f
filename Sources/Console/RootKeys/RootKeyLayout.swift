internal import ContentChange
internal import Screen

/// Where the rows and buttons of a step stand in a window.
struct RootKeyLayout {
  let pieces: [RootKeyForm.Piece]
  /// The first piece that is in view.
  let first: Int
  /// Rows for pieces: what title, buttons, hint, message and footer leave.
  let page: Int
  private let wizard: RootKeyWizard
  private let size: Size

  /// Below so many rows nothing stands between the parts.
  private static let roomy = 20

  init(_ wizard: RootKeyWizard, _ size: Size, _ scroll: TextScroll?) {
    (self.wizard, self.size) = (wizard, size)
    let isCompact = size.rows < Self.roomy
    let pieces = RootKeyForm(wizard: wizard, columns: size.columns - 2, isCompact: isCompact).pieces
    let page = max(1, size.rows - 5 - (isCompact ? 0 : 1))
    (self.pieces, self.page) = (pieces, page)
    let focused = pieces.lastIndex { RootKeyForm.place($0) == wizard.focus }
    // The words of a passphrase stand above the button that has the focus then.
    let wanted = scroll ?? TextScroll(first: focused.map { max(0, $0 + 1 - page) } ?? 0)
    first = wanted.first(rows: pieces.count, page: page)
  }

  private struct Button {
    let place: RootKeyWizard.Place
    let text: String
    let column: Int
  }

  private var buttonRow: Int { size.rows - 4 }

  private var buttons: [Button] {
    var column = 1
    return wizard.buttons.map { place, name in
      let isDead = place == .next && wizard.obstacle != nil
      let text = isDead ? "( \(name) )" : "[ \(name) ]"
      defer { column += text.count + (size.columns < 60 ? 1 : 3) }
      return Button(place: place, text: text, column: column)
    }
  }

  /// What stands at a position.
  func place(at position: Position) -> RootKeyWizard.Place? {
    if position.row == buttonRow {
      return buttons.first { ($0.column..<$0.column + $0.text.count).contains(position.column) }?.place
    }
    let index = first + position.row - 1
    guard (0..<page).contains(position.row - 1), pieces.indices.contains(index) else { return nil }
    return RootKeyForm.place(pieces[index])
  }

  func draw(into grid: inout Grid, _ theme: Theme) {
    for (offset, piece) in pieces.dropFirst(first).prefix(page).enumerated() {
      draw(piece, into: &grid, 1 + offset, theme)
    }
    if let more, size.rows >= Self.roomy {
      grid.put(buttonRow - 1, max(1, size.columns - more.count - 1), more, theme.style(.warning))
    }
    for button in buttons {
      let isFocused = button.place == wizard.focus
      grid.put(buttonRow, button.column, button.text, theme.style(isFocused ? .selection : .normal))
      if isFocused { grid.cursor = Position(row: buttonRow, column: button.column) }
    }
    grid.put(size.rows - 3, 1, hint, theme.style(.key), width: size.columns - 2)
  }

  /// That there are rows out of view; nil where all are in it.
  private var more: String? {
    let left = pieces.count - first - page
    return left > 0 ? "PgDn: \(left) more" : first > 0 ? "PgUp: back" : nil
  }

  private var hint: String {
    let isNarrow = size.columns < 76
    // In a small window there is no row of its own for it.
    if let more, size.rows < Self.roomy, !wizard.choice.isTyping { return "\(more)  Tab Enter Ctrl-P Esc" }
    if wizard.choice.isTyping {
      return PassphraseLines.keys("Stop typing", isShown: wizard.choice.shown != nil, isNarrow: isNarrow)
    }
    let leave = wizard.hasWritten ? wizard.isDone ? "Close" : "Leave" : "Cancel"
    if isNarrow { return "Tab Enter Ctrl-P Esc" + (wizard.hasWritten ? "" : ": nothing written yet") }
    let state = wizard.hasWritten ? "" : ". Nothing has been written yet."
    let copy = wizard.step.rawValue >= RootKeyWizard.Step.writeDown.rawValue ? "  y:Copy" : ""
    // Only where there is a step to go back to.
    let back = wizard.buttons.contains { $0.place == .back } && !wizard.isLeaving ? "  Ctrl-P:Back" : ""
    return "Tab:Next  Enter:Press\(back)  Esc:\(leave)\(copy)\(state)"
  }

  private func draw(_ piece: RootKeyForm.Piece, into grid: inout Grid, _ row: Int, _ theme: Theme) {
    let text = 1 + DescribedLine.labelWidth
    let isFocused = RootKeyForm.place(piece) == wizard.focus
    switch piece.row {
    case .line(let line):
      let label = theme.style(line.role == .heading ? .heading : .dim)
      grid.put(row, 1, piece.label, label, width: DescribedLine.labelWidth)
      grid.put(row, text, piece.text, theme.style(line.role), width: size.columns - text - 1)
    case .text: grid.put(row, 1, piece.text, width: size.columns - 2)
    case .field(let name, let field, _):
      grid.put(row, 1, name, theme.style(.heading))
      let width = min(60, size.columns - text - 1)
      field.draw(into: &grid, row: row, column: text, width: width, style: theme.style(.field), focused: isFocused)
    case .choice(let words, let isChosen, _):
      grid.put(row, text, "\(isChosen ? "(o)" : "( )") \(words)", theme.style(isFocused ? .selection : .normal))
      if isFocused { grid.cursor = Position(row: row, column: text) }
    case .button(let name, _):
      grid.put(row, text, "[ \(name) ]", theme.style(isFocused ? .selection : .normal))
      if isFocused { grid.cursor = Position(row: row, column: text) }
    case .words(let secret, let range): grid.put(row, text, secret: secret, range)
    }
  }
}

extension RootKeyWizard {
  /// The buttons below the rows, with what they say.
  var buttons: [(place: Place, name: String)] {
    if isDone { return [(.cancel, "Close")] }
    if isLeaving { return [(.back, "Stay"), (.cancel, "Leave it as it is")] }
    let cancel = (place: Place.cancel, name: hasWritten ? "Leave" : "Cancel")
    let back = (place: Place.back, name: "Back")
    switch step {
    case .checks: return [cancel, (.next, checks?.hasRootKey == true ? "Make another one" : "Next")]
    case .make: return [cancel, back, (.next, "Make the key")]
    case .backUp: return [cancel] + (copy == nil ? [(.skip, "Without a copy")] : []) + [(.next, "Next")]
    case .finish: return [cancel, back, (.next, isTakenOff ? "Take it off" : "Finish")]
    case .name, .passphrase, .writeDown: return [cancel, back, (.next, "Next")]
    }
  }
}

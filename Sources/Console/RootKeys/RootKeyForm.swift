internal import ContentSigning
internal import Screen
internal import TrustModel

/// The rows of a step of the root key: text, fields, choices, and the words of a passphrase.
///
/// Pure. Rows are laid out one below the other; where they are more than the window, the row with the focus stays in view.
struct RootKeyForm {
  /// One row, or a text that is wrapped to several.
  enum Row {
    case line(DescribedLine)
    /// A text over the whole width.
    case text(String)
    case field(String, LineField, RootKeyWizard.Place)
    /// A radio button.
    case choice(String, isChosen: Bool, RootKeyWizard.Place)
    case button(String, RootKeyWizard.Place)
    /// A part of a passphrase that is shown.
    case words(any SecretText, Range<Int>)
  }

  /// One row of the window.
  struct Piece {
    let row: Row
    /// The text of a line, as wide as there is room.
    var label = ""
    var text = ""
  }

  let wizard: RootKeyWizard
  let columns: Int
  let isCompact: Bool

  /// The rows of the step.
  var rows: [Row] {
    let gap: [Row] = isCompact ? [] : [.line(DescribedLine("", ""))]
    var rows = wizard.intro.map { [Row.text($0)] + gap } ?? []
    rows += wizard.lines.map(Row.line)
    if let problem = wizard.problem { rows.append(.line(DescribedLine("PROBLEM", problem, .refused))) }
    rows += controls
    if let work = wizard.work, wizard.step != .checks { rows.append(.line(DescribedLine("NOW", work.step, .heading))) }
    if !isCompact, !wizard.isLeaving { rows += gap + wizard.steps.map(Row.line) }
    return rows
  }

  private var controls: [Row] {
    guard !wizard.isLeaving, !wizard.isDone else { return [] }
    let gap: [Row] = isCompact || wizard.lines.isEmpty ? [] : [.line(DescribedLine("", ""))]
    switch wizard.step {
    case .checks, .make, .writeDown: return []
    case .name:
      return gap + [.field("Name", wizard.name, .name)]
        + RootKeyWizard.kinds.map { .choice($0.words, isChosen: wizard.kind == $0, .kind($0)) }
    case .passphrase: return gap + passphrase
    case .backUp: return gap + [.field("File", wizard.file, .file), .button("Write the copy, and prove it", .write)]
    case .finish:
      let keep = Row.choice("keep it on this machine", isChosen: !wizard.isTakenOff, .keep)
      let off = Row.choice("take it off this machine: the copy is the key then", isChosen: wizard.isTakenOff, .takeOff)
      return gap + [keep] + (wizard.copy == nil ? [] : [off])
    }
  }

  private var passphrase: [Row] {
    var rows = PassphraseLines(wizard.choice).lines.map(Row.line)
    if let shown = wizard.choice.shown {
      rows.append(.words(shown, shown.end(columns: columns - DescribedLine.labelWidth)))
    }
    if case .drawn(let octets) = wizard.choice.stage {
      let shown = ShownSecret(octets)
      rows += shown.lines(columns: columns - DescribedLine.labelWidth).map { .words(shown, $0) }
      rows.append(.button("I have written it down: type it", .typeBack))
    }
    return rows + [.button("Type one", .type), .button("Make one of 7 random words", .draw)]
  }

  /// The rows as they stand in the window.
  var pieces: [Piece] {
    rows.flatMap { row -> [Piece] in
      if case .text(let text) = row { return text.wrapped(to: max(8, columns)).map { Piece(row: row, text: $0) } }
      guard case .line(let line) = row else { return [Piece(row: row)] }
      return line.text.wrapped(to: max(8, columns - DescribedLine.labelWidth)).enumerated().map { offset, text in
        Piece(row: row, label: offset == 0 ? line.label : "", text: text)
      }
    }
  }

  /// The place that a piece is.
  static func place(_ piece: Piece) -> RootKeyWizard.Place? {
    switch piece.row {
    case .field(_, _, let place), .choice(_, _, let place), .button(_, let place): place
    case .line, .text, .words: nil
    }
  }
}

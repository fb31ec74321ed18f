internal import Screen
internal import TrustModel
internal import TrustVerify

/// For an image name: who could vouch for it, and why everybody else could not.
struct ExplainScreen: ConsoleScreen {
  private struct Line {
    let mark: String
    let key: String
    let text: String
    let file: String
    let role: Theme.Role
  }

  private var field: LineField
  private var isEditing: Bool
  private var explanation: Explanation?
  private var problem: String?
  private var cursor = ListCursor()
  private var size = Size.full

  init(name: String, _ context: Context) {
    field = LineField(name, limit: 1024)
    isEditing = name.isEmpty
    explain(context)
  }

  var title: String { "Explain" }
  var view: Command? { .explain }

  func commands(_ context: Context) -> [Command] {
    isEditing ? [] : [.help, .back, .filter, .explain, .fetch, .copy, .quit, .keys, .log, .images, .reload]
  }

  mutating func refresh(_ context: Context) { explain(context) }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    if case .resize(let size) = event {
      self.size = size
      cursor.hold(count: lines(context).count, page: page)
      return []
    }
    guard isEditing else { return nil }
    switch event {
    case .interrupt: return [.close]
    case .key(.escape):
      if explanation == nil { return [.close] }
      isEditing = false
    case .key(.enter):
      explain(context)
      isEditing = explanation == nil
    default: _ = field.handle(event)
    }
    return []
  }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] {
    if cursor.move(command, count: lines(context).count, page: page) { return [] }
    switch command {
    case .back, .quit: return [.close]
    case .explain, .filter: isEditing = true
    case .fetch: return ImageActions.fetch(field.text, context)
    case .copy:
      let lines = lines(context)
      guard lines.indices.contains(cursor.index) else { return [] }
      return [.copy(lines[cursor.index].file), .say("Copied \(lines[cursor.index].file)")]
    default: break
    }
    return []
  }

  private mutating func explain(_ context: Context) {
    guard !field.isEmpty else { return }
    do {
      let name = try ImageName(field.text)
      problem = nil
      explanation = context.machine.map { Explainer($0.inventory).explanation(of: name, at: context.now) }
    } catch {
      problem = "\(error)"
      explanation = nil
    }
  }

  private func lines(_ context: Context) -> [Line] {
    guard let explanation else { return [] }
    let accepts = explanation.accepts.map { row in
      Line(
        mark: "+", key: label(row), text: (row.scope == .root ? "every image" : "\(row.scope)") + who(row, context),
        file: row.file, role: .accepted)
    }
    let refuses = explanation.refuses.map { row in
      Line(
        mark: "-", key: label(row), text: row.detail ?? row.status.rawValue, file: row.by ?? row.file, role: .refused)
    }
    return accepts + refuses
  }

  private func who(_ row: ConsideredKey, _ context: Context) -> String {
    let key = context.machine?.rows.first { $0.scope == row.scope && $0.fingerprint == row.fingerprint }
    return key.map { ": \($0.who)" } ?? ""
  }

  private func label(_ row: ConsideredKey) -> String {
    row.fingerprint?.shortGrouped ?? VisibleText(row.file.split(separator: "/").last ?? "", limit: 19).description
  }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let theme = context.theme
    grid.put(area.row, 1, "Image name: ", theme.style(.heading))
    field.draw(
      into: &grid, row: area.row, column: 13, width: max(8, area.columns - 29), style: theme.style(.field),
      focused: isEditing)
    grid.put(area.row, area.columns - 14, "Enter:Explain", theme.style(.dim))
    guard let explanation else {
      let hint =
        problem ?? (context.machine == nil ? "Reading the key layers..." : "Type a name such as example.com/hello.")
      for (offset, piece) in hint.wrapped(to: area.columns - 2).enumerated() {
        grid.put(area.row + 2 + offset, 1, piece, theme.style(problem == nil ? .normal : .warning))
      }
      return
    }
    let result =
      "RESULT  \(explanation.accepts.count) keys would be accepted, \(explanation.refuses.count) would not."
    grid.put(
      area.row + 1, 1, result, theme.style(explanation.accepts.isEmpty ? .refused : .accepted), width: area.columns - 2)
    drawList(into: &grid, area, rows: page, context)
    for (offset, note) in notes.enumerated() {
      grid.put(area.row + area.rows - notes.count + offset, 1, note, theme.style(.dim), width: area.columns - 2)
    }
  }

  /// The notes, as many lines of them as a third of the screen takes.
  private var notes: [String] {
    let lines = (explanation?.notes ?? []).flatMap { "NOTE \($0)".wrapped(to: size.columns - 2) }
    return Array(lines.prefix(max(0, (size.rows - 3) / 3)))
  }

  /// Rows of the list: what field, result, heading, the file's line and the notes leave.
  private var page: Int { max(1, size.rows - 3 - 4 - notes.count) }

  private func drawList(into grid: inout Grid, _ area: Rectangle, rows: Int, _ context: Context) {
    let theme = context.theme
    let lines = lines(context)
    grid.put(area.row + 2, 0, "     KEY                  WHY", theme.style(.heading), width: area.columns)
    let isWide = area.columns >= 110
    for offset in 0..<rows {
      let index = cursor.top + offset
      guard lines.indices.contains(index) else { break }
      let line = lines[index]
      let isCurrent = index == cursor.index && !isEditing
      let row = area.row + 3 + offset
      let style = isCurrent ? theme.style(.selection) : theme.style(.normal)
      grid.put(row, 0, isCurrent ? " > " : "   ", style, width: area.columns)
      grid.put(row, 3, line.mark, isCurrent ? style : theme.style(line.role))
      grid.put(row, 5, line.key, style, width: 20)
      grid.put(row, 26, line.text, style, width: isWide ? 44 : area.columns - 26)
      if isWide { grid.put(row, 71, line.file, style, width: area.columns - 71) }
      if isCurrent { grid.cursor = Position(row: row, column: 1) }
    }
    if !isWide, lines.indices.contains(cursor.index) {
      grid.put(area.row + 3 + rows, 1, lines[cursor.index].file, theme.style(.dim), width: area.columns - 2)
    }
  }
}

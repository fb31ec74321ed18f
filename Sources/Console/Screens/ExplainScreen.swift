internal import Screen
internal import TrustModel
internal import TrustVerify

/// For an image name: who could vouch for it, why everybody else could not, and how that comes about.
struct ExplainScreen: ConsoleScreen {
  private var field: LineField
  private var isEditing: Bool
  private var result: String?
  private var isAccepted = false
  private var lines: [ExplainedLine] = []
  private var problem: String?
  private var cursor = ListCursor()
  private var size = Size.full

  init(name: String, _ context: Context, isEditing wantsMore: Bool = false) {
    field = LineField(name, limit: 1024)
    isEditing = name.isEmpty || wantsMore
    guard !wantsMore else { return }
    explain(context)
    if result != nil { skipHeadings(1) }
  }

  var title: String { "Explain" }
  var view: Command? { .explain }

  func commands(_ context: Context) -> [Command] {
    guard !isEditing else { return [] }
    return [
      .help, .open, .back, .filter, .enable, .disable, .fetch, .explain, .copy, .quit, .keys, .log, .images, .audit,
      .reload,
    ]
  }

  mutating func refresh(_ context: Context) { explain(context) }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    switch event {
    case .resize(let size):
      self.size = size
      cursor.hold(count: lines.count, page: page)
    case .mouse(let mouse): cursor.take(mouse, top: 4, count: lines.count, page: page)
    case _ where isEditing: return edit(event, context)
    default: return nil
    }
    return []
  }

  private mutating func edit(_ event: Event, _ context: Context) -> [Effect] {
    switch event {
    case .interrupt: return [.close]
    case .key(.escape):
      if result == nil { return [.close] }
      isEditing = false
    case .key(.enter):
      if let effects = openTag() { return effects }
      cursor = ListCursor()
      explain(context)
      isEditing = result == nil
      skipHeadings(1)
    default: _ = field.handle(event)
    }
    return []
  }

  /// For a name of docker's, what is signed about its tag; nil for other names.
  private mutating func openTag() -> [Effect]? {
    do throws(NameError) {
      guard let order = try ContentOrder(name: field.text.trimmed) else { return nil }
      return RepositoryScreen.open(order) + [.needContent]
    } catch {
      problem = "\(error)".capitalizedFirst
      return []
    }
  }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] {
    let before = cursor.index
    if cursor.move(command, count: lines.count, page: page) {
      skipHeadings(cursor.index < before ? -1 : 1)
      return []
    }
    switch command {
    case .back, .quit: return [.close]
    case .explain, .filter: isEditing = true
    case .fetch: return ImageActions.fetch(field.text, context)
    case .copy:
      guard let file = selected?.file else { return [.say("There is no file here.")] }
      return [.copy(file), .say("Copied \(VisibleText(file))")]
    case .open, .enable, .disable:
      guard let row = row(context) else { return [.say("There is no key file here.")] }
      return command == .open ? [.open(KeyScreen(row))] : KeyActions.perform(command, on: row, context)
    default: break
    }
    return []
  }

  private var selected: ExplainedLine? { lines.indices.contains(cursor.index) ? lines[cursor.index] : nil }

  /// The row of the key list that the current line's file belongs to.
  private func row(_ context: Context) -> KeyRow? {
    guard let file = selected?.file else { return nil }
    return context.machine?.rows.first { $0.vendor?.file == file || $0.local?.file == file }
  }

  /// Leaves headings, onwards in the direction of the movement, and back where there is nothing more.
  private mutating func skipHeadings(_ step: Int) {
    var index = cursor.index
    while lines.indices.contains(index), lines[index].kind == .heading { index += step }
    if !lines.indices.contains(index) { index = cursor.index - step }
    cursor.set(index, count: lines.count, page: page)
    // The heading of the first keys stays in view.
    if cursor.index == 1 {
      cursor.set(0, count: lines.count, page: page); cursor.set(1, count: lines.count, page: page)
    }
  }

  private mutating func explain(_ context: Context) {
    guard !field.isEmpty else { return }
    do {
      let name = try ImageName(field.text)
      problem = nil
      guard let machine = context.machine else { return }
      let explanation = Explainer(machine.inventory).explanation(of: name, at: context.now)
      lines = ExplanationLines(explanation: explanation, context: context).lines
      let (yes, no) = (explanation.accepts.count, explanation.refuses.count)
      result = "RESULT  \(yes) \(yes == 1 ? "key" : "keys") would be accepted, \(no) would not."
      isAccepted = yes > 0
    } catch {
      (problem, result, lines) = ("\(error)", nil, [])
    }
    cursor.hold(count: lines.count, page: page)
  }

  // MARK: Drawing

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let theme = context.theme
    grid.put(area.row, 1, "Image name: ", theme.style(.heading))
    field.draw(
      into: &grid, row: area.row, column: 13, width: max(8, area.columns - 29), style: theme.style(.field),
      focused: isEditing)
    grid.put(area.row, area.columns - 14, "Enter:Explain", theme.style(.dim))
    guard let result else { return drawHint(into: &grid, area, context) }
    grid.put(area.row + 1, 1, result, theme.style(isAccepted ? .accepted : .refused), width: area.columns - 2)
    for offset in 0..<page {
      let index = cursor.top + offset
      guard lines.indices.contains(index) else { break }
      draw(
        lines[index], isCurrent: index == cursor.index && !isEditing, into: &grid, area.row + 3 + offset, area.columns,
        theme)
    }
    drawCurrent(into: &grid, area, context)
  }

  private func drawHint(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let hint =
      problem ?? (context.machine == nil ? "Reading the key layers..." : "Type a name such as example.com/hello.")
    for (offset, piece) in hint.wrapped(to: area.columns - 2).enumerated() {
      grid.put(area.row + 2 + offset, 1, piece, context.theme.style(problem == nil ? .normal : .warning))
    }
  }

  /// Rows below the list: a rule, the current line in full, its file.
  private var below: Int { size.rows < 16 ? 0 : 4 }

  /// Rows of the list: what field, result, an empty line and the lines below it leave.
  private var page: Int { max(1, size.rows - 3 - 3 - below) }

  private func draw(
    _ line: ExplainedLine, isCurrent: Bool, into grid: inout Grid, _ row: Int, _ width: Int, _ theme: Theme
  ) {
    let plain = isCurrent ? theme.style(.selection) : theme.style(line.kind == .note ? .dim : .normal)
    grid.put(row, 0, isCurrent ? " >" : "", plain, width: width)
    switch line.kind {
    case .heading: grid.put(row, 1, line.key, theme.style(.heading), width: width - 2)
    case .note: grid.put(row, 3, line.why, plain, width: width - 3)
    case .key:
      let isWide = width >= 110
      let why = isWide ? 54 : 25
      grid.put(row, 3, line.mark, isCurrent ? plain : theme.style(line.role))
      grid.put(row, 5, line.key, plain, width: 19)
      if isWide { grid.put(row, 26, line.who, plain, width: 26) }
      grid.put(row, why, line.why, plain, width: max(0, width - why))
    }
    if isCurrent { grid.cursor = Position(row: row, column: 1) }
  }

  private func drawCurrent(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    guard below > 0, let line = selected else { return }
    let top = area.row + 3 + page
    grid.horizontalLine(top, 0, length: area.columns, context.theme.style(.dim))
    var texts: [String] = []
    if line.kind == .key {
      texts.append([line.key, line.who].filter { !$0.isEmpty }.joined(separator: "  "))
      texts += line.why.wrapped(to: area.columns - 2).prefix(1)
      texts += [VisibleText(line.file ?? "").description]
    } else {
      texts += line.why.wrapped(to: area.columns - 2).prefix(3)
    }
    for (offset, text) in texts.enumerated() {
      grid.put(top + 1 + offset, 1, text, context.theme.style(offset == 2 ? .dim : .normal), width: area.columns - 2)
    }
  }
}

internal import ContentTrust
internal import Screen
internal import TrustModel

/// The repositories of content trust that anything is kept of: how many tags, signed by whom, until when.
struct ContentScreen: ConsoleScreen {
  private var cursor = ListCursor()
  private var rows: [ContentRow] = []
  private var name: LineField?
  private var page = 10

  var title: String { "Content trust" }
  var view: Command? { .content }

  func commands(_ context: Context) -> [Command] {
    guard name == nil else { return [] }
    let changes = changes(context).map(\.command)
    // Where there is nothing yet, what makes something comes first.
    let first: [Command] =
      selected == nil
      ? [.help, .filter] + changes + [.rootKey, .signingKeys, .back, .quit]
      : [.help, .open, .ask, .signingKeys, .explain, .back, .quit, .rootKey]
    let rest: [Command] = [.copy, .filter, .keys, .reload, .open, .ask, .explain] + changes
    return first + rest.filter { !first.contains($0) }
  }

  /// The changes that can be made of the repository that the cursor is on; a new one can always be made.
  private func changes(_ context: Context) -> [ContentChanges.Kind] {
    ContentChanges.Kind.allCases.filter {
      $0 != .drill && context.changes.contains($0) && ($0 == .begin || selected != nil)
    }
  }

  func word(for command: Command, _ context: Context) -> String? { command == .filter ? "Another" : nil }

  mutating func refresh(_ context: Context) {
    let current = selected?.repository
    rows = context.content?.rows ?? []
    cursor.set(rows.firstIndex { $0.repository == current } ?? cursor.index, count: rows.count, page: page)
  }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    switch event {
    case .resize(let size):
      page = ListLayout(size).listRows
      cursor.hold(count: rows.count, page: page)
    case _ where name != nil: return takeName(event)
    case .mouse(let mouse): cursor.take(mouse, top: 3, count: rows.count, page: page)
    default: return nil
    }
    return []
  }

  /// The name of a repository that nothing is kept of yet.
  private mutating func takeName(_ event: Event) -> [Effect] {
    switch event {
    case .key(.escape), .interrupt: name = nil
    case .key(.enter):
      let text = (name?.text ?? "").trimmed
      do throws(NameError) {
        let order = ContentOrder(try Repository(text), asks: true)
        name = nil
        return RepositoryScreen.open(order)
      } catch {
        return [.say("\(error)".capitalizedFirst)]
      }
    default: _ = name?.handle(event)
    }
    return []
  }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] {
    if cursor.move(command, count: rows.count, page: page) { return [] }
    switch command {
    case .back, .quit: return [.close]
    case .signingKeys: return [.open(SigningKeysScreen(context))]
    case .filter:
      name = LineField(limit: Repository.limit)
      return []
    case .begin: return ChangeScreen.open(.begin, of: nil)
    default: break
    }
    guard let row = selected else {
      return [.say("Nothing is kept here: \(context.key(.filter)) names a repository, and its server is asked.")]
    }
    if let kind = changes(context).first(where: { $0.command == command }) {
      return ChangeScreen.open(kind, of: row.repository)
    }
    switch command {
    case .open: return RepositoryScreen.open(ContentOrder(row.repository))
    case .ask: return RepositoryScreen.open(ContentOrder(row.repository, asks: true))
    case .explain: return [.open(ExplainScreen(name: "docker://\(row.repository.name):", context, isEditing: true))]
    case .copy: return [.copy(row.repository.name), .say("Copied \(row.repository.name)")]
    default: return []
    }
  }

  private var selected: ContentRow? { rows.indices.contains(cursor.index) ? rows[cursor.index] : nil }

  // MARK: Drawing

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let layout = ListLayout(grid.size)
    let columns = ContentColumns(layout.isWide ? layout.listColumns : area.columns, context.now)
    grid.put(area.row, 1, summary(context), width: area.columns - 2)
    columns.drawHeading(into: &grid, area.row + 1, context.theme)
    for line in 0..<layout.listRows {
      let index = cursor.top + line
      guard rows.indices.contains(index) else { break }
      columns.draw(rows[index], isCurrent: index == cursor.index, into: &grid, area.row + 2 + line, context.theme)
    }
    grid.cursor = Position(row: area.row + 2 + cursor.index - cursor.top, column: 1)
    if let row = selected {
      let lines = lines(row, context)
      let brief = lines.map { ("\($0.label.lowercased()) \($0.text)".capitalizedFirst, $0.role) }
      layout.draw(lines, brief: brief, into: &grid, area, context.theme)
    } else {
      drawEmpty(into: &grid, area, context)
    }
    guard let name else { return }
    let row = area.row + area.rows - 1
    grid.put(row, 0, " Ask about:", context.theme.style(.heading), width: area.columns)
    name.draw(
      into: &grid, row: row, column: 13, width: max(8, area.columns - 14), style: context.theme.style(.field),
      focused: true)
  }

  private func lines(_ row: ContentRow, _ context: Context) -> [DescribedLine] {
    guard let report = row.report else {
      return [DescribedLine("Kept", "does not count", .refused), DescribedLine("Why", row.problem ?? "", .refused)]
    }
    let signers = VisibleText(report.signers.joined(separator: ", ")).description
    var lines = [
      DescribedLine("Signed tags", "\(report.tags)"),
      DescribedLine("Signed by", signers.isEmpty ? "nobody yet" : signers),
      DescribedLine("Counts until", "\(report.expires)"),
    ]
    if report.warnings > 0 {
      lines.append(DescribedLine("Attention", "something of it ends soon: \(context.key(.open)) shows what", .warning))
    }
    return lines
  }

  private func summary(_ context: Context) -> String {
    guard let listing = context.content else { return "Reading what is kept..." }
    guard listing.problem == nil else { return "What is kept cannot be read." }
    var text = rows.count == 1 ? "1 repository" : "\(rows.count) repositories"
    text += " kept in \(VisibleText(listing.folder))"
    guard let keys = listing.keys else { return text }
    let missing = keys.missing.count { $0.isOwnRepository && $0.holder == .elsewhere }
    text += "; \(keys.keys.count) private \(keys.keys.count == 1 ? "key" : "keys")"
    return missing == 0 ? text : text + ", \(missing) missing"
  }

  private func drawEmpty(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    guard let listing = context.content else { return }
    let more = context.changes.contains(.begin) ? " \(context.key(.begin)) makes a new one." : ""
    let text =
      listing.problem
      ?? "Nothing is kept here yet: \(context.key(.filter)) names a repository, and its server is asked.\(more)"
    for (offset, line) in text.wrapped(to: area.columns - 4).enumerated() {
      grid.put(area.row + 3 + offset, 3, line, context.theme.style(listing.problem == nil ? .normal : .warning))
    }
  }
}

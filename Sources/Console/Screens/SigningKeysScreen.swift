internal import ContentTrust
internal import Screen
internal import SignedMetadata
internal import TrustModel

/// The private keys of content trust: for which roles, held where, until when.
struct SigningKeysScreen: ConsoleScreen {
  private var cursor = ListCursor()
  private var rows: [SigningKeyRow] = []
  private var page = 10

  init(_ context: Context) { refresh(context) }

  var title: String { "Content > private keys" }

  func commands(_ context: Context) -> [Command] {
    [.help, .back, .rootKey, .copy, .backup, .quit, .reload, .content, .keys]
  }

  mutating func refresh(_ context: Context) {
    rows = context.content?.keys.map { SigningKeyRow.all($0) } ?? []
    cursor.hold(count: rows.count, page: page)
  }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    switch event {
    case .resize(let size):
      page = ListLayout(size).listRows
      cursor.hold(count: rows.count, page: page)
    case .mouse(let mouse): cursor.take(mouse, top: 3, count: rows.count, page: page)
    default: return nil
    }
    return []
  }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] {
    if cursor.move(command, count: rows.count, page: page) { return [] }
    switch command {
    case .back, .quit: return [.close]
    case .copy:
      guard let id = selected?.id else { return [.say("There is no identifier to copy.")] }
      return [.copy(id.description), .say("Copied \(id)")]
    default: return []
    }
  }

  private var selected: SigningKeyRow? { rows.indices.contains(cursor.index) ? rows[cursor.index] : nil }

  // MARK: Drawing

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let layout = ListLayout(grid.size)
    let width = layout.isWide ? layout.listColumns : area.columns
    grid.put(area.row, 1, summary(context), width: area.columns - 2)
    draw(("ROLE", "REPOSITORY", "KEY ID", "HELD"), into: &grid, area.row + 1, width, context.theme.style(.heading))
    for line in 0..<layout.listRows {
      let index = cursor.top + line
      guard rows.indices.contains(index) else { break }
      draw(rows[index], isCurrent: index == cursor.index, into: &grid, area.row + 2 + line, width, context.theme)
    }
    grid.cursor = Position(row: area.row + 2 + cursor.index - cursor.top, column: 1)
    guard let row = selected else {
      grid.put(area.row + 3, 3, context.content == nil ? "" : "No private key is here.", width: area.columns - 4)
      return
    }
    let lines = lines(row, context)
    layout.draw(lines, brief: lines.map { ($0.text, $0.role) }, into: &grid, area, context.theme)
  }

  private func draw(
    _ row: SigningKeyRow, isCurrent: Bool, into grid: inout Grid, _ line: Int, _ width: Int, _ theme: Theme
  ) {
    let plain = theme.style(isCurrent ? .selection : .normal)
    let role: Theme.Role = row.mark == "+" ? .accepted : row.mark == "!" ? .warning : .refused
    grid.put(line, 0, isCurrent ? ">" : " ", plain, width: width)
    draw(
      (
        VisibleText(row.role, limit: 60).description, VisibleText(row.repository, limit: 255).description,
        row.id?.shown ?? "-", row.held
      ), into: &grid, line, width, plain)
    grid.put(line, 1, row.mark, isCurrent ? plain : theme.style(role))
  }

  private func draw(
    _ texts: (String, String, String, String), into grid: inout Grid, _ row: Int, _ width: Int, _ style: Style
  ) {
    // What matters least goes first: the identifier, then the repository.
    let id = width >= 70 ? 11 : 0
    let role = min(18, max(9, width / 4))
    let repository = width >= 50 ? width - 3 - role - id - 22 : 0
    var column = 3
    grid.put(row, column, texts.0, style, width: role - 1)
    column += role
    if repository > 0 { grid.put(row, column, texts.1, style, width: repository - 1) }
    column += repository
    if id > 0 { grid.put(row, column, texts.2, style, width: id - 1) }
    column += id
    grid.put(row, column, texts.3, style, width: max(0, width - column))
  }

  private func lines(_ row: SigningKeyRow, _ context: Context) -> [DescribedLine] {
    var lines = [DescribedLine("Key", row.id?.description ?? "its identifier is not known", .heading)]
    lines += row.facts.map { DescribedLine("", VisibleText($0).description) }
    if let file = row.file { lines.append(DescribedLine("File", VisibleText(file).description, .dim)) }
    if let until = row.until { lines.append(DescribedLine("Certificate", "until \(until.date)")) }
    if row.role == "root", row.file != nil {
      let advice =
        "the root key is on this machine; it is needed only to start repositories and to rotate keys: \(context.key(.backup)) backs it up"
      lines.append(DescribedLine("Attention", advice, .warning))
    }
    for finding in row.findings {
      lines.append(
        DescribedLine(
          "Finding", "\(finding.id): \(VisibleText(finding.message))", finding.severity > .note ? .warning : .dim))
      if let fix = finding.fix {
        lines.append(DescribedLine("Fix", VisibleText(ShellText.line(fix)).description, .dim))
      }
    }
    return lines
  }

  private func summary(_ context: Context) -> String {
    guard let listing = context.content else { return "Reading the private keys..." }
    guard let keys = listing.keys else { return "The private keys cannot be read: \(listing.problem ?? "")" }
    let count = keys.keys.count
    let findings = keys.findings.count { $0.severity > .note }
    let text = "\(count) private \(count == 1 ? "key" : "keys") in \(VisibleText(keys.folder))/private"
    return findings == 0 ? text : text + "; \(findings) to look at"
  }
}

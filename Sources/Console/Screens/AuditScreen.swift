internal import Screen
internal import TrustModel
internal import TrustVerify

/// What weakens the trust, worst first; Enter shows the plan that mends it.
struct AuditScreen: ConsoleScreen {
  private var cursor = ListCursor()
  private var rows: [Finding] = []
  private var showsIgnored = false
  private var reason: LineField?
  private var page = 10

  var title: String { "Audit" }
  var view: Command? { .audit }

  func commands(_ context: Context) -> [Command] {
    guard reason == nil else { return [] }
    return [
      .help, .fix, .explain, .ignore, .showIgnored, .back, .quit, .copy, .keys, .log, .images, .reload,
    ]
  }

  mutating func refresh(_ context: Context) {
    let current = selected?.identity
    rows = (context.audit?.findings ?? []).filter { showsIgnored || $0.ignored == nil }
    // The cursor stays on its finding, not on its line.
    cursor.set(rows.firstIndex { $0.identity == current } ?? cursor.index, count: rows.count, page: page)
  }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    switch event {
    case .resize(let size):
      page = ListLayout(size).listRows
      cursor.hold(count: rows.count, page: page)
    case _ where reason != nil: return takeReason(event)
    case .mouse(let mouse): cursor.take(mouse, top: 3, count: rows.count, page: page)
    default: return nil
    }
    return []
  }

  private mutating func takeReason(_ event: Event) -> [Effect] {
    switch event {
    case .key(.escape), .interrupt: reason = nil
    case .key(.enter):
      guard let text = reason?.text.trimmed, !text.isEmpty, let finding = selected else {
        return [.say("Type a reason: keyreeve audit --all shows it.")]
      }
      reason = nil
      return [.work(.decide(.ignore(finding, reason: text)))]
    default: _ = reason?.handle(event)
    }
    return []
  }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] {
    if cursor.move(command, count: rows.count, page: page) { return [] }
    switch command {
    case .back, .quit: return [.close]
    case .showIgnored:
      showsIgnored.toggle()
      refresh(context)
      return []
    default: break
    }
    guard let finding = selected else { return [.say("There is no finding here.")] }
    switch command {
    case .fix: return mend(finding, context)
    case .ignore: return decide(finding, context)
    case .copy:
      let text = finding.fix.map { ShellText.line($0) } ?? finding.message
      return [.copy(text), .say("Copied: \(text)")]
    case .explain: return [.open(ExplainScreen(name: Self.name(of: finding), context))]
    default: return []
    }
  }

  private func mend(_ finding: Finding, _ context: Context) -> [Effect] {
    let mend = FindingMend(finding)
    if case .none = mend { return [.say("No command mends it: \(finding.sentence)")] }
    if case .shell(let words) = mend { return [.open(ShellFixScreen(finding, words))] }
    guard !context.isReadOnly else {
      let fix = finding.fix.map { ShellText.line($0) }
      return [
        .say("Read-only here: sudo " + (fix ?? "keyreeve rotate --from \(finding.fingerprint?.description ?? "")"))
      ]
    }
    switch mend {
    case .plan(let request): return [.work(.plan(request))]
    case .refresh(let prefix): return [.open(TrustScreen(scope: .prefix(prefix)))]
    case .rotate(let old):
      guard let row = context.machine?.rows.first(where: { $0.fingerprint == old && $0.isAccepted }) else { return [] }
      return KeyActions.perform(.rotate, on: row, context)
    case .shell, .none: return []
    }
  }

  private mutating func decide(_ finding: Finding, _ context: Context) -> [Effect] {
    guard !context.isStoreReadOnly else {
      return [
        .say(
          "Read-only here: "
            + context.ownCommandLine(ShellText.line(["ignore", finding.id, finding.file ?? ""]) + " --reason WHY"))
      ]
    }
    guard finding.ignored == nil else { return [.work(.decide(.heed(finding)))] }
    reason = LineField(limit: IgnoredFindings.reasonLimit)
    return []
  }

  /// The prefix that the finding's file is for, as a name to begin with.
  private static func name(of finding: Finding) -> String {
    guard let file = finding.file, let start = file.firstRange(of: "/prefix.d/") else { return "" }
    let rest = file[start.upperBound...]
    return rest.split(separator: "/").dropLast().joined(separator: "/")
  }

  private var selected: Finding? { rows.indices.contains(cursor.index) ? rows[cursor.index] : nil }

  // MARK: Drawing

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let layout = ListLayout(grid.size)
    let width = layout.isWide ? layout.listColumns : area.columns
    grid.put(area.row, 1, summary(context), width: area.columns - 2)
    grid.put(area.row + 1, 0, "   LEVEL", context.theme.style(.heading), width: 12)
    grid.put(area.row + 1, 12, "WHERE", context.theme.style(.heading), width: max(0, width - 12))
    if let what = Self.whatColumn(width) { grid.put(area.row + 1, what, "WHAT", context.theme.style(.heading)) }
    for line in 0..<layout.listRows {
      let index = cursor.top + line
      guard rows.indices.contains(index) else { break }
      draw(rows[index], isCurrent: index == cursor.index, into: &grid, area.row + 2 + line, width, context.theme)
    }
    grid.cursor = Position(row: area.row + 2 + cursor.index - cursor.top, column: 1)
    if let finding = selected {
      let lines = FindingDescription(
        finding: finding, keys: context.preferences.keys,
        width: layout.isWide ? area.columns - width - 4 : area.columns - 4)
      layout.draw(lines.lines, brief: lines.brief, into: &grid, area, context.theme)
    }
    drawReason(into: &grid, area, context.theme)
  }

  private func drawReason(into grid: inout Grid, _ area: Rectangle, _ theme: Theme) {
    guard let reason else { return }
    let row = area.row + area.rows - 1
    grid.put(row, 0, " Ignore it, because:", theme.style(.heading), width: area.columns)
    reason.draw(
      into: &grid, row: row, column: 21, width: max(8, area.columns - 22), style: theme.style(.field), focused: true)
  }

  /// The column of what is wrong; nil where the window is too narrow for it.
  private static func whatColumn(_ width: Int) -> Int? { width >= 70 ? 46 : nil }

  private func draw(
    _ finding: Finding, isCurrent: Bool, into grid: inout Grid, _ row: Int, _ width: Int, _ theme: Theme
  ) {
    let plain = isCurrent ? theme.style(.selection) : theme.style(.normal)
    let level = finding.level
    grid.put(row, 0, isCurrent ? " >" : "", plain, width: width)
    grid.put(row, 3, "", plain, width: 9)
    grid.put(row, 3, level.text, isCurrent ? plain : theme.style(level.role))
    let what = Self.whatColumn(width)
    grid.put(row, 12, finding.place, plain, width: max(0, (what ?? width) - 13))
    if let what { grid.put(row, what, finding.sentence, plain, width: width - what) }
  }

  private func summary(_ context: Context) -> String {
    guard let audit = context.audit else { return "Auditing the key layers..." }
    let all = audit.findings
    let heeded = all.filter { $0.ignored == nil }
    guard !all.isEmpty else { return "Nothing found." }
    func count(_ severity: Finding.Severity) -> Int { heeded.count { $0.severity == severity } }
    var text = heeded.count == 1 ? "1 finding" : "\(heeded.count) findings"
    text += ": \(count(.error)) undermine trust, \(count(.warning)) weaken it, \(count(.note)) notes"
    let ignored = all.count - heeded.count
    return ignored == 0 ? text : text + "; \(ignored) ignored"
  }
}

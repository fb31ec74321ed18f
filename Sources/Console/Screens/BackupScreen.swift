internal import Screen
internal import TrustChange
internal import TrustModel

/// Making, checking and restoring backups.
struct BackupScreen: ConsoleScreen {
  private enum Focus: Int, CaseIterable { case file, make, check, restore, drill }

  private var file: LineField
  private var focus = Focus.file
  private var order: BackupOrder?
  /// The order whose restore was shown, and may have been agreed to.
  private var shown: BackupOrder?
  private var report: BackupReport?
  private var scroll = TextScroll()
  private var size = Size.full
  /// Whether keys of a backup can be tried with their passphrases.
  private let drills: Bool

  init(_ context: Context, file named: String? = nil) {
    drills = context.changes.contains(.drill)
    guard named == nil else {
      file = LineField(named ?? "", limit: 4096)
      return
    }
    let host = context.host.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    file = LineField("~/keyreeve\(host.isEmpty ? "" : "-\(host)")-\(context.now.date).backup", limit: 4096)
  }

  var title: String { "Backups" }

  func commands(_ context: Context) -> [Command] { [] }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] { [] }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    switch event {
    case .resize(let size): self.size = size
    case .key(.escape), .interrupt: return [.close]
    case .key(.pageDown): _ = scroll.move(.pageDown, rows: rows, page: page)
    case .key(.pageUp): _ = scroll.move(.pageUp, rows: rows, page: page)
    case _ where order != nil: break
    case .mouse(let mouse): take(mouse)
    case .key(.tab), .key(.down): move(1)
    case .key(.backTab), .key(.up): move(-1)
    case .key(.right) where focus != .file: move(1)
    case .key(.left) where focus != .file: move(-1)
    case .key(.enter): return press(context)
    case .text("q") where focus != .file: return [.close]
    default: if focus == .file { _ = file.handle(event) }
    }
    return []
  }

  mutating func take(_ news: News, _ context: Context) -> [Effect]? {
    guard case .backup(let order, let end) = news, order == self.order || order == shown else { return nil }
    self.order = nil
    switch end {
    case .report(let report), .restored(let report):
      (self.report, scroll) = (report, TextScroll())
      return [.say("")]
    case .sealing:
      return ChangeScreen.open(backup: .init(["backup"], arguments: [order.file]))
    case .plan(let plan) where plan.changes.isEmpty && plan.refusals.isEmpty:
      report = BackupReport("Nothing to restore: what the backup holds is here already.", .good)
      return []
    case .plan(let plan):
      shown = order
      return [.open(RestoreScreen(plan, order, context.preferences.keys)), .dropTypeAhead]
    }
  }

  private mutating func move(_ step: Int) {
    let count = Focus.allCases.count - (drills ? 0 : 1)
    focus = Focus(rawValue: (focus.rawValue + step + count) % count) ?? .file
  }

  private mutating func press(_ context: Context) -> [Effect] {
    let name = file.text.trimmed
    guard !name.isEmpty else {
      focus = .file
      return [.say("Type the path of a file.")]
    }
    switch focus {
    case .file: move(1)
    case .make where context.isStoreReadOnly:
      return [.say("Read-only here: " + context.ownCommandLine("backup \(VisibleText(name))"))]
    case .make: return start(.make, name)
    case .check: return start(.check, name)
    case .restore where context.isReadOnly:
      return [.say("Read-only here: " + context.commandLine("restore \(VisibleText(name))"))]
    case .restore: return start(.restore, name)
    case .drill: return ChangeScreen.open(backup: .init(["backup"], options: ["--check"], arguments: [name]))
    }
    return []
  }

  private mutating func start(_ action: BackupOrder.Action, _ name: String) -> [Effect] {
    let order = BackupOrder(action, name)
    (self.order, report) = (order, nil)
    return [.work(.backup(order))]
  }

  /// The wheel scrolls; a click puts the focus on the field or on a button.
  private mutating func take(_ mouse: Event.Mouse) {
    scroll.turn(mouse, rows: rows, page: page)
    guard mouse.action == .press else { return }
    if mouse.position.row == 1 { focus = .file }
    if mouse.position.row == 3, let button = buttons.first(where: { $0.columns.contains(mouse.position.column) }) {
      focus = button.place
    }
  }

  // MARK: Drawing

  /// The buttons and where they stand.
  private var buttons: [(place: Focus, text: String, columns: Range<Int>)] {
    var column = 1
    let names: [(Focus, String)] = [(.make, "Make a backup"), (.check, "Check"), (.restore, "Restore...")]
    return (names + (drills ? [(.drill, size.columns < 60 ? "Try" : "Try keys...")] : [])).map { place, name in
      let text = "[ \(name) ]"
      defer { column += text.count + 1 }
      return (place, text, column..<column + text.count)
    }
  }

  private var lines: [DescribedLine] {
    if let order { return [DescribedLine("Now", order.step + "...", .heading)] }
    if let report { return report.lines }
    return [
      DescribedLine("Make", "keeps trusted keys, content-trust keys and configuration in a new file"),
      DescribedLine("Check", "proves a backup whole, and says how this machine differs from it"),
      DescribedLine("Restore", "shows what it would do first; nothing is removed, and undo takes it back"),
    ]
      + (drills
        ? [DescribedLine("Try keys", "opens every private key of a backup with its passphrase, in memory")] : [])
  }

  private var rows: Int { lines.rows(columns: size.columns - 2) }
  /// Rows of the report: what the field, the buttons, two empty lines and the hint leave.
  private var page: Int { max(1, size.rows - 3 - 5) }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let theme = context.theme
    KeyInquiry.draw("File", file, isFocused: focus == .file && order == nil, into: &grid, area.row, area.columns, theme)
    for button in buttons {
      let isFocused = button.place == focus
      grid.put(area.row + 2, button.columns.lowerBound, button.text, theme.style(isFocused ? .selection : .normal))
      if isFocused { grid.cursor = Position(row: area.row + 2, column: button.columns.lowerBound) }
    }
    let body = Rectangle(row: area.row + 4, column: 1, rows: area.rows - 5, columns: area.columns - 2)
    grid.put(scrolled: lines, in: body, theme, scroll, keys: "PgDn")
    grid.put(
      area.row + area.rows - 1, 1, "Tab:Next  Enter:Press  Esc:Back. A backup holds private keys: keep it safe.",
      theme.style(.key), width: area.columns - 2)
  }
}

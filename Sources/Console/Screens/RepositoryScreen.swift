internal import ContentTrust
internal import Screen
internal import TrustModel

/// One repository of content trust, or what is signed about one of its tags.
struct RepositoryScreen: ConsoleScreen {
  private var order: ContentOrder
  private var report: RepositoryReport?
  private var problem: String?
  private var isReading = true
  private var scroll = TextScroll()
  private var size = Size.full

  init(_ order: ContentOrder) { self.order = order }

  /// Opens it, and has it read.
  static func open(_ order: ContentOrder) -> [Effect] {
    [.open(RepositoryScreen(order)), .work(.content(.read(order)))]
  }

  var title: String {
    let tag = order.tag.map { ":\(VisibleText($0, limit: 128))" } ?? ""
    return "Content > \(order.repository.name)\(tag)"
  }

  func commands(_ context: Context) -> [Command] {
    [.help, .back, .ask, .explain, .copy, .quit, .reload, .content, .keys]
  }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    guard case .resize(let size) = event else { return nil }
    self.size = size
    return []
  }

  mutating func take(_ news: News, _ context: Context) -> [Effect]? {
    guard case .content(.read(order, let end)) = news else { return nil }
    isReading = false
    switch end {
    case .read(let report): (self.report, problem) = (report, nil)
    // What was read before stays in view below the reason.
    case .failed(let sentence): problem = sentence
    }
    return [.say("")]
  }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] {
    let lines = lines(context)
    if scroll.move(command, rows: lines.rows(columns: size.columns - 2), page: size.rows - 3) { return [] }
    switch command {
    case .back, .quit: return [.close]
    case .ask, .reload:
      guard !isReading else { return [.say("It is being read.")] }
      order.asks = command == .ask
      isReading = true
      return [.work(.content(.read(order))), .say(order.asks ? "Asking the server..." : "Reading...")]
    case .explain:
      return [.open(ExplainScreen(name: "docker://\(order.repository.name):", context, isEditing: true))]
    case .copy:
      let text = report?.verdict?.subject.digest.map { "\(order.repository.name)@\($0)" } ?? order.repository.name
      return [.copy(text), .say("Copied \(text)")]
    default: return []
    }
  }

  private func lines(_ context: Context) -> [DescribedLine] {
    let trouble = problem.map { [DescribedLine("PROBLEM", $0, .refused), DescribedLine("", "")] } ?? []
    guard let report else {
      return trouble.isEmpty ? [DescribedLine("", order.asks ? "Asking the server..." : "Reading...")] : trouble
    }
    if let verdict = report.verdict { return trouble + TagDescription(report: report, verdict: verdict).lines }
    return trouble + RepositoryDescription(report: report, keys: context.content?.keys, now: context.now).lines
  }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let inside = Rectangle(row: area.row, column: 1, rows: area.rows, columns: area.columns - 2)
    grid.put(scrolled: lines(context), in: inside, context.theme, scroll)
    grid.cursor = Position(row: area.row, column: 1)
  }
}

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
  private var search = TagSearch()
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
    guard !search.isTyping else { return [] }
    return [.help, .back, .ask] + (hasTags ? [.filter] : []) + [.explain] + changes(context).map(\.command)
      + [.copy, .quit, .reload, .content, .keys]
  }

  /// The changes that can be made of it: none before it was read, or from one of its tags.
  private func changes(_ context: Context) -> [ContentChanges.Kind] {
    guard report != nil || problem != nil, order.tag == nil else { return [] }
    // Where there is one, it is not begun anew.
    return ContentChanges.Kind.allCases.filter {
      $0 != .drill && context.changes.contains($0) && ($0 != .begin || report == nil)
    }
  }

  func word(for command: Command, _ context: Context) -> String? { command == .filter ? "Find tag" : nil }

  /// Whether its tags are listed: not where one of them was asked for.
  private var hasTags: Bool { report.map { $0.verdict == nil && !$0.tags.isEmpty } ?? false }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    if case .resize(let size) = event {
      self.size = size
      return []
    }
    guard search.take(event, report) else { return nil }
    scroll = TextScroll()
    return []
  }

  mutating func take(_ news: News, _ context: Context) -> [Effect]? {
    guard case .content(.read(let answered, let end)) = news, answered.isSame(as: order) else { return nil }
    isReading = false
    switch end {
    case .read(let report):
      (self.report, problem) = (report, nil)
      search.look(report)
      // What was trusted just now stands in the list, too.
      return [.say("")] + (answered.agreed == nil ? [] : [.lookAtContent])
    case .offered(let offer, let isKept):
      problem = "Nobody has trusted its root here: \(context.key(.ask)) asks again"
      return [.say(""), .open(FirstUseScreen(offer, order, isKept: isKept)), .dropTypeAhead]
    // What was read before stays in view below the reason.
    case .failed(let sentence): problem = sentence
    }
    return [.say("")]
  }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] {
    let lines = lines(context)
    if scroll.move(command, rows: lines.rows(columns: size.columns - 2), page: page) { return [] }
    if let kind = changes(context).first(where: { $0.command == command }) {
      return ChangeScreen.open(kind, of: order.repository)
    }
    switch command {
    case .back, .quit: return [.close]
    case .filter:
      search.begin()
      return []
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
    if let verdict = report.verdict {
      return trouble + TagDescription(report: report, verdict: verdict, keys: context.preferences.keys).lines
    }
    let description = RepositoryDescription(report: report, context: context)
    guard let found = search.found else { return trouble + description.lines }
    return trouble + description.lines(found: found, by: search.field.text)
  }

  /// Rows of the text: what title, message, footer and the field leave.
  private var page: Int { max(1, size.rows - 3 - (search.isOpen ? 1 : 0)) }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let inside = Rectangle(row: area.row, column: 1, rows: page, columns: area.columns - 2)
    grid.put(scrolled: lines(context), in: inside, context.theme, scroll, keys: context.scrollKeys)
    grid.cursor = Position(row: area.row, column: 1)
    if search.isOpen { search.draw(into: &grid, area.row + area.rows - 1, area.columns, context.theme) }
  }
}

internal import Screen
internal import TrustModel

/// First step of trusting a key: where it is, and for which names.
struct TrustScreen: ConsoleScreen {
  private var source: LineField
  private var prefix: LineField
  private var isInSource = true
  private var inquiry = KeyInquiry()

  init(scope: Scope?) {
    let names = if case .prefix(let prefix) = scope { prefix.description } else { "" }
    self.init(names: names, source: "")
  }

  /// The same with both fields filled in as they would be typed.
  init(names: String, source: String) {
    self.source = LineField(source, limit: 4096)
    prefix = LineField(names, limit: 1024)
  }

  var title: String { "Trust a new key (step 1 of 2: which key, for which names)" }

  func commands(_ context: Context) -> [Command] { [] }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    guard inquiry.order == nil else {
      return event == .key(.escape) || event == .interrupt ? inquiry.stop() : []
    }
    switch event {
    case .key(.escape), .interrupt: return [.close, .say("Nothing was trusted.")]
    case .key(.tab), .key(.backTab), .key(.down), .key(.up): isInSource.toggle()
    case .key(.enter): return submit()
    default: _ = isInSource ? source.handle(event) : prefix.handle(event)
    }
    return []
  }

  mutating func take(_ news: News, _ context: Context) -> [Effect]? { inquiry.take(news) }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] { [] }

  private mutating func submit() -> [Effect] {
    do throws(KeySourceText.Problem) {
      return inquiry.start(try KeySourceText.order(source.text.trimmed, names: prefix.text.trimmed))
    } catch {
      inquiry.problem = error.text.capitalizedFirst
      isInSource = !error.isAboutNames
      return []
    }
  }

  private static let hints = [
    DescribedLine("Key", "a file or an https address; empty: ask the site of these names (discovery)"),
    DescribedLine("Trust for", "image names that begin with it; * for every image"),
  ]

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let theme = context.theme
    let isWaiting = inquiry.order != nil
    KeyInquiry.draw("Key", source, isFocused: isInSource && !isWaiting, into: &grid, area.row, area.columns, theme)
    KeyInquiry.draw(
      "Trust for", prefix, isFocused: !isInSource && !isWaiting, into: &grid, area.row + 1, area.columns, theme)
    let body = Rectangle(row: area.row + 3, column: 1, rows: area.rows - 4, columns: area.columns - 2)
    if !inquiry.draw(into: &grid, body, theme) { grid.put(Self.hints, in: body, theme) }
    let hint = isWaiting ? "Esc:Stop. Nothing has been written yet." : "Tab:Next field  Enter:Review  Esc:Cancel"
    grid.put(area.row + area.rows - 1, 1, hint, theme.style(.key), width: area.columns - 2)
  }
}

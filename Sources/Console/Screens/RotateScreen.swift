internal import Screen
internal import TrustModel

/// First step of a rotation: the key that takes the place of another one.
struct RotateScreen: ConsoleScreen {
  private let row: KeyRow
  private let old: Fingerprint
  private var source = LineField(limit: 4096)
  private var inquiry = KeyInquiry()

  init(_ row: KeyRow, _ old: Fingerprint) {
    (self.row, self.old) = (row, old)
  }

  var title: String { "Rotate \(old.shortGrouped) (step 1 of 4: the new key)" }

  func commands(_ context: Context) -> [Command] { [] }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    guard inquiry.order == nil else {
      return event == .key(.escape) || event == .interrupt ? inquiry.stop() : []
    }
    switch event {
    case .key(.escape), .interrupt: return [.close, .say("Nothing was changed.")]
    case .key(.enter): return submit()
    default: _ = source.handle(event)
    }
    return []
  }

  mutating func take(_ news: News, _ context: Context) -> [Effect]? { inquiry.take(news) }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] { [] }

  private mutating func submit() -> [Effect] {
    let text = source.text.trimmed
    guard !text.isEmpty else {
      inquiry.problem = "Type the path of a file with the new key, or its https address."
      return []
    }
    do throws(KeySourceText.Problem) {
      return inquiry.start(KeyOrder(source: try KeySourceText.source(text), purpose: .rotate(from: old, row.scope)))
    } catch {
      inquiry.problem = error.text.capitalizedFirst
      return []
    }
  }

  private func lines(_ context: Context) -> [DescribedLine] {
    [
      DescribedLine("", "a file or an https address", .dim), DescribedLine("", ""),
      DescribedLine("Old key", old.shortGrouped + "   " + row.who),
      DescribedLine("Expires", row.expiry(at: context.now)),
      DescribedLine("Counts for", row.scope.names),
    ]
  }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let theme = context.theme
    let isWaiting = inquiry.order != nil
    KeyInquiry.draw("New key", source, isFocused: !isWaiting, into: &grid, area.row, area.columns, theme)
    let body = Rectangle(row: area.row + 1, column: 1, rows: area.rows - 2, columns: area.columns - 2)
    if !inquiry.draw(into: &grid, body, theme) { grid.put(lines(context), in: body, theme) }
    let hint = isWaiting ? "Esc:Stop" : "Enter:Review  Esc:Cancel"
    grid.put(
      area.row + area.rows - 1, 1, hint + ". Nothing has been written yet.", theme.style(.key),
      width: area.columns - 2)
  }
}

extension Scope {
  /// The names that it covers, in words.
  var names: String {
    switch self {
    case .root: "EVERY image name"
    case .prefix(let prefix): "image names that begin with \(prefix)"
    }
  }
}

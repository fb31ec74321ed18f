internal import Screen
internal import TrustModel

/// First step of trusting a key: which file, for which names.
struct TrustScreen: ConsoleScreen {
  private var path = LineField(limit: 4096)
  private var prefix: LineField
  private var isInPath = true
  private var problem: String?

  init(scope: Scope?) {
    if case .prefix(let prefix) = scope {
      self.prefix = LineField(prefix.description, limit: 1024)
    } else {
      prefix = LineField(limit: 1024)
    }
  }

  var title: String { "Trust a new key (step 1 of 2: file and names)" }

  func commands(_ context: Context) -> [Command] { [] }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    switch event {
    case .key(.escape), .interrupt: return [.close, .say("Nothing was trusted.")]
    case .key(.tab), .key(.backTab), .key(.down), .key(.up): isInPath.toggle()
    case .key(.enter): return submit()
    default: _ = isInPath ? path.handle(event) : prefix.handle(event)
    }
    return []
  }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] { [] }

  private mutating func submit() -> [Effect] {
    guard !path.isEmpty else {
      problem = "Type the path of a file with a public key."
      isInPath = true
      return []
    }
    guard !prefix.isEmpty else {
      problem = "Type the prefix of the image names, or * for every image there is."
      isInPath = false
      return []
    }
    if prefix.text == "*" { return [.say("Reading..."), .work(.review(path: path.text, scope: .root))] }
    do {
      return [.say("Reading..."), .work(.review(path: path.text, scope: .prefix(try Prefix(prefix.text))))]
    } catch {
      problem = "\(error)"
      isInPath = false
      return []
    }
  }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let theme = context.theme
    let width = max(10, area.columns - 16)
    grid.put(area.row + 1, 1, "Key file", theme.style(.heading))
    path.draw(into: &grid, row: area.row + 1, column: 13, width: width, style: theme.style(.field), focused: isInPath)
    grid.put(area.row + 3, 1, "Trust for", theme.style(.heading))
    prefix.draw(
      into: &grid, row: area.row + 3, column: 13, width: width, style: theme.style(.field), focused: !isInPath)
    grid.put(area.row + 4, 13, "image names that begin with it; * for every image", theme.style(.dim), width: width)
    for (offset, line) in (problem ?? "").wrapped(to: area.columns - 2).enumerated() {
      grid.put(area.row + 6 + offset, 1, line, theme.style(.warning))
    }
    grid.put(
      area.row + area.rows - 1, 1, "Tab:Next field  Enter:Review  Esc:Cancel", theme.style(.key),
      width: area.columns - 2)
  }
}

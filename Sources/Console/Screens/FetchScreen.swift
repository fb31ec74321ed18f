internal import Discovery
internal import Fetch
internal import Images
internal import Screen
internal import TrustModel
internal import TrustVerify

/// Fetching an image: what, then how far it is, then the verdict.
struct FetchScreen: ConsoleScreen {
  private enum Stage {
    case asking
    case running(FetchOrder, isStopping: Bool)
    case ended(FetchedImage)
    case stopped
  }

  private var field: LineField
  private var problem: String?
  private var stage = Stage.asking
  private var steps: [String] = []
  private var transfer: FetchStatus.Transfer?
  private var scroll = TextScroll()
  private var size = Size.full

  init(_ source: String = "") {
    field = LineField(source, limit: 4096)
  }

  var title: String { "Fetch an image" }

  func commands(_ context: Context) -> [Command] {
    switch stage {
    case .asking: []
    case .running: [.help, .stop, .quit]
    case .ended(let image) where image.isStored: [.help, .open, .back, .fetch, .quit, .copy, .images, .keys]
    case .ended where wantsTrust: [.help, .trust, .fetch, .back, .quit, .explain, .images, .keys]
    case .ended, .stopped: [.help, .fetch, .back, .quit, .explain, .images, .keys]
    }
  }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    if case .resize(let size) = event {
      self.size = size
      return []
    }
    switch (stage, event) {
    case (.running, .interrupt): return stop()
    case (.asking, .key(.escape)), (.asking, .interrupt): return [.close]
    case (.asking, .key(.enter)): return start(context)
    case (.asking, _):
      if field.handle(event) { problem = nil }
      return []
    default: return nil
    }
  }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] {
    if scroll.move(command, rows: lines.rows(columns: size.columns - 2), page: page) { return [] }
    switch (stage, command) {
    case (.running, .stop): return stop()
    case (.running(let order, _), .quit): return [.stop(order.cancellation), .close]
    case (_, .back), (_, .quit): return [.close]
    case (_, .fetch): stage = .asking
    case (.ended(let image), .open):
      return image.record.map { [.open(ImageScreen(ImageRow($0, today: image.verdict)))] } ?? []
    case (.ended(let image), .copy):
      return image.record.map { [.copy($0.id.description), .say("Copied \($0.id)")] } ?? []
    case (_, .trust): return trust(context)
    case (_, .explain): return [.open(ExplainScreen(name: name?.description ?? "", context))]
    default: break
    }
    return []
  }

  mutating func take(_ news: News, _ context: Context) -> [Effect]? {
    guard case .running(let order, _) = stage, case .images(let news) = news else { return nil }
    switch news {
    case .fetching(order, let status):
      if steps.last != status.step { steps.append(status.step) }
      transfer = status.transfer ?? (steps.last == status.step ? nil : transfer)
      return []
    case .fetched(order, let end):
      take(end, of: order)
      return [.say("")]
    default: return nil
    }
  }

  private mutating func take(_ end: FetchEnd, of order: FetchOrder) {
    scroll = TextScroll()
    switch end {
    case .impossible(let problem): (self.problem, stage) = (problem, .asking)
    case .answered(let image) where !image.isStored && order.cancellation.isCancelled: stage = .stopped
    case .answered(let image): stage = .ended(image)
    }
  }

  private mutating func start(_ context: Context) -> [Effect] {
    let source = field.text.trimmed
    guard !source.isEmpty else {
      problem = "Type the name of an image, the address of one, or the path of a file."
      return []
    }
    guard !context.isStoreReadOnly else { return [.say(context.readOnlyFetch(source))] }
    let order = FetchOrder(source)
    (stage, steps, transfer, problem) = (.running(order, isStopping: false), [], nil, nil)
    return [.work(.images(.fetch(order)))]
  }

  private mutating func stop() -> [Effect] {
    guard case .running(let order, let isStopping) = stage else { return [] }
    // A second time, whoever waits for an answer that does not come wants to leave.
    guard !isStopping else { return [.close] }
    stage = .running(order, isStopping: true)
    return [.stop(order.cancellation), .say("Stopping...")]
  }

  // MARK: What next

  /// The name that was asked for, or that the image gives.
  private var name: ImageName? {
    if case .ended(let image) = stage, let name = image.verdict.subject.name { return name }
    if case .name(let target)? = try? ImageSource(field.text.trimmed) { return target.name }
    return nil
  }

  /// Whether a key that is trusted for the name would make a difference.
  private var wantsTrust: Bool {
    guard case .ended(let image) = stage, !image.isStored else { return false }
    return image.verdict.reason == .untrusted
  }

  private func trust(_ context: Context) -> [Effect] {
    guard !context.isReadOnly else {
      return [.say("Read-only here: " + context.commandLine("trust --prefix \(name?.description ?? "NAME")"))]
    }
    let scope = name.flatMap { try? Prefix($0.description) }.map { Scope.prefix($0) }
    return [.open(TrustScreen(scope: scope))]
  }

  // MARK: Drawing

  /// Rows of the description: what the field, an empty line and the hint leave.
  private var page: Int { max(1, size.rows - 3 - 3) }

  private var lines: [DescribedLine] {
    let description = FetchDescription(steps: steps, transfer: transfer)
    switch stage {
    case .asking: return problem.map { [DescribedLine("", $0, .warning)] } ?? Self.hints
    case .running(_, let isStopping): return description.running(isStopping: isStopping, columns: size.columns - 2)
    case .ended(let image): return FetchDescription.ended(image)
    case .stopped: return description.stopped()
    }
  }

  private static let hints = [
    DescribedLine("A name", "example.com/hello, example.com/hello:1.0.0, example.com/hello:1.0.0,os=linux"),
    DescribedLine("An address", "https://example.com/hello.aci, with its signature beside it as .asc"),
    DescribedLine("A file", "/tmp/hello.aci, with its signature beside it as .asc"),
  ]

  private func hint(_ context: Context) -> String {
    switch stage {
    case .asking: "Enter:Fetch  Esc:Back. Only what is verified is stored."
    case .running(_, isStopping: true): "Waiting for it to end; Esc leaves it alone."
    case .running: "Esc stops it; what has come in is kept for the next try."
    case .ended(let image) where image.isStored:
      "\(context.key(.open)) shows the image, \(context.key(.fetch)) fetches another one."
    case .ended where wantsTrust:
      "\(context.key(.trust)) trusts a key for this name; after that \(context.key(.fetch)) fetches again."
    case .ended, .stopped: "\(context.key(.fetch)) fetches it again, or another one."
    }
  }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let theme = context.theme
    grid.put(area.row, 1, "Image", theme.style(.heading))
    if case .asking = stage {
      field.draw(
        into: &grid, row: area.row, column: 14, width: max(8, area.columns - 16), style: theme.style(.field),
        focused: true)
    } else {
      grid.put(area.row, 14, VisibleText(field.text.trimmed).description, width: area.columns - 15)
      grid.cursor = Position(row: area.row, column: 1)
    }
    let body = Rectangle(row: area.row + 2, column: 1, rows: area.rows - 3, columns: area.columns - 2)
    if case .asking = stage {
      grid.put(lines, in: body, theme)
    } else {
      grid.put(scrolled: lines, in: body, theme, scroll, keys: context.scrollKeys)
    }
    grid.put(area.row + area.rows - 1, 1, hint(context), theme.style(.key), width: area.columns - 2)
  }
}

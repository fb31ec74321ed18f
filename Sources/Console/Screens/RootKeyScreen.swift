internal import ContentChange
internal import Screen
internal import TrustModel

/// The way to a first root key: seven steps, of which the fourth is the first that writes.
struct RootKeyScreen: ConsoleScreen {
  private(set) var wizard: RootKeyWizard
  private var size = Size.full
  /// How far the rows were moved by hand; nil where they follow the focus.
  private var scroll: TextScroll?

  init(_ wizard: RootKeyWizard = RootKeyWizard()) { self.wizard = wizard }

  /// Opens it, or says what does the same where nothing may be written.
  static func open(_ context: Context) -> [Effect] {
    guard context.makesRootKeys else {
      return [.say("Read-only here: " + context.ownCommandLine("content key generate --role root"))]
    }
    let wizard = RootKeyWizard()
    let work = wizard.work.map { [Effect.work(.rootKey($0))] } ?? []
    return [.open(RootKeyScreen(wizard))] + work
  }

  var title: String {
    wizard.isDone ? "Root key, done" : "Root key, \(wizard.step.rawValue) of 7: \(wizard.step.word)"
  }

  func commands(_ context: Context) -> [Command] { [] }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] { [] }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    switch event {
    case .resize(let size):
      (self.size, scroll) = (size, nil)
      return []
    case .key(.pageDown): return turn(.pageDown)
    case .key(.pageUp): return turn(.pageUp)
    case .mouse(let mouse): return take(mouse)
    case .paste where !wizard.isTypingText: return [.say("A paste does nothing here.")]
    default:
      scroll = nil
      return effects(of: wizard.take(event))
    }
  }

  mutating func take(_ news: News, _ context: Context) -> [Effect]? {
    guard case .rootKey(let order, let end) = news, let work = wizard.work, work.isSame(as: order) else { return nil }
    scroll = nil
    var effects = effects(of: wizard.take(end))
    switch end {
    case .made, .removed: effects.append(.lookAtContent)
    case .checked, .copied, .failed: break
    }
    return effects
  }

  mutating func take(_ typed: TypedSecret, _ context: Context) -> [Effect] { effects(of: wizard.take(typed)) }

  private func effects(of action: RootKeyWizard.Action) -> [Effect] {
    switch action {
    case .none: []
    case .ask: [.askSecret]
    case .work(let order): [.work(.rootKey(order))]
    case .copy(let text): [.copy(text), .say("Copied key ID and SHA-256.")]
    case .say(let text): [.say(text)]
    case .close(let text): [.close, .say(text)]
    case .turn: [.dropTypeAhead]
    }
  }

  // MARK: Drawing

  private func layout(_ size: Size) -> RootKeyLayout { RootKeyLayout(wizard, size, scroll) }

  private mutating func turn(_ command: Command) -> [Effect] {
    let layout = layout(size)
    var moved = scroll ?? TextScroll(first: layout.first)
    _ = moved.move(command, rows: layout.pieces.count, page: layout.page)
    scroll = moved
    return []
  }

  /// The wheel moves the rows; a click puts the focus where it is, and does nothing else.
  private mutating func take(_ mouse: Event.Mouse) -> [Effect] {
    switch mouse.action {
    case .wheelDown: return turn(.down)
    case .wheelUp: return turn(.up)
    case .release: return []
    case .press:
      if let place = layout(size).place(at: mouse.position) { wizard.point(at: place) }
      return []
    }
  }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    layout(grid.size).draw(into: &grid, context.theme)
  }
}

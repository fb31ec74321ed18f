internal import Screen
internal import TrustChange
internal import TrustModel

/// The console as a value: a stack of screens, the machine they look at, and one line to the person.
///
/// Pure: events and news go in, jobs and drawings come out.
struct ConsoleModel: Sendable {
  /// What every screen looks at.
  private(set) var context: Context
  /// What the terminal or the worker has to do next.
  private(set) var pending: [Effect] = []
  /// Whether the program is to end.
  private(set) var isFinished = false
  private var screens: [any ConsoleScreen]
  private var message = ""
  /// How many screens were open when a plan or review was asked for that has not come yet.
  private var awaited: Int?
  private var looks = 0
  private var size: Size

  init(_ context: Context, size: Size) {
    self.context = context
    self.size = size
    screens = [KeysScreen()]
    _ = screens[0].take(.resize(size), context)
    look()
  }

  /// Takes an event.
  mutating func handle(_ event: Event) {
    message = ""
    if case .resize(let size) = event {
      self.size = size
      for index in screens.indices { _ = screens[index].take(event, context) }
      return
    }
    let top = screens.count - 1
    // What cannot be seen must not be acted on.
    guard size.holds(screens[top].smallest) else { return leaveUnseen(event) }
    if let effects = screens[top].take(event, context) { return run(effects) }
    if event == .interrupt { return leave() }
    // Pasted text must never act as keys.
    if case .paste = event { return message = "A paste does nothing here." }
    let offered = screens[top].commands(context)
    if let command = Command.meant(by: event, among: offered + Command.movements) { perform(command, offered) }
  }

  /// Takes what a job came to.
  mutating func handle(_ news: News, at now: Timestamp) {
    context.now = now
    switch news {
    // An earlier look that took longer must not replace a later one.
    case .loaded(let machine) where machine.number < context.machine?.number ?? 0: break
    case .loaded(let machine):
      context.machine = machine
      for index in screens.indices { screens[index].refresh(context) }
      if message == Self.reading || message.isEmpty { message = machine.problems.first ?? "" }
    case .planned(_, _) where !isAwaited(), .reviewed(_, _) where !isAwaited(): break
    case .planned(.nothing(let sentence), _): message = sentence.capitalizedFirst + "."
    case .planned(.change(let change), let reason):
      if screens.last is ReviewScreen { screens.removeLast() }
      push(PlanScreen(change, reason: reason))
      pending.append(.dropTypeAhead)
    case .reviewed(let review, let scope):
      message = ""
      if screens.last is TrustScreen { screens.removeLast() }
      for index in review.candidates.indices.reversed() { push(ReviewScreen(review, index: index, scope: scope)) }
      pending.append(.dropTypeAhead)
    case .applied(let change, let id):
      message = "Done, #\(id): \(change.summary). u takes it back."
      look()
    case .failed(let sentence):
      awaited = nil
      // A file's name keeps its letters.
      let isName = sentence.prefix { $0 != " " }.contains { $0 == "/" || $0 == "." }
      message = isName ? sentence : sentence.capitalizedFirst
    }
  }

  private static let reading = "Reading..."

  /// Whether a plan or review was asked for by the screen that is shown now; it is taken as answered.
  private mutating func isAwaited() -> Bool {
    defer { awaited = nil }
    return awaited == screens.count
  }

  /// Asks for a new look at the machine.
  mutating func look() {
    looks += 1
    pending.append(.work(.load(number: looks)))
  }

  /// Asks for a new look if the machine is not what was shown last: something may have changed unseen.
  mutating func lookAgain() {
    guard let machine = context.machine else { return }
    looks += 1
    pending.append(.work(.loadIfChanged(machine, number: looks)))
  }

  /// The effects to be carried out now, each once.
  mutating func takePending() -> [Effect] {
    defer { pending = [] }
    return pending
  }

  private mutating func perform(_ command: Command, _ offered: [Command]) {
    switch command {
    case .help: push(HelpScreen(offered, of: screens[screens.count - 1].title))
    case .quit where screens.count == 1: isFinished = true
    case .back where screens.count == 1: break
    case .keys: run([.switchTo(KeysScreen())])
    case .log: run([.open(LogScreen(context))])
    case .reload:
      message = Self.reading
      look()
    default: run(screens[screens.count - 1].perform(command, context))
    }
  }

  private mutating func run(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .open(let screen): push(screen)
      case .switchTo(let screen):
        screens = []
        push(screen)
      case .close: close()
      case .quit: isFinished = true
      case .say(let text): message = text
      case .work(let job) where job.asks:
        // A second question while the first is being answered would be answered unseen.
        guard awaited == nil else { continue }
        awaited = screens.count
        pending.append(effect)
      case .copy, .dropTypeAhead, .work: pending.append(effect)
      }
    }
  }

  private mutating func push(_ screen: any ConsoleScreen) {
    var screen = screen
    _ = screen.take(.resize(size), context)
    screen.refresh(context)
    screens.append(screen)
  }

  private mutating func close() {
    if screens.count > 1 { screens.removeLast() } else { isFinished = true }
  }

  /// In a window too small to show the screen, keys only lead out of it.
  private mutating func leaveUnseen(_ event: Event) {
    switch event {
    case .text("q") where !size.holds(.smallest): isFinished = true
    case .text("q"), .key(.escape), .interrupt: if screens.count > 1 { screens.removeLast() }
    default: break
    }
  }

  /// Ctrl-C closes what is open; at the top it says how to leave.
  private mutating func leave() {
    if screens.count > 1 { screens.removeLast() } else { message = "q leaves Keyreeve." }
  }

  // MARK: Drawing

  /// Draws everything.
  func draw(into grid: inout Grid) {
    let columns = grid.size.columns
    let screen = screens[screens.count - 1]
    guard grid.size.holds(screen.smallest) else { return drawTooSmall(into: &grid, screen) }
    drawTitle(into: &grid, screen)
    let area = Rectangle(row: 1, column: 0, rows: grid.size.rows - 3, columns: columns)
    screen.draw(into: &grid, area, context)
    drawMessage(into: &grid)
    drawFooter(into: &grid, screen)
  }

  /// The message above the footer; a long one takes more lines rather than lose its end.
  private func drawMessage(into grid: inout Grid) {
    let lines = VisibleText(message).description.wrapped(to: max(1, grid.size.columns - 2)).prefix(4)
    for (offset, line) in lines.enumerated() {
      let row = grid.size.rows - 1 - lines.count + offset
      grid.put(row, 0, " " + line, context.theme.style(.heading), width: grid.size.columns)
    }
  }

  private func drawTooSmall(into grid: inout Grid, _ screen: any ConsoleScreen) {
    let needed = screen.smallest
    let text =
      "Keyreeve needs a larger window here: \(needed.columns) columns and \(needed.rows) rows. "
      + (grid.size.holds(.smallest) ? "Esc goes back." : "q leaves.")
    for (row, line) in text.wrapped(to: max(1, grid.size.columns)).enumerated() { grid.put(row, 0, line) }
  }

  private func drawTitle(into grid: inout Grid, _ screen: any ConsoleScreen) {
    let style = context.theme.style(.title).adding(.reverse)
    let place = screen.title.isEmpty ? " keyreeve | 1:Keys 2:Explain 3:Log" : " keyreeve > \(screen.title)"
    let rights = context.isReadOnly ? "read-only" : "can write"
    let right = "\(VisibleText(context.host, limit: 30)) \(rights) "
    grid.put(0, 0, place, style, width: grid.size.columns)
    let column = grid.size.columns - right.count
    if column > place.count + 1 { grid.put(0, column, right, style) }
  }

  private func drawFooter(into grid: inout Grid, _ screen: any ConsoleScreen) {
    var column = 1
    for command in screen.commands(context) {
      let row = command.row
      let text = "\(row.keys):\(row.word)"
      guard column + text.count < grid.size.columns else { return }
      column = grid.put(grid.size.rows - 1, column, row.keys, context.theme.style(.key))
      column = grid.put(grid.size.rows - 1, column, ":\(row.word)") + 1
    }
  }
}

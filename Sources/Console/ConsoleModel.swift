internal import Screen
internal import TrustChange
internal import TrustModel

/// The console as a value: a stack of screens, the machine they look at, and one line to the person.
///
/// Pure: events and news go in, jobs and drawings come out.
struct ConsoleModel: Sendable {
  /// What every screen looks at.
  var context: Context
  /// What the terminal or the worker has to do next.
  var pending: [Effect] = []
  /// Whether the program is to end.
  private(set) var isFinished = false
  var screens: [any ConsoleScreen]
  var message = ""
  /// How many screens were open when a plan or review was asked for that has not come yet.
  var awaited: Int?
  private var looks = 0
  /// Whether somebody has wanted to see the images: until then the store is not read.
  private var wantsImages = false
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

  static let reading = "Reading..."

  /// Whether a plan or review was asked for by the screen that is shown now; it is taken as answered.
  mutating func isAwaited() -> Bool {
    defer { awaited = nil }
    return awaited == screens.count
  }

  /// Asks for a new look at the machine.
  mutating func look() {
    looks += 1
    pending.append(.work(.load(number: looks)))
    if wantsImages { pending.append(.work(.images(.list(number: looks)))) }
  }

  /// Asks for a look at the images, now and with every later look.
  mutating func lookAtImages() {
    looks += 1
    wantsImages = true
    pending.append(.work(.images(.list(number: looks))))
  }

  /// Asks for a new look if the machine is not what was shown last: something may have changed unseen.
  mutating func lookAgain() {
    guard let machine = context.machine else { return }
    looks += 1
    pending.append(.work(.loadIfChanged(machine, number: looks)))
    if wantsImages { pending.append(.work(.images(.list(number: looks)))) }
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
    case .backup: run([.open(BackupScreen(context))])
    case .log: goTo { LogScreen($0) }
    case .images:
      goTo { _ in ImagesScreen() }
      lookAtImages()
    case .reload:
      message = Self.reading
      look()
    default: run(screens[screens.count - 1].perform(command, context))
    }
  }

  /// Opens a view, or goes back to it where it is open already.
  private mutating func goTo<View: ConsoleScreen>(_ view: (Context) -> View) {
    if let index = screens.lastIndex(where: { $0 is View }) {
      screens.removeLast(screens.count - 1 - index)
    } else {
      push(view(context))
    }
  }

  mutating func run(_ effects: [Effect]) {
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
      case .work(.apply):
        // Where a file has changed since, a new plan is the answer: it is shown where this one was pressed.
        awaited = screens.count
        pending.append(effect)
      case .copy, .dropTypeAhead, .work, .stop: pending.append(effect)
      }
    }
  }

  mutating func push(_ screen: any ConsoleScreen) {
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
    case .text("q"), .key(.escape), .interrupt:
      // A screen that waits for something ends that first.
      if let effects = screens[screens.count - 1].take(.interrupt, context) { return run(effects) }
      if screens.count > 1 { screens.removeLast() }
    default: break
    }
  }

  /// Ctrl-C closes what is open; at the top it says how to leave.
  private mutating func leave() {
    if screens.count > 1 { screens.removeLast() } else { message = "q leaves Keyreeve." }
  }
}

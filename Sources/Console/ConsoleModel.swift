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
  var isFinished = false
  var screens: [any ConsoleScreen]
  /// The line to the person.
  var message = "" {
    didSet { messages.note(message, at: context.now) }
  }
  /// What was said before.
  var messages = MessageLog()
  /// The command line, while it is open.
  var commandLine: CommandLine?
  /// What was typed into it.
  var history = CommandLine.History()
  /// The menu, while it is open.
  var menu: MenuBox?
  /// How many screens were open when a plan or review was asked for that has not come yet.
  var awaited: Int?
  private var looks = 0
  /// Whether somebody has wanted to see the repositories of content trust.
  private var wantsContent = false
  /// Whether somebody has wanted to see the images: until then the store is not read.
  private var wantsImages = false
  var size: Size

  init(_ context: Context, size: Size) {
    self.context = context
    self.size = size
    screens = [KeysScreen()]
    _ = screens[0].take(.resize(size), context)
    for problem in context.preferences.problems { messages.note(problem, at: context.now) }
    // Set here no observer sees it: the log has it already.
    message = context.preferences.told
    look()
  }

  /// Takes an event.
  mutating func handle(_ event: Event) {
    // The end of a click would take away what the click has said.
    if case .mouse(let mouse) = event, mouse.action == .release { return }
    if case .resize(let size) = event {
      self.size = size
      for index in screens.indices { _ = screens[index].take(event, context) }
      return
    }
    message = ""
    let top = screens.count - 1
    // What cannot be seen must not be acted on.
    guard size.holds(.smallest) else {
      (commandLine, menu) = (nil, nil)
      return leaveUnseen(event)
    }
    if takeAbove(event) { return }
    if case .mouse(let mouse) = event, takeBeside(mouse) { return }
    if let effects = screens[top].take(event, context) { return run(effects) }
    if event == .interrupt { return leave() }
    // Pasted text must never act as keys.
    if case .paste = event { return message = "A paste does nothing here." }
    if case .mouse(let mouse) = event { return turnWheel(mouse) }
    if let command = context.preferences.keys.command(event, among: offered + Command.movements) { perform(command) }
  }

  /// What works now: what the screen says, and what works on every screen that is no dialog.
  var offered: [Command] {
    let screen = screens[screens.count - 1]
    let own = screen.commands(context)
    guard own.contains(.help) else { return own }
    let views = screen.view == nil ? [] : TitleBar.tabs(context).map(\.command)
    return own + (views + [.commandLine, .menu, .messages]).filter { !own.contains($0) }
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
    if wantsContent { pending.append(.work(.content(.list(number: looks)))) }
  }

  /// Asks for a look at the images, now and with every later look.
  mutating func lookAtImages() {
    looks += 1
    wantsImages = true
    pending.append(.work(.images(.list(number: looks))))
  }

  /// Asks for a look at the repositories of content trust, now and with every later look.
  mutating func lookAtContent() {
    looks += 1
    wantsContent = true
    pending.append(.work(.content(.list(number: looks))))
  }

  /// Asks for a new look if the machine is not what was shown last: something may have changed unseen.
  mutating func lookAgain() {
    guard let machine = context.machine else { return }
    looks += 1
    pending.append(.work(.loadIfChanged(machine, number: looks)))
    if wantsImages { pending.append(.work(.images(.list(number: looks)))) }
  }

  /// Takes what was typed of a passphrase, for the screen that is shown.
  mutating func take(_ typed: TypedSecret) {
    let effects = screens[screens.count - 1].take(typed, context)
    run(effects)
  }

  /// The effects to be carried out now, each once.
  mutating func takePending() -> [Effect] {
    defer { pending = [] }
    return pending
  }

  /// Does what a command says, on the screen that is shown.
  mutating func perform(_ command: Command) {
    let screen = screens[screens.count - 1]
    switch command {
    case .help: push(HelpScreen(offered, context.preferences.keys, of: screen.title))
    case .commandLine: commandLine = CommandLine(history)
    case .menu:
      menu = MenuBox(offered + Command.movements, context.preferences.keys) { screen.word(for: $0, context) }
    case .messages where screen is MessagesScreen: close()
    case .messages: push(MessagesScreen(messages))
    case .quit where screens.count == 1: isFinished = true
    case .back where screens.count == 1: break
    case .keys: goTo { _ in KeysScreen() }
    case .explain where !screen.commands(context).contains(.explain): goTo { ExplainScreen(name: "", $0) }
    case .backup: run([.open(BackupScreen(context))])
    case .log: goTo { LogScreen($0) }
    case .audit: goTo { _ in AuditScreen() }
    case .images:
      goTo { _ in ImagesScreen() }
      lookAtImages()
    case .content:
      goTo { _ in ContentScreen() }
      lookAtContent()
    case .rootKey:
      run([.needContent] + RootKeyScreen.open(context))
    case .begin where !screen.commands(context).contains(.begin):
      run([.needContent] + ChangeScreen.open(.begin, of: nil))
    case .reload where screens[screens.count - 1] is RepositoryScreen:
      run(screens[screens.count - 1].perform(command, context))
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
      case .say(let text): message = text
      case .perform(let command): perform(command)
      case .needImages: if !wantsImages { lookAtImages() }
      case .needContent: if !wantsContent { lookAtContent() }
      case .lookAtContent: lookAtContent()
      case .work(let job) where job.asks:
        // A second question while the first is being answered would be answered unseen.
        guard awaited == nil else { continue }
        awaited = screens.count
        pending.append(effect)
      case .work(.apply):
        // Where a file has changed since, a new plan is the answer: it is shown where this one was pressed.
        awaited = screens.count
        pending.append(effect)
      case .copy, .dropTypeAhead, .work, .stop, .useMouse, .askSecret: pending.append(effect)
      }
    }
  }

  mutating func push(_ screen: any ConsoleScreen) {
    var screen = screen
    // What is typed into them was not meant for a screen that opens by itself.
    (commandLine, menu) = (nil, nil)
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
    case _ where context.preferences.keys.events(.quit).contains(event): isFinished = true
    case .key(.escape), .interrupt:
      // A screen that waits for something ends that first.
      if let effects = screens[screens.count - 1].take(.interrupt, context) { return run(effects) }
      if screens.count > 1 { screens.removeLast() }
    default: break
    }
  }

  /// Ctrl-C closes what is open; at the top it says how to leave.
  private mutating func leave() {
    if screens.count > 1 { return _ = screens.removeLast() }
    let isWaiting = awaited != nil
    // Whatever was asked for is no longer waited for.
    awaited = nil
    message = isWaiting ? "What was asked for is no longer waited for." : "\(context.key(.quit)) leaves Keyreeve."
  }
}

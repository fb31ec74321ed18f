internal import CTerm

/// The terminal that the program was started on.
///
/// There is one: a second one cannot be opened before the first is closed. After a crash, a signal or an exit from
/// anywhere, the terminal is given back as it was found.
public final class LiveTerminal: Terminal {
  private var painter = Painter()
  private var inbox: [Event] = []
  private var paste: PasteCollector?
  private var ignoreUntil: UInt64 = 0
  private var ending: Ending?
  private var isOpen = true
  private var known: Size

  /// How many colours there are, 0 without or when none were wanted.
  public let colours: Int
  /// True when the terminal is not in the database of this machine, and is treated as an xterm.
  public let standsIn: Bool

  /// Opens the terminal.
  ///
  /// - Parameters:
  ///   - mouse: false leaves the mouse to the terminal, for selecting text.
  ///   - colour: false uses none.
  /// - Throws: ``TerminalError``; nothing was written to the terminal then.
  public init(mouse: Bool = true, colour: Bool = true) throws(TerminalError) {
    let opened = cterm_open(mouse, colour)
    guard Int(opened) == CTERM_OPENED else { throw Self.error(Int(opened)) }
    let info = cterm_get_info()
    colours = colour ? Int(info.colours) : 0
    standsIn = info.stands_in
    known = Size(rows: Int(info.rows), columns: Int(info.columns))
  }

  deinit { close() }

  private static func error(_ opened: Int) -> TerminalError {
    let name = unsafe String(cString: cterm_name())
    switch opened {
    case CTERM_NOT_A_TERMINAL: return .notATerminal
    case CTERM_DUMB: return .dumb(name)
    case CTERM_UNKNOWN: return .unknown(name)
    case CTERM_ALREADY_OPEN: return .alreadyOpen
    default: return .system
    }
  }

  /// Rows and columns now.
  public var size: Size { known }

  /// Shows a grid.
  public func draw(_ grid: Grid) {
    if isOpen { painter.paint(grid) }
  }

  /// Puts text into the clipboard.
  public func copy(_ text: String) -> Bool {
    guard isOpen, let sequence = Clipboard.sequence(for: text) else { return false }
    return unsafe sequence.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return false }
      return unsafe cterm_write(start, bytes.count)
    }
  }

  /// Takes the mouse, or leaves it to the terminal.
  public func useMouse(_ isWanted: Bool) {
    if isOpen { cterm_use_mouse(isWanted) }
  }

  /// Gives the terminal back.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    cterm_close()
  }

  // MARK: Waiting

  /// Blocks until there is input, a signal, a post or a change in a directory.
  public func wait(for sources: WakeSources) -> Wakeup {
    guard isOpen else { return Wakeup(ending: ending ?? .hangup) }
    if let ending { return Wakeup(ending: ending) }
    // Only inside a paste is there a time-out: a paste without an end must not swallow the keyboard for ever.
    let ready = Int(cterm_wait(sources.mailbox, sources.files, paste == nil ? -1 : 5_000))
    if ready & CTERM_READY_SIGNAL != 0 { takeSignals() }
    if ready & CTERM_HANGUP != 0 { ending = ending ?? .hangup }
    if ready == 0 {
      paste = nil
      cterm_discard_input()
    }
    return Wakeup(
      mailbox: ready & CTERM_READY_MAILBOX != 0, files: ready & CTERM_READY_FILES != 0, ending: ending)
  }

  private func takeSignals() {
    while case let signal = cterm_next_signal(), signal != 0 {
      switch Int(cterm_signal_meaning(signal)) {
      case CTERM_SIGNAL_RESIZE: resized()
      case CTERM_SIGNAL_SUSPEND: suspend()
      case CTERM_SIGNAL_CONTINUE:
        cterm_resume()
        resized()
      default: ending = ending ?? .signal(signal)
      }
    }
  }

  private func suspend() {
    cterm_suspend()
    resized()
  }

  /// Everything is painted again, and the program told when the size is another.
  private func resized() {
    _ = cterm_resize()
    painter.forget()
    let info = cterm_get_info()
    let now = Size(rows: Int(info.rows), columns: Int(info.columns))
    guard now != known else { return }
    known = now
    inbox.append(.resize(now))
  }

  // MARK: Input

  /// The next event that has arrived.
  public func nextEvent() -> Event? {
    while isOpen {
      if !inbox.isEmpty { return inbox.removeFirst() }
      let event = cterm_next_event()
      if Int(event.type) == CTERM_NO_EVENT { return nil }
      if let input = interpret(event) { return input }
    }
    return nil
  }

  /// Nil for what is only a part of an event, or done here.
  private func interpret(_ event: cterm_event) -> Event? {
    let isIgnored = ignoreUntil > 0 && cterm_milliseconds() < ignoreUntil
    switch Int(event.type) {
    case CTERM_PASTE_BEGIN: paste = PasteCollector(isIgnored: isIgnored)
    case CTERM_PASTE_END:
      defer { paste = nil }
      return paste.flatMap { $0.isIgnored ? nil : .paste($0.text) }
    case CTERM_TEXT where paste != nil: paste?.append(event.code)
    case _ where isIgnored: break
    case CTERM_TEXT: return typed(event.code)
    case CTERM_KEY: return Key(event.code).map(Event.key)
    case CTERM_MOUSE: return Event.Mouse(event).map(Event.mouse)
    default: break
    }
    return nil
  }

  private func typed(_ code: UInt32) -> Event? {
    let event = Event(typed: code)
    switch event {
    case .key(.control("z")): suspend()
    case .key(.control("l")):
      cterm_redraw()
      painter.forget()
    default: return event
    }
    return nil
  }

  /// Forgets what was typed and not yet delivered, and what is typed in the next milliseconds.
  public func ignoreInput(milliseconds: Int) {
    guard isOpen else { return }
    // Read, and not flushed: the rest of a paste whose beginning is thrown away would act as keys.
    ignoreUntil = .max
    while case let event = cterm_next_event(), Int(event.type) != CTERM_NO_EVENT { _ = interpret(event) }
    paste?.isIgnored = true
    ignoreUntil = milliseconds > 0 ? cterm_milliseconds() + UInt64(milliseconds) : 0
  }

  // MARK: Others

  /// Gives the terminal to someone else while `body` runs.
  public func handOver<Result>(_ body: () throws -> Result) rethrows -> Result {
    guard isOpen else { return try body() }
    cterm_leave()
    defer {
      cterm_enter()
      painter.forget()
      // Ctrl-C was meant for the other one.
      while case let signal = cterm_next_signal(), signal != 0 {
        if Int(cterm_signal_meaning(signal)) == CTERM_SIGNAL_END { ending = ending ?? .signal(signal) }
      }
      resized()
    }
    return try body()
  }

  /// Asks for a passphrase.
  public func readSecret(limit: Int, typed: (SecretTyping) -> Void) -> Secret? {
    guard isOpen, ending == nil, var secret = Secret(capacity: limit) else { return nil }
    cterm_discard_input()
    var (isShown, lent) = (false, nil as LentSecret?)
    defer { lent?.end() }
    typed(SecretTyping(0))
    while true {
      switch secret.readKey() {
      case CTERM_SECRET_SHOW: isShown.toggle()
      case CTERM_SECRET_DONE: return secret
      case CTERM_SECRET_CANCELLED: return nil
      case CTERM_SECRET_ENDED:
        ending = ending ?? .hangup
        return nil
      case CTERM_SECRET_SIGNAL:
        takeSignals()
        if ending != nil { return nil }
      default: break
      }
      lent?.end()
      lent = isShown ? secret.lent() : nil
      typed(SecretTyping(secret.characters, shown: lent))
    }
  }
}

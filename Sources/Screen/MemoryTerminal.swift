internal import CTerm

/// A terminal without a terminal: a script goes in, pictures come out.
///
/// When the script is over, it is gone like a terminal whose window was closed.
public final class MemoryTerminal: Terminal {
  /// Something that happens.
  public enum Step: Sendable {
    /// Events that arrive together.
    case events([Event])
    /// Waits, for at most 10 seconds, until background work has posted something.
    case mail
    /// A watched directory changes.
    case filesChanged
    /// A signal asks for the end.
    case signal(Int32)
  }

  /// Rows and columns; a resize event of the script changes them.
  public private(set) var size: Size
  /// As given.
  public let colours: Int
  /// Every grid that was shown, in order, the first one included.
  public private(set) var frames: [Grid] = []
  /// What was copied to the clipboard.
  public private(set) var copied: [String] = []
  /// How often the terminal was given away.
  public private(set) var handOvers = 0
  /// Whether the mouse was wanted, as far as anybody said.
  public private(set) var usesMouse: Bool?
  /// True after ``close()``.
  public private(set) var isClosed = false

  private var script: ArraySlice<Step>
  private var waiting: ArraySlice<Event> = []
  private var secrets: ArraySlice<String?>

  /// A terminal that plays a script.
  ///
  /// - Parameters:
  ///   - size: rows and columns at the start.
  ///   - colours: how many colours it says it has.
  ///   - script: what happens, one step for each time it waits.
  ///   - secrets: what is typed at each question for a passphrase; nil cancels, as does a missing one.
  public init(size: Size = .full, colours: Int = 16, script: [Step], secrets: [String?] = []) {
    self.size = size
    self.colours = colours
    self.script = script[...]
    self.secrets = secrets[...]
  }

  /// A terminal where each event comes by itself.
  public convenience init(size: Size = .full, events: [Event]) {
    self.init(size: size, script: events.map { .events([$0]) })
  }

  /// The last grid that was shown, as text, empty when there was none.
  public var text: String { frames.last?.text() ?? "" }

  /// Keeps the grid.
  public func draw(_ grid: Grid) { frames.append(grid) }

  /// Takes the next step of the script.
  public func wait(for sources: WakeSources) -> Wakeup {
    switch script.popFirst() {
    case .none: return Wakeup(ending: .hangup)
    case .signal(let number): return Wakeup(ending: .signal(number))
    case .filesChanged: return Wakeup(files: true)
    case .mail: return waitForMail(sources)
    case .events(let events):
      waiting = events[...]
      return Wakeup()
    }
  }

  private func waitForMail(_ sources: WakeSources) -> Wakeup {
    cterm_wait_readable(sources.mailbox, 10_000) ? Wakeup(mailbox: true) : Wakeup(ending: .hangup)
  }

  /// The next event of the step.
  public func nextEvent() -> Event? {
    guard let event = waiting.popFirst() else { return nil }
    if case .resize(let size) = event { self.size = size }
    return event
  }

  /// Drops the rest of the step, resizes excepted.
  public func ignoreInput(milliseconds: Int) {
    waiting = waiting.filter { if case .resize = $0 { true } else { false } }[...]
  }

  /// Counts, and runs the body.
  public func handOver<Result>(_ body: () throws -> Result) rethrows -> Result {
    handOvers += 1
    return try body()
  }

  /// Types the next secret of the script.
  public func readSecret(limit: Int, typed: (SecretTyping) -> Void) -> Secret? {
    typed(SecretTyping(0))
    guard let text = secrets.popFirst() ?? nil, var secret = Secret(capacity: limit) else { return nil }
    for character in text {
      secret.append(String(character).utf8)
      typed(SecretTyping(secret.characters))
    }
    return secret
  }

  /// Keeps the text.
  public func copy(_ text: String) -> Bool {
    guard Clipboard.sequence(for: text) != nil else { return false }
    copied.append(text)
    return true
  }

  /// Notes it.
  public func useMouse(_ isWanted: Bool) { usesMouse = isWanted }

  /// Notes it.
  public func close() { isClosed = true }
}

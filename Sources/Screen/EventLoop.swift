/// Runs a terminal program: sleeps until something happens, lets the program react, and shows the result.
///
/// There is no timer: a program that nothing happens to is never woken. Everything runs on the calling thread; code
/// bound to the main actor does not run meanwhile.
public struct EventLoop<Value: Sendable> {
  /// What the program is told.
  public enum Input {
    /// From the terminal.
    case event(Event)
    /// From background work.
    case value(Value)
    /// A watched directory has changed.
    case filesChanged
  }

  /// What the program answers.
  public enum Answer: Sendable {
    /// Show the new state, and wait.
    case goOn
    /// End the loop.
    case finish
  }

  /// Where background work posts to.
  public let mailbox: Mailbox<Value>
  private let terminal: any Terminal
  private let watch: DirectoryWatch?

  /// A loop on a terminal, woken as well by a mailbox and, where given, by changes in directories.
  public init(terminal: any Terminal, mailbox: Mailbox<Value> = Mailbox(), watch: DirectoryWatch? = nil) {
    self.terminal = terminal
    self.mailbox = mailbox
    self.watch = watch
  }

  /// Runs until the program finishes, a signal asks for the end, or the terminal is gone.
  ///
  /// Closes the terminal.
  ///
  /// Whatever arrived together is handled together, and painted once.
  ///
  /// - Parameters:
  ///   - draw: draws the state into an empty grid of the terminal's size.
  ///   - handle: changes the state.
  public func run(draw: (inout Grid) -> Void, handle: (Input) -> Answer) -> Ending {
    defer { terminal.close() }
    while true {
      var grid = Grid(size: terminal.size)
      draw(&grid)
      terminal.draw(grid)

      let wakeup = terminal.wait(for: WakeSources(mailbox: mailbox.descriptor, files: watch?.descriptor ?? -1))
      if let ending = wakeup.ending { return ending }
      if deliver(wakeup, to: handle) == .finish { return .finished }
    }
  }

  private func deliver(_ wakeup: Wakeup, to handle: (Input) -> Answer) -> Answer {
    // One at a time: an event may make the program ignore those behind it.
    while let event = terminal.nextEvent() {
      if handle(.event(event)) == .finish { return .finish }
    }
    if wakeup.mailbox {
      for value in mailbox.take() where handle(.value(value)) == .finish { return .finish }
    }
    if wakeup.files {
      watch?.drain()
      if handle(.filesChanged) == .finish { return .finish }
    }
    return .goOn
  }
}

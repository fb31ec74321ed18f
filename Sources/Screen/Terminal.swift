/// A screen with a keyboard: the real one, or a scripted one in memory.
///
/// Only the thread that made it may use it.
public protocol Terminal: AnyObject {
  /// Rows and columns now.
  var size: Size { get }
  /// How many colours there are, 0 without or when none were wanted.
  var colours: Int { get }

  /// Shows a grid. Only what differs from the last one is sent.
  func draw(_ grid: Grid)

  /// Blocks until something happens, and says what.
  func wait(for sources: WakeSources) -> Wakeup

  /// The next event that has arrived, nil when there is none. Never blocks.
  func nextEvent() -> Event?

  /// Forgets what was typed and not yet delivered, and what is typed in the next milliseconds.
  ///
  /// Call it when a question opens, so that no key meant for something else answers it.
  func ignoreInput(milliseconds: Int)

  /// Gives the terminal to someone else while `body` runs, such as to an editor or a passphrase prompt.
  func handOver<Result>(_ body: () throws -> Result) rethrows -> Result

  /// Asks for a passphrase; what is typed goes past every queue and buffer into the secret.
  ///
  /// - Parameters:
  ///   - limit: the most bytes it may have. More are not taken.
  ///   - typed: called at first, after each key and after a resize with how much is typed; shows it by drawing a grid.
  ///     Ctrl-T has it given what is typed, too, until Ctrl-T is pressed again.
  /// - Returns: nil when the user cancelled (Esc, Ctrl-C), or the terminal is gone.
  func readSecret(limit: Int, typed: (SecretTyping) -> Void) -> Secret?

  /// Puts text into the clipboard of whoever looks at the terminal, also over ssh.
  ///
  /// - Returns: false when it is too long (``Clipboard/limit``). True does not mean that it arrived: terminals do not
  ///   answer, and some refuse.
  func copy(_ text: String) -> Bool

  /// Takes the mouse, or leaves it to the terminal, for selecting text.
  func useMouse(_ isWanted: Bool)

  /// Gives the terminal back as it was found. Harmless a second time.
  func close()
}

/// What may wake a terminal that waits, other than itself.
public struct WakeSources: Sendable {
  /// Descriptor of a mailbox, -1 for none.
  let mailbox: Int32
  /// Descriptor of a directory watch, -1 for none.
  let files: Int32
}

/// Why a terminal woke up.
public struct Wakeup: Sendable {
  /// Something was posted.
  var mailbox = false
  /// Something changed in a watched directory.
  var files = false
  /// It is over.
  var ending: Ending?
}

/// Why an event loop ended.
public enum Ending: Hashable, Sendable {
  /// The program asked for it.
  case finished
  /// A signal asked for it.
  case signal(Int32)
  /// The terminal is gone: its window was closed, or the connection lost.
  case hangup

  /// The exit status that says so to a shell: 0, 128 and the signal's number, or 129 as for SIGHUP.
  public var exitCode: Int32 {
    switch self {
    case .finished: 0
    case .signal(let number): 128 + number
    case .hangup: 129
    }
  }
}

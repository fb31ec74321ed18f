internal import Glibc

/// The modes of a terminal while something hidden is typed, and the signals that would end the program in between.
///
/// Signals that come are held back, the terminal is given back, and only then do they do their work.
struct TerminalModes {
  enum Event { case ready, continued, gone }

  private let descriptor: CInt
  private let found: termios
  private var held = sigset_t()
  private var mask = sigset_t()

  private static let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGTTIN, SIGTTOU]

  /// The modes as they are; nil where the descriptor is no terminal.
  init?(_ descriptor: CInt) {
    var modes = termios()
    guard unsafe tcgetattr(descriptor, &modes) == 0 else { return nil }
    (self.descriptor, found) = (descriptor, modes)
    unsafe sigemptyset(&held)
    for signal in Self.signals { unsafe sigaddset(&held, signal) }
    unsafe pthread_sigmask(SIG_BLOCK, &held, &mask)
  }

  /// Echoes nothing, and gives octets as they are typed.
  func hide() {
    var modes = found
    modes.c_lflag &= ~tcflag_t(ECHO | ECHONL | ICANON | ISIG | IEXTEN)
    modes.c_iflag &= ~tcflag_t(ICRNL | IXON)
    unsafe withUnsafeMutableBytes(of: &modes.c_cc) { characters in
      unsafe characters[Int(VMIN)] = 1
      unsafe characters[Int(VTIME)] = 0
    }
    // What was typed before the question is no answer to it.
    unsafe tcsetattr(descriptor, TCSAFLUSH, &modes)
  }

  /// Gives the terminal back, and lets signals through that came meanwhile.
  mutating func restore() {
    giveBack()
    unsafe pthread_sigmask(SIG_SETMASK, &mask, nil)
  }

  private func giveBack() {
    var modes = found
    unsafe tcsetattr(descriptor, TCSADRAIN, &modes)
  }

  /// Waits for a key.
  mutating func wait() -> Event {
    while true {
      var key = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let count = unsafe poll(&key, 1, 100)
      if letSignalsThrough() { return .continued }
      if count > 0 { return key.revents & Int16(POLLIN) != 0 ? .ready : .gone }
      if count < 0, errno != EINTR { return .gone }
    }
  }

  /// Ctrl-Z: stops as any other program does.
  mutating func suspend() {
    giveBack()
    unsafe pthread_sigmask(SIG_SETMASK, &mask, nil)
    kill(0, SIGTSTP)
    unsafe pthread_sigmask(SIG_BLOCK, &held, nil)
    hide()
  }

  /// Lets signals do their work that have come; true where the program has come back from it.
  private mutating func letSignalsThrough() -> Bool {
    var pending = sigset_t()
    unsafe sigpending(&pending)
    guard Self.signals.contains(where: { unsafe sigismember(&pending, $0) == 1 }) else { return false }
    restore()
    unsafe pthread_sigmask(SIG_BLOCK, &held, nil)
    hide()
    return true
  }
}

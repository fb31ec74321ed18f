internal import Glibc
public import TrustModel

/// The terminal of this process, for questions whose answers nobody may see: nothing is echoed, and what is typed goes octet by octet
/// into locked memory.
///
/// Whatever ends the program meanwhile, its terminal is given back as it was found first. Source: reference/security.md, row S-08.
public final class SecretTerminal {
  /// What was typed.
  public enum Answer {
    /// A line without its end.
    case line(SecretOctets)
    /// A line that is longer than the limit: nothing of it is kept.
    case tooLong
    /// Ctrl-C, Ctrl-D, or the terminal is gone.
    case end
  }

  private let descriptor: CInt
  private var shownLines = 0

  /// The terminal that the process belongs to, where standard error is a terminal as well; nil where there is none.
  public init?() {
    guard isatty(2) == 1 else { return nil }
    let descriptor = unsafe open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Shows a line that is no secret.
  public func say(_ line: String) {
    write(Array((line + "\n").utf8))
    if shownLines > 0 { shownLines += 1 }
  }

  /// Shows a secret on a line of its own, straight from its memory.
  func show(_ secret: SecretOctets) {
    write(Array("\n    ".utf8))
    unsafe secret.withUnsafeBytes { unsafe write($0) }
    write(Array("\n\n".utf8))
    // One more than it has, should the line be wrapped.
    shownLines = 4
  }

  /// Takes what was shown last from the screen again, where the terminal can.
  func eraseShown() {
    defer { shownLines = 0 }
    guard shownLines > 0, let name = unsafe getenv("TERM"), unsafe strcmp(name, "dumb") != 0 else { return }
    write(Array("\u{1b}[\(shownLines)A\u{1b}[J".utf8))
  }

  /// Reads a line without showing it.
  public func readSecret(_ prompt: String, limit: Int) -> Answer {
    if shownLines > 0 { shownLines += 1 }
    guard var modes = TerminalModes(descriptor) else { return .end }
    defer { modes.restore() }
    modes.hide()
    write(Array(prompt.utf8))
    var line = SecretLine(limit: limit)
    let octets = unsafe SecretOctets(capacity: limit + 1) { room in
      while line.state == .open { unsafe readKey(into: room, &line, &modes, prompt) }
      return line.state == .done ? line.count : 0
    }
    write([UInt8(ascii: "\n")])
    guard line.state == .done else { return .end }
    return line.isTooLong ? .tooLong : .line(octets)
  }

  /// Waits for one key; after a stop the question is shown again.
  private func readKey(
    into room: UnsafeMutableRawBufferPointer, _ line: inout SecretLine, _ modes: inout TerminalModes, _ prompt: String
  ) {
    switch modes.wait() {
    case .ready:
      guard unsafe Glibc.read(descriptor, room.baseAddress?.advanced(by: line.count), 1) == 1 else {
        line.state = .end
        return
      }
      unsafe line.take(room)
      guard line.isSuspended else { return }
      line.isSuspended = false
      modes.suspend()
      write(Array(prompt.utf8))
    case .continued: write(Array(prompt.utf8))
    case .gone: line.state = .end
    }
  }

  private func write(_ octets: [UInt8]) {
    unsafe octets.withUnsafeBytes { unsafe write($0) }
  }

  private func write(_ octets: UnsafeRawBufferPointer) {
    var written = 0
    while written < octets.count {
      let count = unsafe Glibc.write(descriptor, octets.baseAddress?.advanced(by: written), octets.count - written)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      written += count
    }
  }
}

import CTerm
import Glibc

/// A program running on a real terminal: a tmux server of its own, with nothing of the user's configuration.
///
/// Assert something visible after each key: waiting for it also paces the keys.
public final class TerminalSession {
  /// What can go wrong with the terminal, as opposed to the program on it.
  public enum Failure: Error, CustomStringConvertible {
    /// The program tmux is not installed.
    case tmuxIsMissing
    /// tmux refused a command; its words.
    case refused(String)
    /// A text did not come in time; what was on the screen instead.
    case timedOut(waitingFor: String, screen: String)

    /// The failure in words.
    public var description: String {
      switch self {
      case .tmuxIsMissing: "tmux is not installed, and the tests on a real terminal need it"
      case .refused(let words): "tmux: \(words)"
      case .timedOut(let text, let screen): "\"\(text)\" did not appear; the screen is:\n\(screen)"
      }
    }
  }

  private let socket: String

  private init(socket: String) { self.socket = socket }

  deinit { kill() }

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - command: a command for `sh`. Quote file names with ``quote(_:)``.
  ///   - columns: the width of the terminal.
  ///   - rows: the height of the terminal.
  ///   - environment: variables set for the program, such as TERM or NO_COLOR, in addition to those of the test.
  /// - Throws: ``Failure``.
  public static func start(
    command: String, columns: Int = 80, rows: Int = 24, environment: [String: String] = [:]
  ) throws -> TerminalSession {
    let random = UInt64.random(in: 0...UInt64.max)
    let session = TerminalSession(socket: "keyreeve-\(getpid())-\(String(random, radix: 36))")
    let variables = environment.sorted { $0.key < $1.key }.map { quote("\($0.key)=\($0.value)") }
    let exports = (["LC_ALL=C.UTF-8"] + variables).joined(separator: " ")
    // The status is printed, as tmux loses that of a program in some of all runs.
    let script = "export \(exports); \(command); echo EXIT:$?; exec sleep 60"
    try session.tmux(
      "start-server", ";", "set", "-g", "default-terminal", "tmux-256color", ";", "set", "-g", "escape-time", "0", ";",
      "set", "-g", "status", "off", ";", "set", "-g", "set-clipboard", "on", ";",
      "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "sh", "-c", script)
    return session
  }

  /// A text as one word of a command for `sh`.
  public static func quote(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }

  // MARK: Input

  /// Presses keys, by the names that tmux has for them: `Enter`, `Escape`, `C-d`, `Up`, `F1`, `x`.
  public func send(_ keys: String...) throws {
    try tmux(["send-keys", "--"] + keys)
  }

  /// Types text, also escape sequences, just as it stands.
  public func type(_ text: String) throws {
    try tmux("send-keys", "-l", "--", text)
  }

  /// Pastes text as a terminal does: in brackets when the program has asked for them.
  public func paste(_ text: String) throws {
    try tmux("set-buffer", "-b", "paste", "--", text, ";", "paste-buffer", "-p", "-r", "-d", "-b", "paste")
  }

  /// Gives the terminal another size.
  public func resize(columns: Int, rows: Int) throws {
    try tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)")
  }

  // MARK: Output

  /// What is on the screen, without spaces at the ends of the lines.
  public func screen() throws -> String { try tmux("capture-pane", "-p") }

  /// What is on the screen, with the escape sequences for colours and attributes.
  public func colours() throws -> String { try tmux("capture-pane", "-p", "-e") }

  /// A value that tmux knows of the terminal, such as `alternate_on`, `cursor_flag`, `cursor_y` or `mouse_any_flag`.
  public func value(of variable: String) throws -> String {
    String(try tmux("display-message", "-p", "#{\(variable)}").dropLast())
  }

  /// The text that the program has put into the clipboard.
  public func clipboard() throws -> String { try tmux("show-buffer") }

  /// Waits until a text is on the screen.
  ///
  /// - Throws: ``Failure/timedOut(waitingFor:screen:)`` after so many seconds.
  public func waitFor(_ text: String, timeout: Double = 5) throws {
    try wait(for: text, timeout: timeout) { $0.contains(text) }
  }

  /// Waits until a text is no longer on the screen.
  ///
  /// - Throws: ``Failure/timedOut(waitingFor:screen:)`` after so many seconds.
  public func waitUntilGone(_ text: String, timeout: Double = 5) throws {
    try wait(for: "no \(text)", timeout: timeout) { !$0.contains(text) }
  }

  /// Waits for the end of the program: its exit status, as `sh` counts it.
  ///
  /// - Throws: ``Failure/timedOut(waitingFor:screen:)`` after so many seconds.
  public func exitStatus(timeout: Double = 5) throws -> Int32 {
    var status: Int32?
    try wait(for: "EXIT:", timeout: timeout) { screen in
      let lines = screen.split(separator: "\n").filter { $0.hasPrefix("EXIT:") }
      status = lines.last.flatMap { Int32($0.dropFirst(5)) }
      return status != nil
    }
    return status ?? -1
  }

  /// Ends the program and the terminal.
  public func kill() { _ = try? tmux("kill-server") }

  private func wait(for text: String, timeout: Double, _ isThere: (String) -> Bool) throws {
    let deadline = cterm_milliseconds() + UInt64(timeout * 1000)
    while true {
      let screen = try screen()
      if isThere(screen) { return }
      guard cterm_milliseconds() < deadline else { throw Failure.timedOut(waitingFor: text, screen: screen) }
      usleep(10_000)
    }
  }

  // MARK: tmux

  @discardableResult
  private func tmux(_ arguments: String...) throws -> String { try tmux(arguments) }

  /// Runs one tmux command to its end.
  ///
  /// Not by Foundation.Process: the server that tmux leaves behind keeps its socket open, and it waits for ever.
  @discardableResult
  private func tmux(_ arguments: [String]) throws -> String {
    var ends: [Int32] = [-1, -1]
    guard cterm_pipe(&ends) == 0 else { throw Failure.refused("no pipe") }
    var words = (["tmux", "-L", socket, "-f", "/dev/null"] + arguments).map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    let process = cterm_spawn("tmux", &words, nil, -1, ends[1], ends[1])
    close(ends[1])
    defer { close(ends[0]) }
    guard process > 0 else { throw Failure.tmuxIsMissing }
    let output = Self.readAll(ends[0])
    guard cterm_wait_child(process) == 0 else { throw Failure.refused(output) }
    return output
  }

  private static func readAll(_ descriptor: Int32) -> String {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count > 0 { bytes += chunk[..<count] } else if count == 0 || errno != EINTR { break }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

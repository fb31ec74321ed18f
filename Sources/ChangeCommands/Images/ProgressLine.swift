internal import Glibc
internal import Images
internal import ReadCommands
internal import TrustModel

/// How far a fetch has come, on one line of a terminal: octets, rate and time left.
///
/// For a person who wants plain lines each step is said in a line of its own, and how far it is every ten seconds. Off a
/// terminal nothing is drawn; with `--verbose` each step is said once, in a line of its own.
final class ProgressLine {
  private let isDrawn = isatty(2) == 1 && Environment["TERM"] != "dumb" && !Environment.isAccessible
  private let isVerbose: Bool
  private var begun: Double?
  private var first: UInt64 = 0
  private var lastDrawn = 0.0
  private var isShown = false
  private var said = ""

  init(isVerbose: Bool) {
    self.isVerbose = isVerbose || Environment.isAccessible && isatty(2) == 1
  }

  /// Shows a step.
  func show(_ progress: FetchProgress) {
    switch progress {
    case .image(let received, let total): transfer(received, total, "fetching the image")
    case .sending(let sent, let total): transfer(sent, total, "uploading the image")
    default:
      begun = nil
      step(progress.sentence)
    }
  }

  /// Takes the line off the terminal.
  func clear() {
    if isShown { Output.write(Array("\r\u{1b}[K".utf8), to: 2) }
    isShown = false
  }

  private func step(_ sentence: String) {
    if isDrawn {
      draw(sentence)
    } else if isVerbose, sentence != said {
      Output.complain(sentence)
    }
    said = sentence
  }

  private func transfer(_ received: UInt64, _ total: UInt64?, _ words: String) {
    let now = Self.seconds
    if begun == nil {
      (begun, first) = (now, received)
      step(words)
    }
    let isDue = now - max(lastDrawn, begun ?? now) >= (isDrawn ? 0.1 : 10)
    guard isDrawn || isVerbose, isDue || isDrawn && received == total else { return }
    lastDrawn = now
    let line = TransferText(received: received, total: total, since: first, seconds: now - (begun ?? now)).line
    isDrawn ? draw(line) : Output.complain(line)
  }

  private func draw(_ text: String) {
    isShown = true
    let width = max(20, Self.columns - 1)
    Output.write(Array(("\r" + String(text.prefix(width)) + "\u{1b}[K").utf8), to: 2)
  }

  private static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static var columns: Int {
    var size = winsize()
    return ioctl(2, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }
}

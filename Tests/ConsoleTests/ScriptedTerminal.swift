import Glibc

@testable import Screen

/// A terminal that plays a script and waits for what it must see, as a person does.
///
/// `MemoryTerminal` takes one post of background work as one step; here a step ends when its text is on the screen,
/// however many posts and directory changes that took.
final class ScriptedTerminal: Terminal {
  /// Something that the person does or waits for.
  enum Step: Sendable {
    /// An event.
    case event(Event)
    /// Waits until this text is on the screen.
    case until(String)
    /// Waits until this text is on the screen, but for at most three seconds, and goes on without it.
    case perhaps(String)
    /// Waits until this text is no longer on the screen.
    case gone(String)
    /// Something that happens outside the console.
    case outside(@Sendable () throws -> Void)
    /// Keeps the picture under a name.
    case picture(String)
    /// Types a passphrase where one is asked for, and presses Enter.
    case secret(String)
    /// The same after Ctrl-T, which has it shown.
    case secretInView(String)
    /// Types the passphrase that is, or was last, shown.
    case shownSecret
    /// Presses Esc where a passphrase is asked for.
    case noSecret
  }

  private(set) var size: Size
  let colours: Int
  /// The pictures that were kept.
  private(set) var pictures: [String: Grid] = [:]
  /// What was copied to the clipboard.
  private(set) var copied: [String] = []
  /// What the script waited for in vain, with the picture then.
  private(set) var failure: String?
  /// The picture now.
  var frame: Grid { frames.last ?? Grid(size: size) }
  /// What of passphrases was in view while they were typed.
  private(set) var secretsSeen: [String] = []
  /// Every picture.
  private(set) var frames: [Grid] = []
  /// Every event, with the picture that the person saw before it.
  private(set) var events: [(event: Event, seen: Grid)] = []

  private var script: ArraySlice<Step>
  private var waiting: Event?

  init(size: Size, colours: Int, script: [Step]) {
    self.size = size
    self.colours = colours
    self.script = script[...]
  }

  func draw(_ grid: Grid) {
    frames.append(grid)
    if !grid.secrets.isEmpty { secretsSeen.append(grid.shownSecret) }
  }

  func wait(for sources: WakeSources) -> Wakeup {
    if case .event = script.first, let news = arrived(sources, within: 0) { return news }
    while let step = script.popFirst() {
      switch step {
      case .event(let event):
        waiting = event
        events.append((event, frame))
        return Wakeup()
      case .picture(let name): pictures[name] = frame
      case .secret, .secretInView, .shownSecret, .noSecret:
        return waitForNews(step, sources, "nobody asked for a passphrase")
      case .outside(let body):
        do {
          try body()
        } catch {
          failure = "\(error)"
          return Wakeup(ending: .hangup)
        }
      case .until(let text):
        if frame.position(of: text) == nil { return waitForNews(step, sources, "\"\(text)\" did not appear") }
      case .perhaps(let text):
        if frame.position(of: text) == nil, let news = arrived(sources, within: 3_000) {
          script = [step] + script
          return news
        }
      case .gone(let text):
        if frame.position(of: text) != nil { return waitForNews(step, sources, "\"\(text)\" stayed") }
      }
    }
    return Wakeup(ending: .hangup)
  }

  /// Takes the step again after whatever comes first: a post, or a change in a directory.
  private func waitForNews(_ step: Step, _ sources: WakeSources, _ complaint: String) -> Wakeup {
    script = [step] + script
    if let news = arrived(sources, within: 15_000) { return news }
    failure = "\(complaint):\n\(frame.text())"
    return Wakeup(ending: .hangup)
  }

  /// What has been posted or changed by then.
  private func arrived(_ sources: WakeSources, within milliseconds: Int32) -> Wakeup? {
    var descriptors = [sources.mailbox, sources.files].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    guard poll(&descriptors, 2, milliseconds) > 0 else { return nil }
    return Wakeup(mailbox: descriptors[0].revents != 0, files: descriptors[1].revents != 0)
  }

  func nextEvent() -> Event? {
    defer { waiting = nil }
    if case .resize(let size) = waiting { self.size = size }
    return waiting
  }

  func ignoreInput(milliseconds: Int) {}
  func handOver<Result>(_ body: () throws -> Result) rethrows -> Result { try body() }

  func readSecret(limit: Int, typed: (SecretTyping) -> Void) -> Secret? {
    typed(SecretTyping(0))
    while case .picture(let name) = script.first {
      pictures[name] = frame
      script.removeFirst()
    }
    switch script.popFirst() {
    case .secret(let text): return type(text, limit: limit, typed)
    case .secretInView(let text): return type(text, limit: limit, isShown: true, typed)
    case .shownSecret: return type(frames.last { !$0.secrets.isEmpty }?.shownSecret ?? "", limit: limit, typed)
    case .noSecret: return nil
    case let step:
      failure = "a passphrase was asked for:\n\(frame.text())"
      if let step { script = [step] + script }
      return nil
    }
  }

  private func type(
    _ text: String, limit: Int, isShown: Bool = false, _ typed: (SecretTyping) -> Void
  ) -> Secret? {
    guard var secret = Secret(capacity: limit) else { return nil }
    for character in text {
      secret.append(String(character).utf8)
      let lent = isShown ? secret.lent() : nil
      typed(SecretTyping(secret.characters, shown: lent))
      lent?.end()
    }
    return secret
  }

  func copy(_ text: String) -> Bool {
    copied.append(text)
    return true
  }

  /// What the terminal was told of the mouse.
  private(set) var usesMouse: Bool?
  func useMouse(_ isWanted: Bool) { usesMouse = isWanted }
  func close() {}
}

extension Grid {
  /// What is shown over the cells.
  var shownSecret: String {
    var octets: [UInt8] = []
    for piece in secrets {
      if !octets.isEmpty { octets.append(UInt8(ascii: " ")) }
      piece.source.lend { octets += $0[piece.range] }
    }
    return String(decoding: octets, as: UTF8.self)
  }
}

extension ScriptedTerminal.Step {
  /// Typed characters, one event each.
  static func type(_ text: String) -> [Self] { text.map { .event(.text($0)) } }
  static let enter = Self.event(.key(.enter))
  static let escape = Self.event(.key(.escape))
  static let tab = Self.event(.key(.tab))
  /// Every key file was read and judged, and what weakens the trust was found; some machines have nothing of it.
  static let judged: [Self] = [.until("keys: "), .gone("being judged"), .perhaps("5:Audit(")]
}

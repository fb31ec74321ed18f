import Glibc
import Screen
import Testing

@Suite struct EventLoopTests {
  /// Runs a script against a program that writes down what it is told, and finishes on `q`.
  private func run(_ terminal: MemoryTerminal, mailbox: Mailbox<Int> = Mailbox()) -> (told: [String], ending: Ending) {
    var told: [String] = []
    let loop = EventLoop(terminal: terminal, mailbox: mailbox)
    let ending = loop.run {
      $0.put(0, 0, told.joined(separator: " "))
    } handle: { input in
      switch input {
      case .event(.text("q")): return .finish
      case .event(.text(let character)): told.append(String(character))
      case .event(.resize(let size)): told.append("\(size.columns)x\(size.rows)")
      case .event(.key(.escape)): terminal.ignoreInput(milliseconds: 0)
      case .event(let event): told.append("\(event)")
      case .value(let value): told.append("\(value)")
      case .filesChanged: told.append("files")
      }
      return .goOn
    }
    return (told, ending)
  }

  @Test func eventsComeInOrderAndEachStepIsPainted() {
    let terminal = MemoryTerminal(events: [.text("a"), .text("b"), .text("q")])
    let result = run(terminal)
    #expect(result.told == ["a", "b"])
    #expect(result.ending == .finished)
    #expect(terminal.frames.map { $0.text(ofRow: 0) } == ["", "a", "a b"])
    #expect(terminal.isClosed)
  }

  @Test func aBurstIsPaintedOnce() {
    let terminal = MemoryTerminal(script: [.events("abcdefgh".map { .text($0) })])
    _ = run(terminal)
    #expect(terminal.frames.count == 2)
    #expect(terminal.text.hasPrefix("a b c d e f g h\n"))
  }

  @Test func aResizeChangesTheGrid() {
    let size = Size(rows: 10, columns: 40)
    let terminal = MemoryTerminal(events: [.resize(size)])
    _ = run(terminal)
    #expect(terminal.frames.map(\.size) == [.full, size])
  }

  @Test func finishingLeavesTheRestOfABurst() {
    let result = run(MemoryTerminal(script: [.events([.text("a"), .text("q"), .text("b")])]))
    #expect(result.told == ["a"])
  }

  @Test func ignoredInputDoesNotReachTheQuestion() {
    let burst: [Event] = [.key(.escape), .text("y"), .resize(.smallest), .key(.enter)]
    let result = run(MemoryTerminal(script: [.events(burst), .events([.text("a")])]))
    #expect(result.told == ["40x10", "a"])
  }

  @Test func valuesOfBackgroundWorkArriveInOrder() {
    let mailbox = Mailbox<Int>()
    for value in 1...3 { mailbox.post(value) }
    let result = run(MemoryTerminal(script: [.mail]), mailbox: mailbox)
    #expect(result.told == ["1", "2", "3"])
  }

  @Test func aPostFromAnotherThreadWakesTheLoop() {
    let mailbox = Mailbox<Int>()
    // Not a task: other tests may keep the pool's threads waiting.
    let box = Unmanaged.passRetained(mailbox)
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { context in
        context.map { Unmanaged<Mailbox<Int>>.fromOpaque($0).takeRetainedValue().post(7) }
        return nil
      }, box.toOpaque())
    defer { pthread_join(thread, nil) }
    let result = run(MemoryTerminal(script: [.mail, .events([.text("a")])]), mailbox: mailbox)
    #expect(result.told == ["7", "a"])
  }

  @Test func changedFilesAreTold() {
    #expect(run(MemoryTerminal(script: [.filesChanged])).told == ["files"])
  }

  @Test func signalsAndLostTerminalsEndTheLoop() {
    let signal = MemoryTerminal(script: [.signal(15), .events([.text("a")])])
    #expect(run(signal).ending == .signal(15))
    #expect(signal.isClosed)
    #expect(run(MemoryTerminal(script: [])).ending == .hangup)
  }

  @Test func exitCodesAreThoseOfAShell() {
    #expect(Ending.finished.exitCode == 0)
    #expect(Ending.signal(15).exitCode == 143)
    #expect(Ending.hangup.exitCode == 129)
  }
}

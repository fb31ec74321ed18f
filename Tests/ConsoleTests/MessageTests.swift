import ExampleMachine
import Screen
import Testing
import TrustModel

@testable import Console

/// What was said stays until a key is pressed, and can be read afterwards.
@Suite("The messages of the console")
struct MessageTests {
  @Test("As many messages are kept as the limit, the oldest go first; what says nothing is not kept")
  func limit() {
    var log = MessageLog()
    for number in 0...MessageLog.limit { log.note("message \(number)", at: Timestamp(seconds: 0)) }
    log.note("", at: Timestamp(seconds: 0))
    log.note("Reading...", at: Timestamp(seconds: 0))
    #expect(log.entries.count == MessageLog.limit)
    #expect(log.entries.first?.text == "message 1" && log.entries.last?.text == "message \(MessageLog.limit)")
    log.note(String(repeating: "x", count: MessageLog.textLimit + 1), at: Timestamp(seconds: 0))
    #expect(log.entries.last?.text.count == MessageLog.textLimit)
  }

  @Test("m shows them, newest first, with their time")
  func shown() async throws {
    let run = try await ConsoleRun(
      Steps.type(":nonsense") + [.enter, .until("no verb nonsense")] + Steps.type(":rubbish") + [
        .enter, .until("rubbish;"),
      ]
        + Steps.type("m") + [.until("Messages")])
    let newer = try #require(run.frame.position(of: "There is no verb rubbish"))
    let older = try #require(run.frame.position(of: "There is no verb nonsense"))
    #expect(newer.row < older.row)
    #expect(try /^ \d\d:\d\d:\d\dZ\s/.prefixMatch(in: run.frame.text(ofRow: newer.row)) != nil, "\(run.frame.text())")
    let none = try await ConsoleRun(Steps.type("m") + [.until("Nothing was said yet.")] + Steps.type("m"))
    #expect(none.frame.position(of: "STATE") != nil)
  }

  @Test("A message stays while the mouse button comes up, and goes with the next key")
  func stays() async throws {
    let up = Event.mouse(Event.Mouse(.release, at: Position(row: 5, column: 5)))
    let run = try await ConsoleRun(
      Steps.type(":nonsense") + [.enter, .event(up), .picture("kept")] + Steps.type("j") + [.picture("gone")])
    #expect(run.picture("kept").position(of: "no verb nonsense") != nil)
    #expect(run.picture("gone").position(of: "no verb nonsense") == nil)
  }
}

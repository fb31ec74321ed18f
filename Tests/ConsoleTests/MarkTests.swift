import ExampleMachine
import Screen
import TestSupport
import Testing

@testable import Console

/// Marks, and what a change takes of them.
@Suite("Marked keys")
struct MarkTests {
  @Test("Space marks and goes on; the summary counts; Esc takes the filter first, then the marks")
  func marks() async throws {
    let run = try await ConsoleRun(
      Steps.type("g  ") + [.picture("two")] + Steps.filter("example") + [.enter, .escape, .picture("kept"), .escape])
    #expect(run.picture("two").position(of: "2 marked") != nil, "\(run.picture("two").text())")
    #expect(run.picture("two").text(ofRow: 4).dropFirst(2).first == "*")
    #expect(run.picture("kept").position(of: "2 marked") != nil)
    #expect(run.frame.position(of: "marked") == nil)
  }

  @Test("What is no key file cannot be marked")
  func stray() async throws {
    let run = try await ConsoleRun(Steps.at("README") + Steps.type(" "))
    #expect(run.frame.position(of: "only keys can be marked") != nil)
    #expect(run.frame.position(of: "1 marked") == nil)
  }

  @Test("Marks survive a new look")
  func refresh() async throws {
    let run = try await ConsoleRun(
      Steps.type("g ") + [.event(.key(.function(5))), .gone("Reading..."), .gone("being judged")])
    #expect(run.frame.position(of: "1 marked") != nil)
  }

  @Test("A change takes the marked rows, wherever the cursor stands")
  func change() throws {
    let table = try KeyTables.example()
    let rows = table.rows.filter { $0.fingerprint != nil }
    var context = Context(
      now: Moment.now, host: "web01", isReadOnly: false, isStoreReadOnly: false, theme: .mono)
    let effects = KeyActions.perform(.disable, onMarked: rows, context)
    guard case .work(.plan(.several(let several)))? = effects?.first else {
      Issue.record("no plan was asked for")
      return
    }
    #expect(several.verb == .disable)
    #expect(several.keys.map(\.scope) == rows.map(\.scope))
    #expect(KeyActions.perform(.copy, onMarked: rows, context) == nil)
    context.isReadOnly = true
    guard case .say(let sentence)? = KeyActions.perform(.remove, onMarked: rows, context)?.first else {
      Issue.record("nothing was said")
      return
    }
    #expect(sentence.hasPrefix("Read-only here: sudo keyreeve remove "))
  }
}

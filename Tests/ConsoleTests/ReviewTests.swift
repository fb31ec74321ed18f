import ExampleMachine
import Screen
import TestSupport
import Testing
import TrustModel
import TrustVerify

/// Trusting a new key: what is compared, what is refused, what is kept in the log.
@Suite("Reviews in the console")
struct ReviewTests {
  private typealias Step = ScriptedTerminal.Step

  /// From a finished comparison or reason to the file: the button of the review, then that of the plan.
  private static let agreed: [Step] = [.enter, .until("Plan: trust"), .tab, .enter, .until("Done, #")]

  @Test("Enter alone never trusts")
  func enterAlone() async throws {
    let run = try await ConsoleRun(
      Steps.review("keys/release2.asc") + [.enter, .enter, .until("Type the fingerprint"), .tab, .enter])
    #expect(try run.journal().isEmpty)
    #expect(run.frame.position(of: "Nothing was trusted.") != nil)
  }

  @Test("All 40 digits or the last 16 are a comparison, in any case and grouping", arguments: [40, 16])
  func compared(digits: Int) async throws {
    let fingerprint = try ExampleKey.release2.fingerprint()
    let typed = digits == 40 ? fingerprint.grouped : String("\(fingerprint)".suffix(16)).uppercased()
    let run = try await ConsoleRun(
      Steps.review("keys/release2.asc") + Steps.type(typed) + [.until("digits are the same"), .enter] + Self.agreed)
    let entry = try #require(try run.journal().first)
    #expect(entry.reason == "compared: \(digits) of \(digits) digits are the same")
    let file = "/etc/rkt/trustedkeys/prefix.d/example.com/\(fingerprint)"
    #expect(run.machine.sandbox.contents(file) == (try ExampleKey.release2.armored()))
  }

  @Test("Eight digits, as can be forged, and the digits of another key are none", arguments: [8, -16])
  func notCompared(digits: Int) async throws {
    let key = digits < 0 ? ExampleKey.quayside : .release2
    let typed = String("\(try key.fingerprint())".suffix(abs(digits)))
    let run = try await ConsoleRun(
      Steps.review("keys/release2.asc") + Steps.type(typed) + [.enter, .until("Type the fingerprint")]
        + [.tab, .tab, .enter, .until("Type the fingerprint")])
    #expect((run.frame.position(of: "DIFFERENT") != nil) == (digits < 0))
    #expect(try run.journal().isEmpty)
  }

  @Test("Without comparing a reason is asked for, and the log keeps it")
  func withoutComparing() async throws {
    let run = try await ConsoleRun(
      Steps.review("keys/quayside.asc") + [.tab, .tab, .tab, .enter, .until("Why is it trusted"), .enter]
        + [.until("Type a reason")] + Steps.type("from the installer") + Self.agreed)
    #expect(try run.journal().map(\.reason) == ["not compared: from the installer"])
  }

  @Test("A pasted fingerprint is compared, and presses no button")
  func pasted() async throws {
    let fingerprint = try ExampleKey.release2.fingerprint()
    let run = try await ConsoleRun(
      Steps.review("keys/release2.asc") + [.event(.paste("0x\(fingerprint)\n\n\n")), .until("40 of 40")])
    #expect(try run.journal().isEmpty)
    #expect(run.frame.position(of: "step 2 of 2") != nil)
  }

  @Test("Each key of a file has a review of its own")
  func several() async throws {
    let run = try await ConsoleRun(
      Steps.review("keys/two.asc") + (try Steps.comparison(.release2)) + [.enter] + Self.agreed
        + [.until("key 2 of 2")] + (try Steps.comparison(.quayside)) + [.enter] + Self.agreed)
    #expect(try run.journal().map(\.verb) == ["trust", "trust"])
  }

  @Test(
    "A key that must not be trusted offers nothing but Cancel",
    arguments: [("keys/lapsed.asc", "it expired"), ("keys/harbour.asc", "revoked"), ("keys/tools.asc", "too weak")])
  func refused(file: String, reason: String) async throws {
    let run = try await ConsoleRun(
      Steps.review(file) + [.until("REFUSED"), .picture("review"), .tab, .tab, .enter, .enter])
    let picture = run.picture("review")
    #expect(picture.text().contains(reason))
    #expect(picture.position(of: "[ Trust") == nil)
    #expect(try run.journal().isEmpty)
  }

  @Test(
    "What cannot be reviewed says why and stays where it was",
    arguments: [
      ("keys/missing.asc", "no such file"), ("keys/secret.pgp", "holds nothing that can be trusted"),
      ("keys/not-a-key.txt", "holds nothing that can be trusted"),
    ])
  func unreadable(file: String, words: String) async throws {
    let run = try await ConsoleRun(
      Steps.type("gt") + Steps.type(file) + [.tab, .event(.key(.control("u")))] + Steps.type("*") + [.enter]
        + [.until(words)])
    #expect(run.frame.position(of: "step 1 of 2") != nil)
    #expect(run.frame.position(of: file) != nil)
  }

  @Test("A prefix that is none is refused with the position")
  func badPrefix() async throws {
    let run = try await ConsoleRun(
      Steps.type("gt") + Steps.type("keys/release2.asc") + [.tab, .event(.key(.control("u")))]
        + Steps.type("Example") + [.enter, .until("position 1: upper-case")])
    #expect(run.frame.position(of: "step 1 of 2") != nil)
  }

  @Test("An empty file in the key's own place is named in the review, and what was agreed to replaces it")
  func masked() async throws {
    let machine = try ExampleMachine(images: true)
    let fingerprint = try ExampleKey.release2.fingerprint()
    try machine.sandbox.mask(fingerprint, in: .prefix(try Prefix("example.com")))
    let run = try await ConsoleRun(
      Steps.review("keys/release2.asc") + [.until("Disabled by"), .picture("review")]
        + (try Steps.comparison(.release2)) + [.enter] + Self.agreed, on: machine)
    #expect(run.picture("review").position(of: "accepted keys 3 -> 4") != nil)
    let file = "/etc/rkt/trustedkeys/prefix.d/example.com/\(fingerprint)"
    #expect(machine.sandbox.contents(file) == (try ExampleKey.release2.armored()))
  }

  @Test("The review shows the source with its digest, and what will change")
  func complete() async throws {
    let run = try await ConsoleRun(Steps.review("keys/release2.asc"))
    let text = run.frame.text()
    #expect(text.contains("sha256"))
  }
}

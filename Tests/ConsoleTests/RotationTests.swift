import ExampleMachine
import Screen
import TestSupport
import Testing
import TrustModel
import TrustVerify

/// A new key in the place of an old one.
@Suite("Rotation in the console")
struct RotationTests {
  private typealias Step = ScriptedTerminal.Step

  /// Opens the rotation of the release key of example.com, and the review of the new one.
  static let review: [ScriptedTerminal.Step] =
    Steps.at("release@example.com") + Steps.type("r") + [.until("step 1 of 4")] + Steps.type("keys/release2.asc")
    + [.enter, .until("step 2 of 4")]

  /// Goes on to the choice of an overlap.
  static func overlap() throws -> [ScriptedTerminal.Step] {
    try review + Steps.comparison(.release2) + [.enter, .enter, .until("step 3 of 4")]
  }

  private func changes(_ script: [Step]) async throws -> (run: ConsoleRun, changed: Bool) {
    let machine = try ExampleMachine(images: true)
    let before = try machine.fingerprint()
    let run = try await ConsoleRun(script, on: machine)
    return (run, try machine.fingerprint() != before)
  }

  @Test("With an overlap both keys count, the old one says until when, and r retires it")
  func overlap() async throws {
    let digits = try Steps.digits(.release)
    let (run, changed) = try await changes(
      try Self.overlap() + [.enter, .until("Plan: rotate"), .picture("plan"), .tab, .enter]
        + [.until("PgDn shows the rest"), .event(.key(.end)), .enter, .until("Done, #1")]
        + [.gone("being judged")] + Steps.at("release@example.com") + [.until("to be retired on"), .picture("kept")]
        + Steps.type("r") + [.until("Plan: rotate"), .tab] + digits + [.tab, .enter, .until("Done, #2")])
    #expect(changed)
    let plan = run.picture("plan").text()
    for words in ["OLD       3CBA", "NEW       6CED", "BETWEEN", "both keys count", "THEN"] {
      #expect(plan.contains(words), "\(plan)")
    }
    let entries = try run.journal()
    #expect(entries.map(\.verb) == ["rotate", "rotate"])
    #expect(entries.first?.retirement?.successor == (try ExampleKey.release2.fingerprint()))
    #expect(entries.first?.reason == "compared: 16 of 16 digits are the same")
    let mask = "/etc/rkt/trustedkeys/prefix.d/example.com/\(try ExampleKey.release.fingerprint())"
    #expect(run.machine.sandbox.contents(mask) == [])
  }

  @Test("At once: the plan asks for the last digits of the OLD key, as its images will be refused")
  func atOnce() async throws {
    let (run, changed) = try await changes(
      try Self.overlap() + [.tab, .enter, .until("Plan: rotate"), .picture("plan"), .event(.key(.end)), .tab]
        + (try Steps.digits(.release2)) + [.tab, .enter, .until("Type the last 4 digits"), .tab, .tab]
        + [.event(.key(.control("u")))] + (try Steps.digits(.release)) + [.tab, .until("[ Rotate ]"), .enter]
        + [.until("Done, #1")])
    #expect(changed)
    #expect(run.picture("plan").position(of: "digits of the OLD key") != nil)
    #expect(try run.journal().first?.edits.count == 2)
  }

  @Test("Enter alone rotates nothing, at whatever step it is pressed")
  func enterAlone() async throws {
    let (_, first) = try await changes(Self.review + [.enter, .enter, .enter])
    let (_, last) = try await changes(
      try Self.overlap() + [.enter, .until("Plan: rotate"), .enter, .until("Nothing was changed."), .enter])
    #expect(!first && !last)
  }

  @Test("Each step is left by Esc or Ctrl-C without a trace", arguments: [Event.key(.escape), .interrupt])
  func leave(by event: Event) async throws {
    let (run, changed) = try await changes(
      try Self.overlap() + [.event(event), .until("step 2 of 4"), .event(event), .until("STATE")])
    #expect(!changed)
    #expect(run.frame.position(of: "Nothing was changed.") != nil)
  }

  @Test("An overlap is from 1 to 3650 days", arguments: ["0", "3651", "", "ten"])
  func days(text: String) async throws {
    let (run, changed) = try await changes(
      try Self.overlap() + [.event(.key(.control("u")))] + Steps.type(text) + [.enter, .until("from 1 to 3650")])
    #expect(!changed && run.frame.position(of: "step 3 of 4") != nil)
  }

  @Test("Several keys in one file are no new key; neither is the old one")
  func several() async throws {
    let start = Steps.at("release@example.com") + Steps.type("r") + [.until("step 1 of 4")]
    let run = try await ConsoleRun(start + Steps.type("keys/two.asc") + [.enter, .until("holds several keys")])
    #expect(run.frame.position(of: "step 1 of 4") != nil)
    let same = try await ConsoleRun(
      start + Steps.type("keys/release.asc") + [.enter, .until("is the old key and the new one")])
    #expect(same.frame.position(of: "step 1 of 4") != nil)
  }

  @Test(
    "A new key that must not be trusted is refused at its review, before anybody compares",
    arguments: [("keys/harbour.asc", "revoked"), ("keys/lapsed.asc", "expired")])
  func unfit(file: String, words: String) async throws {
    let run = try await ConsoleRun(
      Steps.at("release@example.com") + Steps.type("r") + [.until("step 1 of 4")] + Steps.type(file)
        + [.enter, .until("REFUSED"), .picture("review"), .tab, .tab, .enter])
    #expect(run.picture("review").text().contains(words))
    #expect(run.picture("review").position(of: "[ Agree") == nil)
    #expect(try run.journal().isEmpty)
  }

  @Test("The choice of no overlap names the images that are refused then, and the counts of either way")
  func images() async throws {
    let machine = try ExampleMachine(images: true)
    try SeededStore.write(on: machine)
    let run = try await ConsoleRun(
      try Self.overlap() + [.picture("overlap"), .tab, .picture("at once"), .enter, .until("Plan: rotate")],
      on: machine)
    #expect(run.picture("overlap").position(of: "accepted keys 3 -> 4 -> 3") != nil)
    #expect(run.picture("at once").position(of: "accepted keys 3 -> 3") != nil)
    for grid in [run.picture("overlap"), run.picture("at once"), run.frame] {
      #expect(grid.position(of: "1 image here will be REFUSED: example.com/hello:0.0.1") != nil)
    }
  }

  @Test("A key that counts for nothing is not rotated")
  func masked() async throws {
    let run = try await ConsoleRun(Steps.at("2019") + Steps.type("r") + [.until("counts for nothing here")])
    #expect(run.frame.position(of: "STATE") != nil)
  }
}

import ExampleMachine
import Screen
import Testing

/// The screens as pictures: a change of any cell shows here.
@Suite("Golden frames of the console")
struct FrameTests {
  /// A way to a screen.
  struct View: Sendable, CustomTestStringConvertible {
    let name: String
    let sizes: [Size]
    var isReadOnly = false
    let script: [ScriptedTerminal.Step]
    var testDescription: String { name }
  }

  static let small = Size(rows: 16, columns: 60)
  static let smallest = Size(rows: 10, columns: 40)
  static let tooSmall = Size(rows: 4, columns: 20)
  static let large = Size(rows: 36, columns: 120)
  static let usual: [Size] = [.full, large]

  static let views: [View] = [
    View(name: "keys", sizes: usual + [small, smallest, tooSmall], script: []),
    View(name: "keys-filtered", sizes: [.full], script: Steps.filter("example !builds") + [.enter]),
    View(name: "keys-no-match", sizes: [.full], script: Steps.filter("nobody")),
    View(name: "keys-read-only", sizes: [.full], isReadOnly: true, script: Steps.at("Release") + Steps.type("d")),
    View(name: "detail", sizes: usual + [smallest], script: Steps.at("Release") + [.enter, .until("Health")]),
    View(name: "detail-masked", sizes: [.full], script: Steps.at("2019") + [.enter, .until("MASKED")]),
    View(name: "detail-revoked", sizes: [.full], script: Steps.at("harbour") + [.enter, .until("REVOKED")]),
    View(name: "detail-stray", sizes: [.full], script: Steps.at("README") + [.enter, .until("BROKEN")]),
    View(
      name: "explain", sizes: usual + [smallest],
      script: Steps.type("gx") + Steps.type("example.com/hello") + [.enter, .until("RESULT")]),
    View(
      name: "explain-refused-name", sizes: [.full],
      script: Steps.type("gx") + Steps.type("example.com//x") + [.enter, .until("refused")]),
    View(name: "plan-disable", sizes: usual, script: Steps.planToDisable),
    View(
      name: "plan-enable", sizes: [.full], script: Steps.at("2019") + Steps.type("e") + [.until("Plan")]),
    View(name: "trust", sizes: usual, script: Steps.type("gt") + [.until("Key file")]),
    View(name: "review", sizes: usual, script: Steps.review("keys/release2.asc")),
    View(
      name: "review-compared", sizes: [.full],
      script: Steps.review("keys/quayside.asc") + ((try? Steps.comparison(.quayside)) ?? [])),
    View(name: "review-refused", sizes: [.full], script: Steps.review("keys/lapsed.asc")),
    View(name: "log", sizes: usual, script: Steps.type("3") + [.until("UNDO")]),
    View(name: "help", sizes: usual + [smallest], script: Steps.type("?") + [.until("LOOK")]),
  ]

  @Test("A screen looks as it was approved", arguments: views)
  func picture(view: View) async throws {
    for size in view.sizes {
      let machine = try ExampleMachine(images: true)
      if view.name == "log" { try SeededLog.write(on: machine) }
      let run = try await ConsoleRun(view.script, on: machine, size: size, isReadOnly: view.isReadOnly)
      let text = FrameFile.text(of: run.frame)
      let name = "\(view.name)-\(size.columns)x\(size.rows)"
      let kept = try FrameFile.kept(name, now: text)
      #expect(text == kept, "\(name) differs; if it should: RECORD_FRAMES=1")
    }
  }

  @Test("Without the first judgement the list is there already")
  func unjudged() async throws {
    let frames = try await ConsoleRun([]).frames
    let first = try #require(frames.first { $0.position(of: "being judged") != nil })
    #expect(first.position(of: "VENDOR") != nil)
    #expect(frames.first?.position(of: "Reading the key layers...") != nil)
  }
}

import ExampleMachine
import Screen
import TestSupport
import Testing

/// The screens as pictures: a change of any cell shows here.
@Suite("Golden frames of the console")
struct FrameTests {
  /// A way to a screen.
  struct View: Sendable, CustomTestStringConvertible {
    let name: String
    let sizes: [Size]
    var isReadOnly = false
    var store = Store.none
    /// Whether the release key of example.com is shipped for a second prefix, too.
    var isDoubled = false
    var backup: SeededBackup.Since?
    let script: [ScriptedTerminal.Step]
    var testDescription: String { name }

    /// Puts into the image store what the view shows.
    func fill(_ machine: ExampleMachine) throws {
      if store != .none { try SeededStore.write(on: machine) }
      if store == .damaged { try SeededStore.damage(machine) }
      if ["log", "log-entry", "log-altered"].contains(name) { try SeededLog.write(on: machine) }
      if name == "log-altered" { try SeededLog.alter(machine) }
      if name == "audit-shell" { try machine.sandbox.setMode("/etc/rkt/trustedkeys", 0o777) }
      if isDoubled { try SecondScope.write(on: machine) }
      try machine.sandbox.makeDirectory("/backups")
      if let backup { try SeededBackup.write(on: machine, then: backup) }
    }
  }

  /// What lies in the image store.
  enum Store: Sendable { case none, seeded, damaged }

  static let small = Size(rows: 16, columns: 60)
  static let smallest = Size(rows: 10, columns: 40)
  static let tooSmall = Size(rows: 4, columns: 20)
  static let large = Size(rows: 36, columns: 120)
  /// The sizes at which a screen can be read.
  static let readable: [Size] = [.full, large, small, smallest]
  static let all: [Size] = readable + [tooSmall]

  static let views = keyViews + imageViews + backupViews

  static let backupViews: [View] = [
    View(name: "backup", sizes: all, script: Steps.type("b") + [.until("Make")]),
    View(name: "backup-made", sizes: all, script: Steps.backup(.make) + [.perhaps("Made: ")]),
    View(
      name: "backup-checked", sizes: all, backup: .unmasked, script: Steps.backup(.check) + [.until("whole")]),
    View(name: "backup-missing", sizes: [.full], script: Steps.backup(.check) + [.until("no such file")]),
    View(
      name: "restore-plan", sizes: all, backup: .unmasked,
      script: Steps.backup(.restore) + [.until("Plan: restore")]),
    View(
      name: "restore-refused", sizes: all, backup: .switchedOff,
      script: Steps.backup(.restore) + [.until("Plan: restore")]),
    View(
      name: "restore-done", sizes: [.full], backup: .unmasked,
      script: Steps.backup(.restore) + [.until("Plan: restore"), .tab] + Steps.type("restore")
        + [.tab, .enter, .until("Restored 1 store")]),
  ]

  static let imageViews: [View] = [
    View(name: "images", sizes: all, store: .seeded, script: Steps.images),
    View(
      name: "images-damaged", sizes: [.full], store: .damaged,
      script: Steps.images + Steps.type("G") + [.gone("being judged")]),
    View(name: "images-none", sizes: [.full, smallest], script: Steps.images),
    View(name: "image", sizes: all, store: .seeded, script: Steps.image),
    View(name: "image-refused", sizes: all, store: .seeded, script: Steps.images + Steps.type("G") + Steps.openImage),
    View(
      name: "image-stands-on", sizes: [.full], store: .seeded,
      script: Steps.images + Steps.type("gjj") + Steps.openImage),
    View(
      name: "image-plan-remove", sizes: all, store: .seeded,
      script: Steps.images + Steps.type("GD") + [.perhaps("Cancel ]")]),
    View(
      name: "image-plan-needed", sizes: [.full], store: .seeded,
      script: Steps.image + Steps.type("D") + [.until("NEEDED BY")]),
    View(
      name: "images-read-only", sizes: [.full], isReadOnly: true, store: .seeded, script: Steps.images + Steps.type("D")
    ),
    View(name: "fetch", sizes: all, script: Steps.type("f") + [.until("A name")]),
    View(name: "fetch-accepted", sizes: all, script: Steps.fetch("images/hello.aci") + [.until("Verdict")]),
    View(name: "fetch-untrusted", sizes: all, script: Steps.fetch("images/unknown.aci") + [.until("(untrusted)")]),
    View(name: "fetch-tampered", sizes: [.full], script: Steps.fetch("images/tampered.aci") + [.until("(tampered)")]),
    View(name: "fetch-no-name", sizes: [.full, small], script: Steps.fetch("example.com//x") + [.until("position")]),
    View(
      name: "fetch-unreachable", sizes: [.full],
      script: Steps.fetch("https://example.com/hello.aci") + [.until("could not tell")]),
  ]

  static let keyViews: [View] = [
    View(name: "keys", sizes: all, script: []),
    View(name: "keys-filtered", sizes: [.full], script: Steps.filter("example !builds") + [.enter]),
    View(name: "keys-sorted", sizes: all, script: Steps.type("ssssS")),
    View(name: "keys-marked", sizes: all, script: Steps.type("g  jj ")),
    View(name: "keys-filter-misfit", sizes: all, script: Steps.filter("expires<soon")),
    View(name: "layers", sizes: all, script: Steps.at("corporate") + Steps.type("L") + [.until("COUNTS")]),
    View(name: "layers-differences", sizes: all, script: Steps.at("2019") + Steps.type("Lo") + [.until("(o): on")]),
    View(
      name: "detail-used", sizes: all, store: .seeded,
      script: Steps.at("release@example.com") + [.enter, .perhaps("Health"), .perhaps("example.com/hello")]),
    View(name: "keys-no-match", sizes: [.full], script: Steps.filter("nobody")),
    View(name: "keys-read-only", sizes: [.full], isReadOnly: true, script: Steps.at("Release") + Steps.type("d")),
    View(
      name: "detail", sizes: all,
      script: Steps.at("Release") + [.enter, .perhaps("Health"), .perhaps("none of the store")]),
    View(
      name: "detail-masked", sizes: [.full],
      script: Steps.at("2019") + [.enter, .until("MASKED"), .perhaps("none of the store")]),
    View(
      name: "detail-revoked", sizes: [.full],
      script: Steps.at("harbour") + [.enter, .until("REVOKED"), .perhaps("none of the store")]),
    View(
      name: "detail-stray", sizes: [.full],
      script: Steps.at("README") + [.enter, .until("BROKEN"), .perhaps("none of the store")]),
    View(
      name: "explain", sizes: all,
      script: Steps.type("gx") + Steps.type("example.com/hello") + [.enter, .until("RESULT")]),
    View(
      name: "explain-refused-name", sizes: [.full],
      script: Steps.type("gx") + Steps.type("example.com//x") + [.enter, .until("refused")]),
    View(name: "plan-disable", sizes: all, script: Steps.planToDisable),
    View(name: "plan-disable-images", sizes: all, store: .seeded, script: Steps.planToDisable),
    View(name: "plan-elsewhere", sizes: all, isDoubled: true, script: Steps.planToDisable),
    View(
      name: "plan-everywhere", sizes: all, isDoubled: true,
      script: Steps.planToDisable + [.event(.key(.backTab)), .enter, .until("everywhere?")]),
    View(
      name: "plan-enable", sizes: [.full], script: Steps.at("2019") + Steps.type("e") + [.until("Plan")]),
    View(name: "trust", sizes: all, script: Steps.type("gt") + [.until("Enter:Review")]),
    View(name: "review", sizes: all, script: Steps.review("keys/release2.asc")),
    View(
      name: "review-compared", sizes: [.full],
      script: Steps.review("keys/quayside.asc") + ((try? Steps.comparison(.quayside)) ?? [])),
    View(name: "review-refused", sizes: [.full], script: Steps.review("keys/lapsed.asc")),
    View(
      name: "rotate", sizes: all, script: Steps.at("release@example.com") + Steps.type("r") + [.until("Enter:Review")]),
    View(name: "rotate-review", sizes: all, script: RotationTests.review),
    View(name: "rotate-overlap", sizes: all, script: (try? RotationTests.overlap()) ?? []),
    View(
      name: "rotate-plan", sizes: all,
      script: ((try? RotationTests.overlap()) ?? []) + [.enter, .perhaps("Plan: rotate")]),
    View(
      name: "rotate-plan-at-once", sizes: [.full],
      script: ((try? RotationTests.overlap()) ?? []) + [.tab, .enter, .until("Plan: rotate")]),
    View(
      name: "rotate-at-once", sizes: all, store: .seeded,
      script: ((try? RotationTests.overlap()) ?? []) + [.tab, .until("(o) now")]),
    View(
      name: "trust-reason", sizes: [.full],
      script: Steps.review("keys/quayside.asc") + [.tab, .tab, .tab, .enter, .until("Why is it")]),
    View(
      name: "trust-problem", sizes: [.full, small], script: Steps.type("gt") + [.enter, .until("Type the prefix")]),
    View(name: "log", sizes: all, script: Steps.type("3") + [.until("UNDO")]),
    View(name: "log-none", sizes: [.full], script: Steps.type("3") + [.until("Nothing was changed yet")]),
    View(name: "log-entry", sizes: all, script: Steps.type("3G") + [.enter, .until("#1")]),
    View(name: "help", sizes: all, script: Steps.type("?") + [.until("LOOK")]),
    View(name: "help-end", sizes: all, script: Steps.type("?") + [.until("LOOK")] + Steps.type("G")),
    View(name: "help-search", sizes: all, script: Steps.type("?") + [.until("LOOK")] + Steps.type("/key")),
    View(name: "menu", sizes: all, script: [.event(.key(.function(10))), .until("[Look]")]),
    View(
      name: "menu-change", sizes: all,
      script: [.event(.key(.function(10))), .until("[Look]"), .event(.key(.right)), .event(.key(.down))]),
    View(name: "command-line", sizes: all, script: Steps.type(":re") + [.tab]),
    View(name: "command-line-unknown", sizes: [.full, small], script: Steps.type(":exlpain x") + [.enter]),
    View(
      name: "messages", sizes: all,
      script: Steps.type(":exlpain x") + [.enter] + Steps.type(":undo x") + [.enter] + Steps.type("m")),
    View(name: "audit", sizes: all, script: AuditTests.open),
    View(name: "audit-stray", sizes: all, script: AuditTests.open + Steps.type("jj") + [.enter, .until("Remove?")]),
    View(
      name: "audit-shell", sizes: all, script: AuditTests.open + Steps.type("g") + [.enter, .until("with the shell")]),
    View(name: "report", sizes: all, script: Steps.type(":discover example.com/hello") + [.enter, .until("was run")]),
    View(name: "log-altered", sizes: all, script: Steps.type("3") + [.until("NOT WHOLE")]),
    View(name: "audit-reason", sizes: [.full, smallest], script: AuditTests.open + Steps.type("iknown")),
  ]

  @Test("A screen looks as it was approved", arguments: views)
  func picture(view: View) async throws {
    let machine = try ExampleMachine(images: true)
    try view.fill(machine)
    // One way to the screen, then the window is made larger and smaller: what is shown follows its size.
    let pictures = view.sizes.flatMap { size -> [ScriptedTerminal.Step] in
      [.event(.resize(size)), .picture("\(size)")]
    }
    let run = try await ConsoleRun(view.script + pictures, on: machine, isReadOnly: view.isReadOnly)
    for size in view.sizes {
      let text = FrameFile.text(of: run.picture("\(size)"))
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

import ContentChange
import ExampleMachine
import Screen
import TestSupport
import Testing
import TrustModel

@testable import Console

/// Changes of repositories in the console: forms, plans, passphrases, and what came of them.
@Suite("Changing content trust in the console")
struct ChangeTests {
  private typealias Step = ScriptedTerminal.Step

  /// Opens the repository.
  private static let open: [Step] = Steps.type("g6") + [.until("1 repository kept"), .enter, .until("PROBLEM")]
  private static let signed: [Step] =
    open + Steps.type("T") + Steps.type("v2") + [.tab] + Steps.type("sha256:0123") + [.tab] + Steps.type("1024")
    + [.enter, .enter, .enter, .until("Publish this?")]
  private static let agreed: [Step] = signed + [.tab, .enter]

  private func run(_ script: [Step], _ desk: ChangeDesk) async throws -> ConsoleRun {
    try await ConsoleRun(script, content: try ChangeDesk.access, changes: desk.changes)
  }

  @Test("A tag is signed by its plan: the fields become the command, and what was read back is shown")
  func sign() async throws {
    let desk = ChangeDesk()
    let run = try await run(
      Self.signed + [.picture("plan")] + [
        .tab, .enter, .until("done, and read back"), .picture("end"), .enter, .until("PROBLEM"),
      ],
      desk)
    let plan = run.picture("plan").text()
    for words in [
      "targets version 3, until", "signed by 0123456", "TAG", "v2: sha256:0123", "NOTE", "[ Cancel ]", "[ Sign ]",
      "COMMAND",
    ] {
      #expect(plan.contains(words), "\(words): \(plan)")
    }
    #expect(run.picture("end").text().contains("published example.com/app"))
    let command = try #require(desk.told.commands.first)
    #expect(
      command.words(["--sysroot=/x"]) == [
        "content", "sign", "--digest=sha256:0123", "--size=1024", "--sysroot=/x", "--", "example.com/app", "v2",
      ])
    #expect(desk.told.isPublished)
  }

  @Test("Cancel has the focus: Enter, Esc and Ctrl-C at the plan publish nothing", arguments: 0..<3)
  func cancel(way: Int) async throws {
    let desk = ChangeDesk(asks: .opening)
    let event: Event = [.key(.enter), .key(.escape), .interrupt][way]
    _ = try await run(Self.signed + [.event(event), .until("Nothing was published.")], desk)
    #expect(desk.told.isAgreed == false && desk.told.passphrases.isEmpty)
  }

  @Test("A passphrase is asked for with its key and purpose; a wrong one is asked for again; no picture has it")
  func passphrase() async throws {
    let desk = ChangeDesk(asks: .opening, passphrase: "correct horse")
    let run = try await run(
      Self.agreed + [
        .picture("first"), .secret("something else"), .picture("second"), .secret("correct horse"),
        .until("done, and read back"),
      ],
      desk)
    #expect(desk.told.passphrases == ["something else", "correct horse"] && desk.told.isPublished)
    let text = run.frames.map { $0.text() }.joined()
    for words in [
      "targets key 0123456 of example.com/app", "to sign version 3 of targets", "14 characters typed",
      "does not open it",
    ] {
      #expect(text.contains(words), "\(words)")
    }
    #expect(!text.contains("correct horse") && !text.contains("something else"))
  }

  @Test("Whoever gives no passphrase is told that nothing was done")
  func none() async throws {
    let desk = ChangeDesk(asks: .opening, passphrase: "correct horse")
    let run = try await run(Self.agreed + [.noSecret, .until("not done")], desk)
    #expect(!desk.told.isPublished && run.frame.text().contains("FAILED"))
  }

  @Test("A new passphrase is typed twice or drawn; none is an answer, too")
  func making() async throws {
    let desk = ChangeDesk(asks: .making)
    _ = try await run(
      Self.agreed + [
        .until("NEW KEY"), .enter, .secret("correct horse"), .secret("correct horse"), .until("both are the same"),
        .enter,
      ]
        + [.until("done, and read back")], desk)
    #expect(desk.told.passphrases == ["correct horse"])
    let drawn = ChangeDesk(asks: .making)
    let run = try await run(
      Self.agreed + [
        .until("NEW KEY"), .tab, .enter, .until("Write them down"), .picture("words"), .enter, .shownSecret,
      ]
        + [.until("typed back"), .enter, .until("done, and read back")], drawn)
    #expect(drawn.told.passphrases == [run.picture("words").shownSecret])
    let none = ChangeDesk(asks: .making)
    _ = try await self.run(Self.agreed + [.until("NEW KEY"), .escape, .until("not done")], none)
    #expect(!none.told.isPublished && none.told.passphrases.isEmpty)
  }

  @Test("While the command works the loop goes on; Esc leaves, and what is asked afterwards is answered by no")
  func abandoned() async throws {
    let gate = Answer<Bool>()
    let desk = ChangeDesk(gate: gate)
    let form: [Step] = Self.open + Steps.type("M") + [.until("Reading...")]
    _ = try await run(
      form + [
        .event(.resize(FrameTests.large)), .picture("large"), .escape, .until("Nothing was published."),
        .outside { gate.give(true) },
      ]
        + Steps.type("q") + [.until("kept in")] + [.perhaps("never there")], desk)
    #expect(desk.told.isAgreed == false && !desk.told.isPublished)
  }

  @Test(
    "Each form makes its command",
    arguments: [
      ("V", ["v1"], ["content", "revoke", "--", "example.com/app", "v1"]),
      (
        "A", ["alice", "/keys/alice.pem"],
        ["content", "signer", "add", "--", "example.com/app", "alice", "/keys/alice.pem"]
      ),
      ("X", ["alice"], ["content", "signer", "remove", "--", "example.com/app", "alice"]),
      ("r", ["root"], ["content", "key", "rotate", "--", "example.com/app", "root"]),
      ("M", [], ["content", "repair", "--", "example.com/app"]),
      ("w", [], ["content", "doctor", "--", "example.com/app"]),
    ])
  func commands(key: String, fields: [String], words: [String]) async throws {
    let desk = ChangeDesk()
    var script = Self.open + Steps.type(key)
    for field in fields { script += Steps.type(field) + [.enter] }
    if !fields.isEmpty { script.append(.enter) }
    _ = try await run(script + [.until("Publish this?"), .escape, .until("Nothing was")], desk)
    #expect(desk.told.commands.map { $0.words() } == [words])
  }

  @Test("What begins with a dash is no option, standard input is no file, and an empty field plans nothing")
  func words() throws {
    var form = ChangeForm(.addSigner, of: try Repository("example.com/app"))
    #expect(form.command == nil && form.problem?.hasPrefix("Signer") == true)
    form.fields[0].text.insert("--yes")
    form.fields[1].text.insert("-")
    #expect(form.command == nil && form.problem?.contains("standard input") == true)
    form.fields[1].text.insert("-x")
    #expect(form.command?.words().suffix(4) == ["--", "example.com/app", "--yes", "--x"])
  }

  @Test(
    "What the program has no command for is nowhere: not in the footer, the menu, the help, and not by its key or name")
  func absent() async throws {
    let desk = ChangeDesk()
    let open = Self.open
    let run = try await ConsoleRun(
      open + Steps.type("TVAXM") + [.until("Publish this?"), .escape] + Steps.type("?") + [
        .until("LOOK"), .picture("help"), .escape,
      ]
        + Steps.type(":revoke") + [.enter, .until("no verb revoke")], content: try ChangeDesk.access,
      changes: desk.changes([.repair]))
    #expect(
      desk.told.commands.map(\.path) == [["content", "repair"]] && !run.picture("help").text().contains("sign a tag"))
    let none = try await ConsoleRun(
      open + Steps.type("TVAXMwr") + [.picture("keys")] + Steps.type("?") + [.until("LOOK"), .picture("help"), .escape]
        + Steps.type(":repair") + [.enter, .until("no verb repair")], content: try ChangeDesk.access)
    let text = none.picture("keys").text() + none.picture("help").text()
    for word in ["Repair", "sign a tag", "signer", "Revoke", "Rotate"] { #expect(!text.contains(word), "\(word)") }
  }

  @Test("What the doctor finds is shown, and M makes the plan that mends it")
  func doctor() async throws {
    let changes = ContentChanges([.doctor, .repair]) { command, person in
      guard command.path == ["content", "repair"] else { return .init(["error: targets has expired"], isDone: false) }
      return .init(["\(person.agrees(to: ["mends it"], "Publish this?"))"], isDone: true)
    }
    let run = try await ConsoleRun(
      Self.open + Steps.type("w") + [.until("targets has expired"), .picture("found")] + Steps.type("M")
        + [.until("Publish this?"), .escape, .until("Nothing was published.")], content: try ChangeDesk.access,
      changes: changes)
    #expect(run.picture("found").text().contains("M:Repair") && run.picture("found").text().contains("look at this"))
  }

  @Test("The keys of a backup are tried by the command, with its file; the button is there with the command alone")
  func drill() async throws {
    let desk = ChangeDesk()
    let name: [Step] =
      Steps.type("b") + [.until("Make a backup"), .event(.key(.control("u")))] + Steps.type("backups/one")
    _ = try await run(name + (0..<4).map { _ in .tab } + [.enter, .until("Publish this?"), .escape], desk)
    let command = try #require(desk.told.commands.first)
    #expect(
      command.path == ["backup"] && command.options == ["--check"] && command.arguments[0].hasSuffix("/backups/one"))
    let none = try await ConsoleRun(name)
    #expect(!none.frame.text().contains("Try"))
  }

  @Test("The screens look as they were approved", arguments: FrameTests.readable)
  func frames(size: Size) throws {
    let repository = try Repository("example.com/app")
    let context = Context(
      now: Timestamp(seconds: 1_795_262_400), host: "web01", isReadOnly: false, isStoreReadOnly: false, theme: .colour)
    func picture(_ name: String, _ screen: ChangeScreen) throws {
      var model = ConsoleModel(context, size: size)
      model.push(screen)
      var grid = Grid(size: size)
      model.draw(into: &grid)
      let text = FrameFile.text(of: grid)
      let file = "change-\(name)-\(size.columns)x\(size.rows)"
      #expect(text == (try FrameFile.kept(file, now: text)), "\(file) differs; if it should: RECORD_FRAMES=1")
    }
    try picture("form", ChangeScreen(.sign, of: repository))
    var screen = ChangeScreen(.revoke, of: repository)
    _ = screen.take(.text("v"), context)
    _ = screen.take(.key(.enter), context)
    guard case .work(.change(let order))? = screen.take(.key(.enter), context)?.first else {
      return #expect(Bool(false), "nothing was planned")
    }
    try picture("working", screen)
    _ = screen.take(.change(order, .plan(ChangeDesk.plan, question: "Publish this?", Answer())), context)
    try picture("plan", screen)
    let key = KeyRequest(nil, role: "targets", repository: "example.com/app", purpose: "to sign version 3 of targets")
    _ = screen.take(.change(order, .passphrase(key, isRepeated: true, Answer())), context)
    try picture("passphrase", screen)
    _ = screen.take(.change(order, .newPassphrase(key, Answer())), context)
    try picture("new-passphrase", screen)
    for event in [Event.key(.tab), .key(.enter)] { _ = screen.take(event, context) }
    var grid = Grid(size: size)
    screen.draw(into: &grid, Rectangle(row: 1, column: 0, rows: size.rows - 3, columns: size.columns), context)
    #expect(grid.shownSecret.split(separator: " ").count == 7 && grid.cursor != nil, "\(grid.text())")
    let idle = ContentChanges.Outcome(["nothing to publish: it is so already"], isDone: true)
    _ = screen.take(.change(order, .ended(idle)), context)
    try picture("idle", screen)
    _ = screen.take(.change(order, .plan(ChangeDesk.plan, question: "Publish this?", Answer())), context)
    for event in [Event.key(.end), .key(.tab), .key(.enter)] { _ = screen.take(event, context) }
    _ = screen.take(
      .change(
        order,
        .ended(.init(["published it, and read back as it was sent:"] + ChangeDesk.plan.dropFirst(), isDone: true))),
      context)
    try picture("done", screen)
  }
}

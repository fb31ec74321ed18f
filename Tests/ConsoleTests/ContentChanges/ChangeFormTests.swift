import ContentChange
import Screen
import TestSupport
import Testing
import TrustModel

@testable import Console

/// The forms of changes: what they take, what they say of what they do not, and the commands that they make.
@Suite("Forms of changes of content trust")
struct ChangeFormTests {
  private typealias Step = ScriptedTerminal.Step

  private static let open: [Step] = Steps.type("g6") + [.until("1 repository kept"), .enter, .until("PROBLEM")]

  private static func form(_ kind: ContentChanges.Kind, _ texts: String...) throws -> ChangeForm {
    var form = ChangeForm(kind, of: try Repository("example.com/app"))
    for (index, text) in texts.enumerated() {
      form.fields[index].text.clear()
      form.fields[index].text.insert(text)
    }
    return form
  }

  @Test(
    "Repositories and delegations: each form makes its command",
    arguments: [
      ("I", ["", "", ""], ["content", "init", "--", "example.com/app"]),
      ("I", ["", "NEW", ""], ["content", "init", "--new-root-key", "--", "example.com/app"]),
      ("I", ["/two", "0123456", ""], ["content", "init", "--root-key=0123456", "--", "example.com/app/two"]),
      (
        "E", ["qa", "/k/a.pem '/k/b c.pem'", "v1 \"a b\"", "2"],
        [
          "content", "delegation", "add", "--path=v1", "--path=a b", "--threshold=2", "--", "example.com/app",
          "targets/qa", "/k/a.pem", "/k/b c.pem",
        ]
      ),
      (
        "E", ["qa", "", "*", ""],
        ["content", "delegation", "add", "--all-paths", "--", "example.com/app", "targets/qa"]
      ),
      (
        "U", ["targets/qa", "01 23", "v1"],
        [
          "content", "delegation", "remove", "--key=01", "--key=23", "--path=v1", "--", "example.com/app", "targets/qa",
        ]
      ),
      ("U", ["targets/qa", "", ""], ["content", "delegation", "remove", "--", "example.com/app", "targets/qa"]),
      ("F", [" targets/qa"], ["content", "witness", "--", "example.com/app", "targets", "targets/qa"]),
    ])
  func commands(key: String, fields: [String], words: [String]) async throws {
    let desk = ChangeDesk()
    var script = Self.open + Steps.type(key)
    for field in fields { script += Steps.type(field) + [.enter] }
    _ = try await ConsoleRun(
      script + [.enter, .until("Publish this?"), .escape, .until("Nothing was")], content: try ChangeDesk.access,
      changes: desk.changes)
    #expect(desk.told.commands.map { $0.words() } == [words])
  }

  @Test("In the list the changes are of the repository that the cursor is on; a new one is made from everywhere")
  func list() async throws {
    let desk = ChangeDesk()
    _ = try await ConsoleRun(
      Steps.type(":init") + [.enter, .until("New repository"), .escape]
        + Steps.type("g6") + [.until("1 repository kept")] + Steps.type("T") + [
          .until("Sign a tag: example.com/app"), .escape,
        ]
        + Steps.type("I") + [.until("New repository"), .escape] + Steps.type(":witness")
        + [.enter, .until("Sign anew: example.com/app"), .tab, .tab, .enter, .until("Publish this?"), .escape],
      content: try ChangeDesk.access, changes: desk.changes)
    #expect(desk.told.commands.map { $0.words() } == [["content", "witness", "--", "example.com/app", "targets"]])
    let none = try await ConsoleRun(
      Steps.type(":init") + [.enter, .until("no verb init")], content: try ChangeDesk.access)
    #expect(!none.frame.text().contains("New repository"))
  }

  @Test("What cannot be meant is refused before any command runs")
  func problems() throws {
    func problem(_ kind: ContentChanges.Kind, _ texts: String...) throws -> String {
      var form = ChangeForm(kind, of: nil)
      for (index, text) in texts.enumerated() {
        form.fields[index].text.clear()
        form.fields[index].text.insert(text)
      }
      #expect((form.command == nil) == (form.problem != nil) || kind != .begin)
      return form.problem ?? "none"
    }
    #expect(try problem(.begin, "", "", "server").contains("as docker writes it"))
    #expect(try problem(.begin, "a b", "", "server").contains("not allowed here"))
    #expect(try problem(.begin, "example.com/x", "", "nobody") == "Snapshot: write server, or here.")
    #expect(try problem(.begin, "example.com/x", "", "here") == "none")
    #expect(
      try problem(.addDelegation, "targets/qa", "", "", "")
        == "Name keys, paths or a threshold: a role needs one of them.")
    #expect(try problem(.addDelegation, "targets/qa", "a -", "", "").contains("standard input"))
    #expect(try problem(.addDelegation, "targets/qa", "a", "", "0") == "Threshold: a number from 1 on.")
    #expect(try problem(.addDelegation, "targets/qa", "a", "", "1") == "none")
    #expect(try problem(.addDelegation, "targets/qa", "'a", "", "1").contains("quotation mark"))
    #expect(try problem(.witness, " ").contains("sign anew"))
    #expect(try problem(.witness, "'").contains("quotation mark"))
    // A whole role is never taken away because of a field that only looks empty.
    #expect(try problem(.removeDelegation, "targets/qa", "''", "").contains("nothing between"))
    #expect(try problem(.removeDelegation, "targets/qa", "", " \"\" ").contains("nothing between"))
    // The name of a tag may be anything that can be seen.
    #expect(try problem(.sign, "it's - new", "d", "1", "") == "none")
    #expect(try problem(.sign, "v1", "d", "1", "'a").contains("quotation mark"))
  }

  @Test("Fields take so much and no more, and nothing that cannot be seen")
  func limits() throws {
    var tag = try Self.form(.sign, String(repeating: "t", count: 1_001), "d", "1")
    #expect(tag.fields[0].text.text.count == 1_000)
    tag.fields[0].text.clear()
    tag.fields[0].text.insert("v1\n\u{1b}[2J\u{202e}\u{0}x")
    #expect(tag.command?.arguments.last == "v1[2Jx")
    let begin = try Self.form(.begin, String(repeating: "a", count: Repository.limit + 1), "", "server")
    #expect(begin.fields[0].text.text.count == Repository.limit)
    #expect(
      try Self.form(.addDelegation, "targets/" + String(repeating: "a", count: 300)).fields[0].text.text.count == 255)
    #expect(try Self.form(.addDelegation, "targets/qa", "k", "", "99999").command?.options == ["--threshold=9999"])
  }

  @Test("Words of a field: blanks part them, quotation marks keep them together, and one without its second is none")
  func quoted() {
    #expect(QuotedWords("")?.words == [])
    #expect(QuotedWords("  a   b ")?.words == ["a", "b"])
    #expect(QuotedWords("'a b' \"it's\" c'd e'f")?.words == ["a b", "it's", "cd ef"])
    #expect(QuotedWords("''")?.words == [])
    #expect(QuotedWords("\\'a'")?.words == ["\\a"])
    #expect(QuotedWords("a'") == nil && QuotedWords("\"") == nil)
  }

  @Test(
    "A command that refuses leads back to its form, with everything that was typed; nothing of how it is written is shown"
  )
  func corrected() async throws {
    let changes = ContentChanges([.revoke]) { command, _ in
      .init(
        ["Error: \(command.arguments[1]) is refused", "Usage: keyreeve content", "  See 'keyreeve' for more"],
        isDone: false)
    }
    let run = try await ConsoleRun(
      Self.open + Steps.type("V") + Steps.type("v9") + [.enter, .enter, .until("v9 is refused"), .picture("refused")]
        + [.enter, .until("[ Plan ]"), .picture("form"), .tab] + Steps.type("0") + [.enter, .enter]
        + [.until("v90 is refused"), .escape, .until("PROBLEM")], content: try ChangeDesk.access, changes: changes)
    let text = run.picture("refused").text()
    #expect(text.contains("FAILED       v9 is refused") && text.contains("Back to the form"))
    #expect(!text.contains("Usage") && !text.contains("See '"))
    #expect(run.picture("form").text().contains("v9"))
  }

  @Test("What is typed is in view after Ctrl-T alone, in no cell of any picture, and not after the question")
  func shown() async throws {
    let desk = ChangeDesk(asks: .opening, passphrase: "correct horse")
    let script =
      Self.open + Steps.type("M") + [.until("Publish this?"), .tab, .enter]
    let run = try await ConsoleRun(
      script + [.secretInView("something élse"), .picture("second"), .secret("correct horse"), .until("read back")],
      content: try ChangeDesk.access, changes: desk.changes)
    #expect(run.secretsSeen.last == "something élse" && run.secretsSeen.first == "s")
    let text = run.frames.map { $0.text() }.joined()
    #expect(text.contains("14 characters typed:") && !text.contains("something") && !text.contains("correct"))
    let left = run.frames.flatMap(\.secrets).map { piece in
      var count = -1
      piece.source.lend { count = $0.count }
      return count
    }
    #expect(!left.isEmpty && left.allSatisfy { $0 == 0 }, "what was lent is lent on")
    #expect(run.picture("second").secrets.isEmpty)
    let making = ChangeDesk(asks: .making)
    let new = try await ConsoleRun(
      Self.open + Steps.type("M") + [.until("Publish this?"), .event(.key(.end)), .tab, .enter]
        + [.until("NEW KEY"), .enter, .secretInView("correct horse"), .secret("correct horse"), .until("the same")]
        + [.enter, .until("read back")], size: Size(rows: 10, columns: 40), content: try ChangeDesk.access,
      changes: making.changes)
    #expect(new.secretsSeen.last == "correct horse" && making.told.passphrases == ["correct horse"])
  }

  @Test("The forms look as they were approved", arguments: FrameTests.readable)
  func frames(size: Size) throws {
    let repository = try Repository("example.com/app")
    var context = Context(
      now: Timestamp(seconds: 1_795_262_400), host: "web01", isReadOnly: false, isStoreReadOnly: false, theme: .colour)
    context.changes = Set(ContentChanges.Kind.allCases)
    func picture(_ name: String, _ screen: ChangeScreen) throws {
      var model = ConsoleModel(context, size: size)
      model.push(screen)
      var grid = Grid(size: size)
      model.draw(into: &grid)
      let text = FrameFile.text(of: grid)
      let file = "change-\(name)-\(size.columns)x\(size.rows)"
      #expect(text == (try FrameFile.kept(file, now: text)), "\(file) differs; if it should: RECORD_FRAMES=1")
    }
    try picture("begin", ChangeScreen(.begin, of: nil))
    try picture("delegation", ChangeScreen(.addDelegation, of: repository))
    try picture("witness", ChangeScreen(.witness, of: repository))
    var screen = ChangeScreen(.revoke, of: repository)
    for event in [Event.text("v"), .key(.enter)] { _ = screen.take(event, context) }
    guard case .work(.change(let order))? = screen.take(.key(.enter), context)?.first else {
      return #expect(Bool(false), "nothing was planned")
    }
    let key = KeyRequest(nil, role: "targets", repository: "example.com/app", purpose: "to sign version 3 of targets")
    _ = screen.take(.change(order, .passphrase(key, isRepeated: true, Answer())), context)
    let typed = ShownSecret(SecretOctets(Array("correct horse".utf8)))
    _ = screen.take(.typing(SecretTyping(13, shown: typed)), context)
    try picture("typing-shown", screen)
    let refused = ContentChanges.Outcome(["keyreeve: v of example.com/app is signed by no role"], isDone: false)
    _ = screen.take(.change(order, .ended(refused)), context)
    try picture("refused", screen)
  }
}

import Stores
import StrictJSON
import TestSupport
import Testing
import TrustModel
import TrustVerify

@Suite("The change log as it stands on disk")
struct JournalTests {
  /// Lines that follow each other, unless a test has them otherwise.
  private struct Lines {
    var lines: [[UInt8]] = []

    var octets: [UInt8] { lines.flatMap { $0 + [0x0a] } }
    private var head: String { lines.last.map { Journal.digest(of: $0) } ?? Journal.origin }

    mutating func begin(_ id: Int, undoes: Int? = nil, reason: String? = nil) {
      append([
        "schema": "keyreeve.log/1", "event": "begin", "id": JSON(id), "verb": JSON(undoes == nil ? "trust" : "undo"),
        "summary": JSON("change \(id)"), "when": "2026-01-09T05:01:49Z",
        "who": ["uid": 0, "user": "root", "sudo": "eva"],
        "reason": JSON(reason), "undoes": JSON(undoes),
        "edits": [["file": "/etc/rkt/trustedkeys/root.d/x", "before": .null, "after": "sha256-1"]],
      ])
    }

    mutating func end(_ id: Int, _ outcome: String = "done") {
      append([
        "schema": "keyreeve.log/1", "event": "end", "id": JSON(id), "outcome": JSON(outcome),
        "when": "2026-01-09T05:01:50Z",
      ])
    }

    mutating func append(_ json: JSON) {
      guard case .object(let members) = json else { return }
      lines.append(JSON.object(members + [.init("previous", JSON(head))]).encoded(pretty: false))
    }

    static func changes(_ count: Int) -> Lines {
      var lines = Lines()
      for id in 0..<count {
        lines.begin(id + 1)
        lines.end(id + 1)
      }
      return lines
    }
  }

  @Test("A log that is in order has no problems and all its changes")
  func good() throws {
    var lines = Lines.changes(2)
    lines.begin(3, reason: "because\nof this")
    let journal = Journal(lines: lines.octets)
    #expect(journal.problems.isEmpty)
    #expect(journal.entries.map(\.id) == [1, 2, 3])
    #expect(journal.entries.map(\.outcome) == [.done, .done, .begun])
    #expect(journal.completeLength == lines.octets.count)
    #expect(journal.head == Journal.digest(of: try #require(lines.lines.last)))
    let last = try #require(journal[3])
    #expect(last.reason == "because\nof this")
    #expect(last.author == .init(uid: 0, user: "root", sudoUser: "eva"))
    #expect(last.author.description == "eva")
    #expect(last.edits == [.init(file: "/etc/rkt/trustedkeys/root.d/x", before: nil, after: "sha256-1")])
    #expect(last.when == Timestamp(rfc3339: "2026-01-09T05:01:49Z"))
  }

  @Test("An empty log is in order; a digest is the one everybody computes")
  func empty() {
    let journal = Journal(lines: [])
    #expect(journal.problems.isEmpty && journal.entries.isEmpty && journal.head == Journal.origin)
    #expect(
      Journal.digest(of: Array("abc".utf8))
        == "sha256-ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test(
    "A line altered, taken out, put in or moved breaks the chain at that place, and the rest is read",
    arguments: [
      "altered", "taken out", "put in", "moved", "first taken out",
    ])
  func chain(kind: String) throws {
    var lines = Lines.changes(4).lines
    switch kind {
    case "altered":
      lines[2] = Array(String(decoding: lines[2], as: UTF8.self).replacing("change 2", with: "change 9").utf8)
    case "taken out": lines.removeSubrange(2...3)
    case "put in": lines.insert(lines[0], at: 4)
    case "moved": lines.swapAt(2, 4)
    default: lines.removeSubrange(0...1)
    }
    let journal = Journal(lines: lines.flatMap { $0 + [0x0a] })
    #expect(journal.problems.contains { $0.contains("altered") })
    let brokenAt = ["altered": 4, "taken out": 3, "put in": 5, "moved": 3, "first taken out": 1]
    let line = try #require(brokenAt[kind])
    #expect(journal.problems.first?.hasPrefix("line \(line) ") == true, "\(journal.problems)")
    #expect(journal[4]?.outcome == .done)
  }

  @Test("A torn last line is told, left out, and where the next line goes", arguments: [1, 10, 100])
  func torn(cut: Int) {
    let whole = Lines.changes(2)
    let octets = Array(whole.octets.dropLast(cut))
    let journal = Journal(lines: octets)
    #expect(journal.problems == ["the last line is incomplete: its writing was interrupted"])
    #expect(journal.entries.map(\.outcome) == [.done, .begun])
    #expect(journal.completeLength == whole.octets.count - (whole.lines.last?.count ?? 0) - 1)
    var continued = Journal(lines: Array(octets[..<journal.completeLength]))
    continued.append((whole.lines.last ?? []) + [0x0a])
    #expect(continued.problems.isEmpty)
    #expect(continued.entries.map(\.outcome) == [.done, .done])
  }

  static let strange: [(String, String)] = [
    ("garbage", "is not a line of the log"), ("", "is not a line of the log"), ("{}", "is not a line of the log"),
    ("[1]", "is not a line of the log"), ("{\"event\":1}", "is not a line of the log"),
    ("{\"event\":\"begin\",\"event\":\"end\"}", "is not a line of the log"),
    ("{\"event\":\"note\"}", "unknown kind"), ("{\"event\":\"begin\"}", "lacks what a change needs"),
    ("{\"event\":\"end\",\"id\":1,\"outcome\":\"perfect\"}", "ends no change"),
    ("{\"event\":\"end\",\"id\":7,\"outcome\":\"done\"}", "ends no change"),
    ("{\"event\":\"end\",\"id\":9007199254740993,\"outcome\":\"done\"}", "is not a line of the log"),
    (
      "{\"event\":\"begin\",\"id\":1,\"verb\":\"trust\",\"summary\":\"\",\"when\":\"yesterday\",\"who\":{\"uid\":0},"
        + "\"edits\":[]}", "lacks what a change needs"
    ),
  ]

  @Test("Lines of no known kind are told by number, and the changes around them stand", arguments: strange)
  func unknown(line: String, words: String) {
    var lines = Lines.changes(1)
    lines.lines.append(Array(line.utf8))
    lines.begin(2)
    lines.end(2)
    let journal = Journal(lines: lines.octets)
    #expect(journal.problems.contains { $0.hasPrefix("line 3 ") && $0.contains(words) }, "\(journal.problems)")
    #expect(journal.problems.allSatisfy { $0.hasPrefix("line 3 ") })
    #expect(journal.entries.map(\.outcome) == [.done, .done])
  }

  @Test("A line is read up to the limit and not one octet past it")
  func lineLimit() throws {
    var probe = Lines()
    probe.begin(1, reason: "")
    let shortest = try #require(probe.lines.first).count
    func journal(_ length: Int) -> Journal {
      var lines = Lines()
      lines.begin(1, reason: String(repeating: "a", count: length - shortest))
      #expect(lines.lines.first?.count == length)
      return Journal(lines: lines.octets)
    }
    #expect(journal(Journal.lineLimit).entries.count == 1)
    let long = journal(Journal.lineLimit + 1)
    #expect(long.entries.isEmpty)
    #expect(long.problems == ["line 1 is not a line of the log"])
  }

  @Test("A change that was taken back is known as such; a failed undo takes nothing back")
  func undone() {
    var lines = Lines.changes(3)
    lines.begin(4, undoes: 2)
    lines.end(4)
    lines.begin(5, undoes: 3)
    lines.end(5, "rolled-back")
    let journal = Journal(lines: lines.octets)
    #expect(journal[2]?.undoneBy == 4)
    #expect(journal[2]?.canBeUndone == false)
    #expect(journal[3]?.undoneBy == nil)
    #expect(journal[5]?.canBeUndone == false)
    #expect(journal.lastUndoable?.id == 3)
  }

  @Test("A log past its size limit is refused, not read in part")
  func sizeLimit() throws {
    let machine = try SandboxMachine()
    try machine.write("/var/lib/keyreeve/journal/log.jsonl", Lines.changes(1).octets)
    _ = try ChildProcess.run(
      ["truncate", "-s", "\(Journal.sizeLimit + 1)", machine.located("/var/lib/keyreeve/journal/log.jsonl")])
    let state = Self.state(machine)
    #expect(throws: (any Error).self) { try Journal(state) }
  }

  @Test("A log that is not there is empty")
  func absent() throws {
    #expect(try Journal(Self.state(try SandboxMachine())).entries.isEmpty)
  }

  @Test("Text of a line cannot forge another (U-07)")
  func forging() {
    var lines = Lines()
    lines.begin(1, reason: "x\n{\"event\":\"end\",\"id\":1,\"outcome\":\"done\"}\n")
    #expect(lines.octets.count { $0 == 0x0a } == 1)
    let journal = Journal(lines: lines.octets)
    #expect(journal.entries.map(\.outcome) == [.begun])
    #expect(journal.problems.isEmpty)
  }
}

extension JournalTests {
  private static func state(_ machine: SandboxMachine) -> StateDirectory {
    StateDirectory(sysroot: Sysroot(machine.path), user: 0) { _ in nil }
  }
}

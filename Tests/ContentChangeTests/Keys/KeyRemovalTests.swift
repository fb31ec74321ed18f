import ContentChange
import ContentSigning
import SignedMetadata
import TestSupport
import Testing
import TrustModel

/// Keys that are taken away, backed up, tried, and put on paper.
@Suite("Keys that are removed and kept", .timeLimit(.minutes(3)))
struct KeyRemovalTests {
  private static let words = [
    "DOCKER_CONTENT_TRUST_ROOT_PASSPHRASE": "right word", "DOCKER_CONTENT_TRUST_REPOSITORY_PASSPHRASE": "right word",
  ]

  @Test("What is kept must be said; a copy is whole before the key goes, and brings it back")
  func copy() throws {
    let desk = try KeyDesk()
    let key = try desk.place()
    #expect(try desk.key(["remove", "\(key.id)"]).status == 2)
    #expect(try desk.key(["remove", "\(key.id)", "--copy", "c", "--without-copy"]).status == 2)
    let blocked = try desk.key(["remove", "\(key.id)", "--copy", "none/c"])
    #expect(blocked.status == 1 && desk.names.count == 1, "\(blocked.errorText)")
    try desk.machine.write("/desk/there", Array("mine".utf8))
    #expect(try desk.key(["remove", "\(key.id)", "--copy", "there"]).status != 0 && desk.names.count == 1)
    #expect(desk.machine.contents("/desk/there") == Array("mine".utf8))
    let removed = try desk.key(["remove", "\(key.id)", "--copy", "c"])
    #expect(
      removed.status == 0 && desk.names.isEmpty && removed.text.contains("keyreeve content key import c"),
      "\(removed.text)")
    #expect(desk.machine.mode("/desk/c") == 0o600)
    #expect(try desk.key(["import", "c"], Self.words).status == 0 && desk.names == ["\(key.id).key"])
  }

  @Test("A backup must hold the key just as it lies here")
  func backup() throws {
    let desk = try KeyDesk()
    let key = try desk.place()
    #expect(try desk.run(["backup", "b"]).status == 0)
    let other = try desk.place()
    let refused = try desk.key(["remove", "\(other.id)", "--backup", "b"])
    #expect(refused.status == 3 && refused.errorText.contains("does not hold key \(other.id)"), "\(refused.errorText)")
    #expect(try desk.key(["passwd", "\(key.id)", "--harden"], Self.words).status == 0)
    #expect(try desk.key(["remove", "\(key.id)", "--backup", "b"]).status == 3)
    #expect(try desk.run(["backup", "b2"]).status == 0)
    #expect(try desk.key(["remove", "\(key.id)", "--backup", "b2"]).status == 0)
    #expect(desk.names == ["\(other.id).key"])
    #expect(try desk.run(["restore", "b2", "--yes", "--only", "content-trust"]).status == 0)
    #expect(desk.names.count == 2)
  }

  @Test("The last key of a role stays unless its digits are typed")
  func needed() throws {
    let peer = try NotaryPeer()
    let desk = try KeyDesk()
    try peer.notary(["init", "example.com/app", "-p"], folder: desk.machine.located(KeyDesk.trust))
    let list = try desk.notary(["key", "list"]).text.split(separator: "\n")
    let id = try #require(list.first { $0.hasPrefix("root") }?.split(separator: " ").dropFirst().first).description
    let refused = try desk.key(["remove", id, "--without-copy"])
    #expect(
      refused.status == 3 && refused.errorText.contains("the last key here that signs root of example.com/app"),
      "\(refused.errorText)")
    let nobody = try desk.key(["remove", id, "--without-copy", "--even-if-needed"])
    #expect(nobody.status == 3 && nobody.errorText.contains("--confirm \(id)"))
    let wrong = try desk.key(
      ["remove", id, "--without-copy", "--even-if-needed", "--confirm", String(repeating: "0", count: 64)])
    #expect(wrong.status == 2 && desk.names.contains("\(id).key"))
    let done = try desk.key(["remove", id, "--without-copy", "--even-if-needed", "--confirm", id])
    #expect(done.status == 0 && done.text.contains("no command brings it back") && !desk.names.contains("\(id).key"))
  }

  @Test("A key of which nothing is kept is never removed without a question, whatever is known of it here")
  func withoutCopy() throws {
    let desk = try KeyDesk()
    let key = try desk.place()
    let refused = try desk.key(["remove", "\(key.id)", "--without-copy"])
    #expect(refused.status == 3 && refused.errorText.contains("--confirm \(key.id)"), "\(refused.errorText)")
    #expect(desk.names == ["\(key.id).key"])
    #expect(try desk.key(["remove", "\(key.id)", "--without-copy", "--confirm", "\(key.id)"]).status == 0)
    #expect(desk.names.isEmpty)
  }

  @Test("A backup holds no open key, and the drill tells each key that opens from those that do not")
  func drill() throws {
    let desk = try KeyDesk()
    let root = try desk.place()
    let open = try desk.place(role: "alice", passphrase: nil)
    let refused = try desk.run(["backup", "b"])
    #expect(refused.status == 3 && refused.errorText.contains("holds no open key"), "\(refused.errorText)")
    #expect(desk.machine.contents("/desk/b") == nil)
    #expect(try desk.run(["backup", "b"], ["DOCKER_CONTENT_TRUST_REPOSITORY_PASSPHRASE": "for the copy"]).status == 0)
    let archive = String(decoding: desk.machine.contents("/desk/b") ?? [], as: UTF8.self)
    #expect(archive.contains("BEGIN ENCRYPTED PRIVATE KEY") && !archive.contains("BEGIN PRIVATE KEY"))
    let variables = [
      "DOCKER_CONTENT_TRUST_ROOT_PASSPHRASE": "right word",
      "DOCKER_CONTENT_TRUST_REPOSITORY_PASSPHRASE": "for the copy",
    ]
    let good = try desk.run(["backup", "--check", "b"], variables)
    #expect(good.status == 0, "\(good.text)")
    for key in [root, open] { #expect(good.text.contains("opens      private/\(key.id).key"), "\(good.text)") }
    let untried = try desk.run(["backup", "--check", "b"])
    #expect(untried.status == 0 && untried.text.contains("not tried  private/\(root.id).key"))
    let bad = try desk.run(
      ["backup", "--check", "b"], variables.merging(["DOCKER_CONTENT_TRUST_ROOT_PASSPHRASE": "no"]) { $1 })
    #expect(
      bad.status == 4 && bad.text.contains("fails      private/\(root.id).key")
        && bad.text.contains("1 private key of it does not open"))
  }

  @Test("The drill finds a key that is named for another one")
  func otherKey() throws {
    let desk = try KeyDesk()
    let root = try desk.place()
    let variables = Self.words
    try desk.machine.write(
      "\(KeyDesk.keys)/\(String(repeating: "0", count: 64)).key", desk.machine.contents(desk.file(root)) ?? [],
      mode: 0o600)
    #expect(try desk.run(["backup", "c"], variables).status == 0)
    let other = try desk.run(["backup", "--check", "c"], variables)
    #expect(other.status == 4 && other.text.contains("it holds key \(root.id)"), "\(other.text)")
  }

  /// A line with another digit somewhere behind its number.
  private static func mistyped(_ line: Substring) -> Substring {
    var digits = Array(line.utf8)
    let places = digits.indices.filter { $0 >= 4 && digits[$0] != 0x20 }
    let place = places[Int.random(in: 0..<places.count)]
    digits[place] = digits[place] == 0x37 ? 0x38 : 0x37
    return Substring(String(decoding: digits, as: UTF8.self))
  }

  @Test("A paper copy comes back typed in small letters, and each wrong line is found")
  func paper() throws {
    let desk = try KeyDesk()
    let key = try desk.place(role: "targets", gun: "example.com/app")
    #expect(try desk.key(["export", "\(key.id)", "--paper", "--output", "p"]).status == 0)
    let lines = String(decoding: desk.machine.contents("/desk/p") ?? [], as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(
      desk.machine.mode("/desk/p") == 0o600 && lines.first == "KEYREEVE PAPER KEY 1"
        && lines.allSatisfy { $0.utf8.count <= 80 })
    try desk.machine.remove(desk.file(key))
    func typed(_ text: String) throws -> ChildProcess.Outcome {
      try desk.run(["content", "key", "import", "--paper", "-"], Self.words, input: Array(text.utf8))
    }
    for (index, line) in lines.enumerated() where line.first?.isNumber == true {
      var changed = lines
      changed[index] = Self.mistyped(line)
      let outcome = try typed(changed.joined(separator: "\n"))
      let words = "line \(line.prefix(2)) has a typing error"
      #expect(outcome.status == 1 && outcome.errorText.contains(words), "\(outcome.errorText)")
    }
    #expect(desk.names.isEmpty)
    let small = try typed(
      lines.joined(separator: "\n").lowercased().replacing("keyreeve paper", with: "Keyreeve  Paper"))
    #expect(small.status == 0 && desk.names == ["\(key.id).key"], "\(small.errorText)")
    #expect(small.text.contains("targets of example.com/app"))
  }

  @Test("Lines of a paper copy that are missing, double or strange are named")
  func paperLines() throws {
    let desk = try KeyDesk()
    let key = try desk.place(role: "targets", gun: "example.com/app")
    let text = try desk.key(["export", "\(key.id)", "--paper"]).text
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let last = try #require(lines.lastIndex { $0.first?.isNumber == true })
    for (change, words) in [
      (lines.filter { !$0.hasPrefix("03") }, "line 03 is missing"), (lines + [lines[last]], "is there twice"),
      (lines.filter { !$0.hasPrefix("end") }, "which begins with 'end', is missing"),
      (Array(lines.dropFirst()), "does not begin with"),
      (lines.map { $0.hasPrefix("gun") ? "gun example.com/other  0000" : $0 }, "the line 'gun' has a typing error"),
      (lines + ["what is this"], "is none of a paper copy"),
      (lines + [Substring(String(repeating: " ", count: 65_536 - text.utf8.count))], "it is longer than 65536 octets"),
    ] as [([Substring], String)] {
      let outcome = try desk.run(
        ["content", "key", "import", "--paper", "-"], Self.words, input: Array(change.joined(separator: "\n").utf8))
      #expect(outcome.status == 1 && outcome.errorText.contains(words), "\(words): \(outcome.errorText)")
    }
  }
}

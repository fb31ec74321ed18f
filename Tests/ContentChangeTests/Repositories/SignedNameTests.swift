import ContentChange
import ContentSigning
import ContentTrust
import SignedMetadata
import StrictJSON
import TestSupport
import Testing
import TrustModel

@Suite("Names that are signed, and that were", .timeLimit(.minutes(3)))
struct SignedNameTests {
  @Test("A document holds every name as JSON has it, and signs it as it is", arguments: 1...0x7f)
  func escaped(code: UInt8) throws {
    let name = "a" + String(Unicode.Scalar(code)) + "b"
    let tree: JSON = .object([.init(JSONString(name), JSON(name))])
    let text = SignedText(tree)
    #expect(text.canonical.contains(code))
    #expect(try JSON.parse(text.document([]))["signed"] == tree)
  }

  @Test("Every name that is there can be revoked, whoever has signed it")
  func revoked() throws {
    let desk = try FolderDesk()
    let long = String(repeating: "x", count: 2_000)
    let names = ["", "a\u{7}b", "a\nb\u{1f}", long, "\u{202e}v1", "-v", "v1"]
    try desk.makeRepository(targets: names.map { JSONString($0) })
    #expect(try desk.read().roles[0].document.targets.count == names.count)
    for name in names.dropLast() {
      try desk.machine.write("/name.json", JSON(name).encoded())
      let isPlain = !name.contains("\n") && !name.hasPrefix("-")
      let words = isPlain ? [name] : ["--name-from", desk.machine.located("/name.json")]
      let outcome = try desk.content("revoke", words + ["--yes", "--trust-on-first-use"])
      #expect(outcome.text.contains("signed by targets before, by nobody afterwards"), "\(outcome.text)")
      #expect(try desk.read().roles[0].document.targets[JSONString(name)] == nil)
    }
    #expect(try desk.read().roles[0].document.targets.count == 1)
    try desk.content("revoke", ["v1", "--name-from", "x"], status: 2)
    try desk.content("revoke", status: 2)
    try desk.machine.write("/name.json", Array("{}".utf8))
    try desk.content(
      "revoke", ["--name-from", desk.machine.located("/name.json"), "--yes", "--trust-on-first-use"], status: 2)
  }

  @Test("What no server takes is refused before anything is read, and an empty path is not every name")
  func refused() throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    let key = try desk.publicKey()
    for name in ["", "a\u{7}", "a\u{85}b", String(repeating: "x", count: 1_001)] {
      try desk.sign(name, "a", status: 2)
      let added = try desk.change("delegation add", "targets/alice", key, "--path", name, status: 2)
      #expect(added.errorText.contains(name.isEmpty ? "say --all-paths" : "cannot be delegated"), "\(added.errorText)")
      try desk.change("signer add", "alice", key, "--path", name, status: 2)
    }
    let most = String(repeating: "x", count: 1_000)
    try desk.sign(most, "a", "--stage", "--role", "targets")
    try desk.change("delegation add", "targets/alice", key, "--path", most)
    try desk.change("delegation add", "targets/bob", key, "--all-paths")
    #expect(try desk.read().roles[0].document.delegations.map(\.paths) == [[JSONString(most)], [""]])
    #expect(throws: RepositoryChangeError.self) {
      var draft = try RepositoryDraft(try desk.read(), at: FolderDesk.now)
      try draft.sign("a\u{7}", as: FolderDesk.target, in: .targets)
    }
  }

  @Test("A tag that is moved shows what it was, also where another role goes on to sign that")
  func replaced() throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    try desk.sign("v2", "a", "--role", "targets")
    try desk.change("signer add", "alice", try desk.publicKey())
    let moved = try desk.sign("v2", "b", "--role", "targets", "--dry-run").text
    #expect(moved.contains("signed by targets; replaces \(FolderDesk.digest("a")) of targets"), "\(moved)")
    let beside = try desk.sign("v2", "b", "--role", "targets/releases", "--dry-run").text
    #expect(beside.contains("; replaces \(FolderDesk.digest("a")), which targets goes on to sign"), "\(beside)")
    let document = try JSON.parse(try desk.sign("v2", "b", "--role", "targets", "--dry-run", "--json").output)
    let replaces = document["tags"]?.array?.first?["replaces"]?.array
    #expect(replaces?.count == 1 && replaces?.first?["digest"]?.string?.text == FolderDesk.digest("a"))
    #expect(replaces?.first?["stays"]?.boolean == false && replaces?.first?["role"]?.string == "targets")
    let new = try JSON.parse(try desk.sign("v3", "b", "--role", "targets", "--dry-run", "--json").output)
    #expect(new["tags"]?.array?.first?["replaces"]?.array?.isEmpty == true)
  }
}

extension FolderDesk {
  /// The public half of a signer's key, whose private half is here.
  func publicKey() throws -> String {
    let key = try makeKey("alice")
    let octets = Base64.encode(key.publicKey.octets)
    let text = "-----BEGIN PUBLIC KEY-----\n\(String(decoding: octets, as: UTF8.self))\n-----END PUBLIC KEY-----\n"
    try machine.write("/alice.pub", Array(text.utf8))
    return machine.located("/alice.pub")
  }
}

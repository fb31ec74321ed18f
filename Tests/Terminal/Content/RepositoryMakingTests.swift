import TestSupport
import Testing

/// New repositories and delegations, by the real commands on a real terminal.
@Suite("New repositories and delegations on a real terminal", .timeLimit(.minutes(5)))
struct RepositoryMakingTests {
  private static let name = ContentConsole.name
  private static let done = "done, and read back"

  @Test("A repository is made from the list or by :init, with new keys; leaving before that makes no key")
  func begin() throws {
    let desk = try ContentConsole(isEmpty: true)
    let session = try desk.open()
    let before = try desk.tree()
    try session.send("I")
    try session.waitFor("as docker writes it")
    try desk.fill("Not A Name", "", "server")
    try session.waitFor("' ' is not allowed here")
    try session.send("Escape")
    try session.waitFor("Nothing was published.")
    try session.type(":init")
    try session.send("Enter")
    try session.waitFor("as docker writes it")
    try desk.fill(Self.name, "", "server")
    try session.waitFor("root key  a new one", timeout: 15)
    try desk.agree("Make it")
    try session.waitFor("NEW KEY")
    try desk.settle()
    try session.send("Escape")
    try session.waitFor("not done", timeout: 15)
    #expect(try desk.tree() == before)
    try session.send("Escape")
    try session.waitFor("kept in")
    try session.send("I")
    try session.waitFor("as docker writes it")
    try desk.fill(Self.name, "", "server")
    try desk.agree("Make it")
    try desk.answer(until: Self.done)
    #expect(try desk.keyFiles().count == 4)
    try session.send("Enter")
    try session.waitFor("ROOT", timeout: 10)
    #expect(try desk.look("content", "inspect", Self.name).contains("version 1"))
  }

  @Test("With two root keys the form's second field says which one; without, the refusal lists them")
  func chooseRoot() throws {
    let desk = try ContentConsole(isEmpty: true)
    for _ in 0..<2 { try desk.run(["content", "key", "generate", "--role", "root"]) }
    let ids = try desk.keyFiles().sorted()
    let session = try desk.open(columns: 120, rows: 36)
    let before = try desk.tree()
    try session.send("I")
    try session.waitFor("as docker writes it")
    try desk.fill(Self.name, "", "here")
    try session.waitFor("2 root keys are here", timeout: 15)
    #expect(try ids.allSatisfy { try session.screen().contains($0.prefix(40)) } && desk.tree() == before)
    try session.send("Enter")
    try session.waitFor("[ Plan ]")
    try session.send("Tab", "Tab")
    try session.type(String(ids[1].prefix(12)))
    try session.send("Tab", "Tab", "Tab", "Enter")
    try session.waitFor("\(ids[1].prefix(40))", timeout: 15)
    try session.waitFor("snapshot key  a new one")
    try desk.agree("Make it")
    try desk.answer(until: Self.done)
    #expect(try desk.look("content", "inspect", Self.name).contains("version 1"))
  }

  @Test(
    "A role gets two keys, a path and a threshold; paths, then the whole role are taken away; targets is signed anew")
  func delegation() throws {
    let desk = try ContentConsole()
    let files = try ["alice", "bob"].map { try desk.publicKey($0) }
    let session = try desk.openRepository()
    func list() throws -> String { try desk.look("content", "delegation", "list", Self.name) }
    func end(_ button: String) throws {
      try desk.agree(button)
      try desk.answer(until: Self.done)
      try session.send("Enter")
      try session.waitFor("Counts until")
    }
    try session.type(":add-delegation")
    try session.send("Enter")
    try session.waitFor("files of public keys")
    try desk.fill("targets/qa", files.joined(separator: " "), "qa- '2 '", "3")
    try session.waitFor("not done", timeout: 15)
    #expect(try session.screen().contains("3 must sign"))
    try session.send("Enter", "BTab", "BTab", "C-u")
    try session.type("2")
    try session.send("Enter", "Enter")
    try end("Delegate")
    var listed = try list()
    #expect(listed.contains("targets/qa") && listed.contains("qa-") && listed.contains("2 of 2"), "\(listed)")
    try session.send("U")
    try session.waitFor("only these paths")
    try desk.fill("targets/qa", "", "'2 '")
    try end("Take away")
    listed = try list()
    #expect(listed.contains("qa-") && !listed.contains("\"2 \""), "\(listed)")
    try session.send("U")
    try session.waitFor("only these paths")
    try desk.fill("targets/qa", "", "")
    try end("Take away")
    #expect(try !list().contains("targets/qa"))
    try session.send("F")
    try session.waitFor("sign anew as they are")
    try desk.fill("targets")
    try end("Sign anew")
    #expect(try desk.look("content", "inspect", Self.name).contains("version 6"))
  }
}

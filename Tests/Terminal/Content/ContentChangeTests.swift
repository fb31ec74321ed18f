import TestSupport
import Testing

/// Changes of content trust by the real commands, made on a real terminal, in a repository that is a folder.
@Suite("Content trust changed on a real terminal", .timeLimit(.minutes(5)))
struct ContentChangeTests {
  private static let name = ContentConsole.name
  private static let done = "done, and read back"

  @Test(
    "A tag is signed: nothing is written before Sign is pressed and a passphrase opens the key, and a wrong one is asked for again"
  )
  func sign() throws {
    let desk = try ContentConsole()
    let session = try desk.openRepository()
    let before = try desk.tree()
    try session.send("T")
    try session.waitFor("the tag to sign")
    try desk.fill("v2", ContentConsole.digest, "77", "")
    try session.waitFor("targets version 3")
    try session.waitFor("v2:")
    #expect(try desk.tree() == before)
    try desk.agree("Sign")
    try session.waitFor("targets key")
    try session.type("something else")
    try session.send("Enter")
    try session.waitFor("does not open it", timeout: 15)
    #expect(try desk.tree() == before)
    try desk.answer(until: Self.done)
    #expect(try session.screen().contains("tag v2") || session.screen().contains("TAG"))
    let tags = try desk.tags()
    #expect(tags.contains("v1 ") && tags.contains("v2 "), "\(tags)")
    try session.send("Enter")
    try session.waitFor("Content > example.com")
  }

  /// Ways to leave, each with the keys that lead there.
  enum Halt: String, CaseIterable {
    case form, interruptedForm, plan, planCancelled, passphrase, interruptedPassphrase, secondPassphrase, quit
  }

  @Test("Whoever leaves half-way leaves nothing: keys, repository and what was seen are as they were")
  func leave() throws {
    let desk = try ContentConsole()
    let before = try desk.tree()
    for halt in Halt.allCases {
      try leave(desk, halt)
      #expect(try desk.tree() == before, "\(halt)")
    }
  }

  private func leave(_ desk: ContentConsole, _ halt: Halt) throws {
    let session = try desk.openRepository()
    try session.send("T")
    try session.waitFor("the tag to sign")
    switch halt {
    case .form, .interruptedForm:
      try session.type("v2")
      try session.send(halt == .form ? "Escape" : "C-c")
      return try session.waitFor("Nothing was published.")
    case .plan, .planCancelled:
      try desk.fill("v2", ContentConsole.digest, "77", "")
      try session.waitFor("[ Sign ]", timeout: 15)
      try desk.settle()
      try session.send(halt == .plan ? "Escape" : "Enter")
      return try session.waitFor("Nothing was published.")
    case .passphrase, .interruptedPassphrase, .secondPassphrase, .quit:
      try desk.fill("v2", ContentConsole.digest, "77", "")
    }
    try desk.agree("Sign")
    try session.waitFor("targets key", timeout: 15)
    if halt == .secondPassphrase {
      try session.type(ContentConsole.passphrase)
      try session.send("Enter")
      try session.waitFor("snapshot key", timeout: 15)
    }
    try session.type("corr")
    try session.waitFor("4 characters typed")
    guard halt != .quit else { return session.kill() }
    try session.send(halt == .interruptedPassphrase ? "C-c" : "Escape")
    try session.waitFor("nobody gave", timeout: 15)
    #expect(try session.screen().contains("not done"))
    try session.send("Escape")
    try session.waitFor("Counts until")
    try session.send("q")
    try session.waitFor("kept in")
  }

  @Test("A tag is taken from whoever signs it; one that nobody signs is refused with the reason")
  func revoke() throws {
    let desk = try ContentConsole()
    try desk.sign("v2")
    let session = try desk.openRepository()
    let before = try desk.tree()
    try session.send("V")
    try session.waitFor("nobody is to sign")
    try desk.fill("v9")
    try session.waitFor("not done", timeout: 15)
    #expect(try session.screen().contains("v9 of") && desk.tree() == before)
    try session.send("Enter")
    try session.waitFor("[ Plan ]")
    try session.send("Tab", "C-u")
    try session.type("v1")
    try session.send("Enter", "Enter")
    try desk.agree("Revoke")
    try desk.answer(until: Self.done)
    let tags = try desk.tags()
    #expect(!tags.contains("v1 ") && tags.contains("v2 "), "\(tags)")
  }

  @Test("A signer is added by a file with a public key, and removed again")
  func signer() throws {
    let desk = try ContentConsole()
    let file = try desk.publicKey("alice")
    let session = try desk.openRepository()
    try session.send("A")
    try session.waitFor("lower-case letters")
    try desk.fill("alice", file)
    try desk.agree("Add")
    try desk.answer(until: Self.done)
    #expect(try desk.look("content", "delegation", "list", Self.name).contains("targets/alice"))
    try session.send("Enter")
    try session.waitFor("Counts until")
    // Her key is elsewhere: docker's choice cannot be signed here, and a role that is named can.
    try session.send("T")
    try session.waitFor("the tag to sign")
    try desk.fill("v2", ContentConsole.digest, "77", "")
    try session.waitFor("too few keys of theirs", timeout: 15)
    try session.send("Enter")
    try session.waitFor("[ Plan ]")
    try session.send("BTab", "BTab")
    try session.type("targets")
    try session.send("Enter", "Enter")
    try desk.agree("Sign")
    try desk.answer(until: Self.done)
    #expect(try desk.tags().contains("v2 "))
    try session.send("Enter")
    try session.waitFor("Counts until")
    try session.send("X")
    try session.waitFor("without targets/")
    try desk.fill("alice")
    try desk.agree("Remove")
    try desk.answer(until: Self.done)
    #expect(try !desk.look("content", "delegation", "list", Self.name).contains("targets/alice"))
  }

  @Test("The targets key is rotated: the new key's passphrase is typed twice, and the old file stays")
  func rotate() throws {
    let desk = try ContentConsole()
    let keys = try desk.keyFiles()
    let session = try desk.openRepository()
    try session.send("r")
    try session.waitFor("snapshot or timestamp")
    try desk.fill("targets")
    try desk.answer(until: "[ Rotate ]")
    try desk.agree("Rotate")
    try desk.answer(until: Self.done)
    #expect(try desk.keyFiles().isStrictSuperset(of: keys))
    #expect(try desk.look("content", "inspect", Self.name).contains("version 2"))
    #expect(try desk.tags().contains("v1 "))
  }

  @Test("An expired repository: the doctor says so, its repair is a plan, and afterwards the tag counts")
  func repair() throws {
    let desk = try ContentConsole(at: "-4y")
    #expect(try !desk.tags().contains("v1 "))
    let session = try desk.open()
    try session.send("Enter")
    try session.waitFor("PROBLEM", timeout: 10)
    let before = try desk.tree()
    try session.send("w")
    try session.waitFor("look at this", timeout: 15)
    try session.waitFor("M:Repair")
    #expect(try session.screen().contains("expired") && desk.tree() == before)
    try session.send("M")
    try session.waitFor("[ Repair ]", timeout: 15)
    #expect(try desk.tree() == before)
    try desk.agree("Repair")
    try desk.answer(until: Self.done)
    #expect(try desk.tags().contains("v1 "))
    try session.send("Enter")
    try session.waitFor("TIMESTAMP", timeout: 10)
  }
}

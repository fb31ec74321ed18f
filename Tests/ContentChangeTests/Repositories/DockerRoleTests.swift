import ContentChange
import ContentSigning
import ContentTrust
import SignedMetadata
import StrictJSON
import TestSupport
import Testing
import TrustModel

/// Who may sign for docker, which asks targets/releases alone, whatever the signers' own roles say.
@Suite("Docker's role for all signers", .timeLimit(.minutes(5)))
struct DockerRoleTests {
  @Test("The threshold of the only signer holds for docker's role; one key alone signs nothing")
  func threshold() throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    let (one, other) = (try desk.signerKey("one"), try desk.signerKey("other"))
    let plan = try desk.change("signer add", "t1", one.file, other.file, "--threshold", "2").errorText
    #expect(try desk.releases()?.threshold == 2)
    #expect(!plan.contains("warning"), "\(plan)")
    try desk.sign("v1", "a")
    #expect(try desk.listed().contains("v1 targets/releases"))
    try desk.hide(one.id)
    let refused = try desk.sign("v2", "b", status: 11).errorText
    #expect(refused.contains("targets/t1 (1 of 2), targets/releases (1 of 2)"), "\(refused)")
    try desk.sign("v2", "b", "--role", "targets/releases", status: 11)
    // The signer's own threshold moves docker's role with it.
    try desk.change("signer add", "t1", other.file, "--threshold", "1")
    #expect(try desk.releases()?.threshold == 1)
    // What is there would count no more where one key alone has signed it.
    try desk.sign("v3", "c")
    let declined = try desk.change("signer add", "t1", other.file, "--threshold", "2", status: 3).errorText
    #expect(declined.contains("must be signed by 2 of its keys, of which 1 are here"), "\(declined)")
  }

  @Test("Where signers differ, the plan says that docker takes fewer keys, and what asks for more")
  func shared() throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    let keys = try ["one", "other", "alice", "bob"].map { try desk.signerKey($0).file }
    try desk.change("signer add", "alice", keys[2])
    let plan = try desk.change("signer add", "t1", keys[0], keys[1], "--threshold", "2").errorText
    #expect(plan.contains("note: warning: docker takes one key's word: it asks targets/releases"), "\(plan)")
    #expect(plan.contains("although 2 must sign for targets/t1"), "\(plan)")
    #expect(try desk.releases()?.threshold == 1)
    // What is suggested works as it stands.
    let command = FolderDesk.suggested(
      plan.split(separator: "\n").filter { $0.contains("note:") }.joined(separator: "\n"))
    #expect(try desk.run(Self.own(command, desk) + ["--yes"]).status == 0, "\(command)")
    #expect(try desk.releases()?.threshold == 2)
    let notes = try desk.notes("signer add", "bob", keys[3])
    #expect(notes.contains("targets/alice, targets/bob alone can sign nothing that docker takes"), "\(notes)")
    #expect(notes.contains("any 2 of its 4 keys") && notes.contains("also of different signers"), "\(notes)")
    #expect(try desk.releases()?.threshold == 2)
  }

  /// A suggested command without the machine, which the desk adds itself.
  private static func own(_ command: [String], _ desk: FolderDesk) -> [String] {
    command.filter { $0 != "--sysroot" && $0 != desk.machine.path }
  }

  @Test("Two signers with the same threshold keep it in docker's role")
  func same() throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    let keys = try ["a", "b", "c", "d"].map { try desk.signerKey($0).file }
    try desk.change("signer add", "t1", keys[0], keys[1], "--threshold", "2")
    let notes = try desk.notes("signer add", "t2", keys[2], keys[3], "--threshold", "2")
    #expect(try desk.releases()?.threshold == 2)
    #expect(notes.contains("also of different signers") && !notes.contains("warning"), "\(notes)")
    // The role asks for no more than those who stay have.
    try desk.change("signer add", "t3", try desk.signerKey("e").file)
    for signer in ["t1", "t2"] { try desk.change("signer remove", signer) }
    #expect(try desk.releases()?.threshold == 1)
  }

  @Test("Paths of one signer are docker's for all, which is said; with him they go, and tags under them not unsaid")
  func paths() throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    let (p, q) = (try desk.signerKey("p"), try desk.signerKey("q"))
    try desk.change("signer add", "p", p.file, "--path", "v1")
    let notes = try desk.notes("signer add", "q", q.file, "--path", "v2")
    #expect(
      notes.contains("any 1 of its 2 keys") && notes.contains("can sign names from v1 on, names from v2 on there"))
    #expect(notes.contains("the paths of targets/p, targets/q limit nothing but"), "\(notes)")
    try desk.sign("v1.0", "a")
    try desk.sign("v2.0", "b")
    let refused = try desk.change("signer remove", "p", status: 3).errorText
    #expect(refused.contains("targets/releases may not sign v1.0 any more") && refused.contains("--leave-uncounted"))
    try desk.change("signer remove", "p", "--leave-uncounted")
    #expect(try desk.releases()?.paths == ["v2"])
    #expect(try desk.releases()?.keys == [q.id])
    #expect(try desk.sign("v1.1", "c", status: 2).errorText.contains("the paths of the signers forbid it"))
    let tags = try desk.listed()
    #expect(tags.contains("v2.0 targets/releases") && !tags.contains { $0.hasPrefix("v1.0") }, "\(tags)")
    let again = try desk.notes("signer add", "p", p.file)
    #expect(again.contains("can sign names from v2 on, all names there; the paths of targets/q limit"), "\(again)")
    try desk.change("signer remove", "p", "--leave-uncounted")
    #expect(try desk.releases()?.paths == ["v2"])
  }

  @Test("A signer's key goes from docker's role though another delegation names it, which is said")
  func named() throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    let (p, q) = (try desk.signerKey("p"), try desk.signerKey("q"))
    try desk.change("signer add", "p", p.file)
    try desk.change("signer add", "q", q.file)
    try desk.change("delegation add", "targets/qa", p.file, "--path", "qa/")
    try desk.change("delegation add", "targets/two", p.file, q.file, "--all-paths", "--threshold", "2")
    let notes = try desk.notes("signer remove", "p")
    #expect(try desk.releases()?.keys == [q.id])
    for role in ["qa", "two"] { #expect(notes.contains("targets/\(role) still has key \(p.id) of targets/p")) }
    let command = FolderDesk.suggested(notes.split(separator: "\n").filter { $0.contains("targets/qa still") }.joined())
    #expect(try desk.run(Self.own(command, desk) + ["--yes", "--leave-uncounted"]).status == 0, "\(command)")
    #expect(try desk.delegation("targets/qa")?.keys.keys.isEmpty == true)
  }

  @Test("A key stays that another signer has as well, whose role gives it as much")
  func twice() throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    let p = try desk.signerKey("p")
    for name in ["p", "p2"] { try desk.change("signer add", name, p.file) }
    let notes = try desk.notes("signer remove", "p")
    #expect(try desk.releases()?.keys == [p.id])
    #expect(notes.contains("targets/releases still has key \(p.id) of targets/p: docker goes on to take its word"))
  }
}

import TestSupport
import Testing

/// Confirmed bugs of docker and notary, on repositories where these say that they have done something, and have not.
@Suite("Where docker and notary fail")
struct OldBugTests {
  @Test("docker revokes a tag that stays signed by targets; ours is gone from every role")
  func revoke() throws {
    let desk = try TrustMachine(NotaryPeer())
    let name = TrustMachine.name
    try desk.change("init")
    try desk.sign("v1")
    try desk.change("signer add", "alice", try desk.signer("alice"))
    try desk.sign("v1", "b")
    #expect(try desk.docker("trust", "revoke", "-y", name + ":v1").contains("Successfully deleted"))
    #expect(try desk.signers(of: "v1") == ["targets"])
    let outcome = try desk.change("revoke", "v1")
    #expect(outcome.text.contains("tag v1: signed by targets before, by nobody afterwards"))
    #expect(try desk.signers(of: "v1").isEmpty)
    #expect(try !desk.notary("list", name).contains("v1"))
    let again = try desk.change("revoke", "v1", status: 11)
    #expect(again.errorText.contains("is signed by no role"))
  }

  @Test("docker leaves a signer whom it was told to remove; ours removes, and the tags of all signers count on")
  func signer() throws {
    let desk = try TrustMachine(NotaryPeer())
    let name = TrustMachine.name
    try desk.change("init")
    for signer in ["alice", "bob"] { try desk.change("signer add", signer, try desk.signer(signer)) }
    try desk.sign("v1")
    try desk.docker("trust", "signer", "remove", "-f", "alice", name)
    #expect(try desk.docker("trust", "inspect", name).contains("\"alice\""))
    let outcome = try desk.change("signer remove", "alice")
    #expect(outcome.text.contains("targets/alice goes"))
    #expect(try !desk.docker("trust", "inspect", name).contains("\"alice\""))
    #expect(try desk.signers(of: "v1") == ["targets/bob", "targets/releases"])
  }

  @Test(
    "Where nobody here can sign anew what is left, that is said, and nothing is done; the other signer brings it back")
  func uncounted() throws {
    let desk = try TrustMachine(NotaryPeer())
    let name = TrustMachine.name
    try desk.change("init")
    let before = Set(desk.keys)
    try desk.change("signer add", "alice", try desk.signer("alice"))
    let alice = Set(desk.keys)
    try desk.change("signer add", "bob", try desk.signer("bob"))
    let bob = try TrustMachine(desk.peer)
    for key in Set(desk.keys).subtracting(alice) { try desk.move(key, to: bob) }
    #expect(alice.subtracting(before).count == 1)
    try desk.sign("v1")
    let refused = try desk.change("signer remove", "alice", status: 3)
    #expect(refused.errorText.contains("(1 tag) counts no more until they sign it"))
    #expect(try desk.signers(of: "v1") == ["targets/alice", "targets/releases"])
    try desk.change("signer remove", "alice", "--leave-uncounted")
    #expect(try desk.signers(of: "v1").isEmpty)
    // The owner's next change of another role leaves what does not count as it is.
    try desk.sign("v2", "c", "--role", "targets")
    try bob.change("witness", "targets/releases")
    #expect(try bob.signers(of: "v1") == ["targets/releases"])
    #expect(try desk.notary("list", name).contains("v1"))
  }

  @Test("A change that cannot be made stays, is named, and blocks no other; notary publishes nothing with it")
  func staged() throws {
    let desk = try TrustMachine(NotaryPeer())
    let name = TrustMachine.name
    try desk.change("init")
    try desk.notary("addhash", name, "bad", "7", "--sha256", String(repeating: "b", count: 64), "-r", "targets/nobody")
    try desk.notary("addhash", name, "good", "7", "--sha256", String(repeating: "b", count: 64))
    try desk.notary("publish", name, fails: true)
    let outcome = try desk.change("publish", status: 1)
    #expect(outcome.errorText.contains("1 of 2 changes could not be made, and wait: change 1"))
    #expect(outcome.errorText.contains("there is no role targets/nobody"))
    #expect(try desk.signers(of: "good") == ["targets"])
    #expect(try desk.content("status").text.contains("1  sign bad in targets/nobody"))
    try desk.content("unstage", ["2"], status: 11)
    try desk.content("unstage", ["1"])
    #expect(try desk.notary("status", name).contains("No unpublished changes"))
  }

  @Test("A name that leads out of the folder is none, and a repository below another one stays")
  func delete() throws {
    let desk = try TrustMachine(NotaryPeer())
    let kept = TrustMachine.folder + "/tuf/example.com/team/app/below/metadata/root.json"
    try desk.change("init")
    try desk.machine.write(kept, [1])
    try desk.machine.link(TrustMachine.folder + "/tuf/example.com/team/app/metadata/link", to: TrustMachine.folder)
    try desk.content("delete", of: "../private", status: 2)
    try desk.content("delete", ["--confirm", "example.com/team/other"], status: 2)
    #expect(try desk.content("delete", status: 3).errorText.contains("--confirm example.com/team/app"))
    try desk.content("delete", ["--dry-run"])
    let keys = desk.keys
    #expect(desk.machine.contents(TrustMachine.folder + "/tuf/example.com/team/app/metadata/root.json") != nil)
    // The cache of a repository whose name goes on with the name of a folder of this one.
    let other = "/home/.docker/trust/tuf/\(TrustMachine.name)/metadata/metadata/root.json"
    try desk.machine.write(other, [7])
    try desk.content("delete", ["--confirm", TrustMachine.name])
    #expect(desk.machine.contents(other) == [7])
    let gone = try desk.content(
      "delete", ["--remote", "--confirm", "example.com/team/none"], of: "example.com/team/none", status: 11)
    #expect(gone.errorText.contains("has no example.com/team/none"), "\(gone.errorText)")
    #expect(desk.machine.contents(kept) == [1] && desk.keys == keys)
    #expect(
      Set(desk.machine.names(in: TrustMachine.folder + "/tuf/example.com/team/app") ?? []) == ["below", "metadata"])
    #expect(desk.machine.contents("/var/lib/keyreeve/content-trust/example.com/team/app/+seen.json") == nil)
    try desk.content("delete", ["--confirm", TrustMachine.name], status: 11)
  }
}

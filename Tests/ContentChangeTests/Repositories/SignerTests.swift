import StrictJSON
import TestSupport
import Testing

@Suite("Signers and delegations")
struct SignerTests {
  @Test("Two of a signer's keys must sign: refused with one, signed with both, read by notary and docker")
  func threshold() throws {
    let desk = try TrustMachine(NotaryPeer())
    let name = TrustMachine.name
    try desk.change("init")
    let (one, other) = (try desk.signer("one"), try desk.signer("other"))
    #expect(
      try desk.change("signer add", "team", one, "--threshold", "2", status: 2).errorText.contains("1 key where 2"))
    try desk.change("signer add", "team", one, other, "--threshold", "2")
    try desk.sign("v1", "a", "--role", "targets/team", "--role", "targets/releases")
    #expect(try desk.signers(of: "v1") == ["targets/releases", "targets/team"])
    #expect(try desk.notary("list", name, "-r", "targets/team").contains("v1"))
    #expect(try desk.docker("trust", "inspect", name).contains("\"team\""))
    let list = try JSON.parse(try desk.content("delegation list", ["--json"]).output)
    let team = list["delegations"]?.array?.first { $0["role"]?.string == "targets/team" }
    let key = team?["keys"]?.array?.first?["file"]?.string?.text ?? ""
    #expect(team?["threshold"]?.integer == 2 && !key.isEmpty)
    try desk.machine.remove(TrustMachine.folder + "/private/\(key).key")
    #expect(try desk.sign("v2", "b", "--role", "targets/team", status: 11).contains(key))
    // Docker's own role asks for as many.
    #expect(try desk.sign("v2", "b", status: 11).contains("targets/releases (1 of 2)"))
    #expect(try desk.signers(of: "v2").isEmpty)
    let below = try desk.change("delegation remove", "targets/team", "--key", key, status: 3)
    #expect(below.errorText.contains("falls below its threshold: 2 must sign and it has 1 key"))
  }

  @Test("Paths bind: what a role may not sign is refused before anything is signed, also below it")
  func paths() throws {
    let desk = try TrustMachine(NotaryPeer())
    try desk.change("init")
    let (alice, bob) = (try desk.signer("alice"), try desk.signer("bob"))
    try desk.change("delegation add", "targets/alice", alice, "--path", "v")
    try desk.change("delegation add", "targets/alice/bob", bob, "--path", "w", status: 2)
    try desk.change("delegation add", "targets/alice/bob", bob, "--path", "v1")
    #expect(try desk.sign("x", "a", "--role", "targets/alice", status: 2).contains("outside the paths"))
    #expect(try desk.sign("v2", "a", "--role", "targets/alice/bob", status: 2).contains("outside the paths"))
    try desk.sign("v1.0", "a", "--role", "targets/alice/bob")
    #expect(try desk.notary("list", TrustMachine.name).contains("targets/alice/bob"))
    try desk.change("delegation remove", "targets/alice")
    #expect(try desk.signers(of: "v1.0").isEmpty)
    try desk.change("delegation remove", "targets/alice", status: 11)
  }

  @Test("Names that are no signers, and files that are no public keys")
  func refusals() throws {
    let desk = try TrustMachine(NotaryPeer())
    try desk.change("init")
    let alice = try desk.signer("alice")
    for name in ["releases", "Alice", "-a", "a/b", ""] { try desk.content("signer add", [name, alice], status: 2) }
    let files = try desk.peer.makeDelegationKey("carol")
    let refused = try desk.change("signer add", "carol", files.key, status: 2)
    #expect(refused.errorText.contains("is a private key"))
    try desk.change("signer add", "carol", files.certificate)
    #expect(try desk.docker("trust", "inspect", TrustMachine.name).contains("\"carol\""))
    try desk.change("signer remove", "nobody", status: 11)
    #expect(try desk.change("signer add", "carol", files.certificate).text.contains("it is so already"))
  }
}

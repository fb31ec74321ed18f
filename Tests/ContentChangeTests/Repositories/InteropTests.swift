import StrictJSON
import TestSupport
import Testing

/// Our commands and those of docker 28 and notary 0.7 on one repository, one after another: after each step the others agree.
@Suite("Repositories changed by ours, docker and notary in turn")
struct InteropTests {
  @Test(
    "Made, signed, delegated, revoked, witnessed and deleted",
    arguments: ["--server-manages-snapshot", "--local-snapshot"])
  func turns(snapshot: String) throws {
    let desk = try TrustMachine(NotaryPeer())
    let name = TrustMachine.name
    try desk.change("init", snapshot)
    #expect(desk.keys.count == (snapshot == "--local-snapshot" ? 3 : 2))
    try desk.sign("v1")
    try desk.sign("a<&>b\u{2028}")
    #expect(try desk.notary("list", name).contains("a<&>b"))
    #expect(try desk.docker("trust", "inspect", name).contains("\"v1\""))
    try desk.notary("addhash", name, "v2", "7", "--sha256", String(repeating: "b", count: 64), "-p")
    #expect(try desk.signers(of: "v2") == ["targets"])
    try desk.docker("trust", "signer", "add", "--key", try desk.signer("alice"), "alice", name)
    #expect(try desk.content("delegation list", ["--json"]).text.contains("targets/alice"))
    try desk.sign("v3")
    #expect(try desk.signers(of: "v3") == ["targets/alice", "targets/releases"])
    let inspection = try JSON.parse(Array(try desk.docker("trust", "inspect", name).utf8))
    let signed = inspection.array?.first?["SignedTags"]?.array?.first { $0["SignedTag"]?.string == "v3" }
    #expect(signed?["Signers"]?.array == ["alice"])
    try desk.docker("trust", "revoke", "-y", name + ":v3")
    #expect(try desk.signers(of: "v3").isEmpty)
    try desk.change("revoke", "v2")
    #expect(try !desk.notary("list", name).contains("v2"))
    try desk.notary("witness", name, "targets", "-p")
    try desk.change("witness", "targets")
    let outcome = try desk.content("delete", ["--remote", "--confirm", name])
    #expect(outcome.text.contains("root.json"))
    let fresh = try TrustMachine(desk.peer)
    try fresh.notary("list", name, fails: true)
    #expect(desk.machine.names(in: TrustMachine.folder + "/tuf/example.com/team/app") == [])
  }

  @Test("A signer comes, goes and comes back under versions that the server takes; docker agrees each time")
  func signer() throws {
    let desk = try TrustMachine(NotaryPeer())
    let name = TrustMachine.name
    // Of a snapshot that the server makes the role never goes.
    try desk.change("init", "--local-snapshot")
    let alice = try desk.signer("alice")
    for round in 1...2 {
      try desk.change("signer add", "alice", alice)
      try desk.sign("v\(round)")
      #expect(try desk.docker("trust", "inspect", name).contains("\"alice\""))
      try desk.change("signer remove", "alice", "--leave-uncounted")
      #expect(try !desk.docker("trust", "inspect", name).contains("alice"))
    }
    #expect(try desk.signers(of: "v2").isEmpty)
  }

  @Test("With a signer behind the server, whose keys are ECDSA, and a database")
  func signedServer() throws {
    let desk = try TrustMachine(NotaryPeer(database: DatabasePeer()))
    try desk.change("init")
    try desk.sign("v1")
    desk.peer.stop()
    try desk.peer.start()
    try desk.sign("v2")
    #expect(try desk.notary("list", TrustMachine.name).contains("v2"))
  }

  @Test("With tokens: asked for the actions that a change needs, and refused without a right to them")
  func tokens() throws {
    let authority = try TokenAuthority()
    let alice = "YWxpY2U6czNjcmV0"
    try authority.give(["*", "push", "pull"], on: TrustMachine.name, to: "Basic " + alice)
    let desk = try TrustMachine(NotaryPeer(tokens: authority))
    desk.variables["NOTARY_AUTH"] = alice
    try desk.change("init")
    try desk.sign("v1")
    try authority.give(["pull"], on: TrustMachine.name, to: "Basic " + alice)
    #expect(try desk.sign("v2", status: 1).contains("keyreeve: "))
    #expect(try desk.signers(of: "v2").isEmpty)
  }

  @Test("A certificate of the owner's own is the root key's, and one of another key is refused")
  func certificate() throws {
    let desk = try TrustMachine(NotaryPeer())
    let files = try desk.peer.makeDelegationKey("root")
    try desk.notary("key", "import", files.key, "-r", "root")
    let own = desk.machine.located("/own.crt")
    func certify(_ subject: String) throws {
      let made = try ChildProcess.run([
        "openssl", "req", "-x509", "-key", files.key, "-subj",
        "/CN=" + subject.split(separator: "/").joined(separator: "\\/"), "-days", "30", "-out", own,
        "-addext", "basicConstraints=critical,CA:FALSE",
      ])
      #expect(made.status == 0)
    }
    try certify("example.com/other")
    try desk.change("init", "--root-certificate", own, status: 14)
    try certify(TrustMachine.name)
    try desk.change("init", "--root-certificate", own)
    try desk.sign("v1")
    #expect(try desk.notary("list", TrustMachine.name).contains("v1"))
    #expect(try desk.content("inspect").text.contains("certificate until"))
  }
}

import TestSupport
import Testing

@Suite("Changes that wait")
struct StagingTests {
  @Test("What ours stages, notary shows and publishes: signers, tags, what goes and what is signed anew")
  func ours() throws {
    let desk = try TrustMachine(NotaryPeer())
    let name = TrustMachine.name
    try desk.change("init")
    try desk.sign("old")
    let alice = try desk.signer("alice")
    try desk.change("signer add", "alice", alice, "--stage")
    try desk.sign("v1", "a", "--stage", "--role", "targets/alice")
    try desk.sign("a<&>b", "b", "--stage")
    try desk.change("revoke", "old", "--stage")
    try desk.change("witness", "targets", "--stage")
    let status = try desk.notary("status", name)
    #expect(["targets/releases", "v1", "a<&>b", "witness"].allSatisfy { status.contains($0) }, "\(status)")
    try desk.notary("publish", name)
    let list = try desk.notary("list", name)
    #expect(list.contains("v1") && list.contains("a<&>b") && !list.contains("old"), "\(list)")
    #expect(try desk.content("status").text == "no change of \(name) waits\n")
    try desk.change("signer remove", "alice", "--stage")
    try desk.notary("publish", name)
    #expect(try !desk.docker("trust", "inspect", name).contains("alice"))
  }

  @Test("What notary stages, ours publishes, and takes the files away")
  func theirs() throws {
    let desk = try TrustMachine(NotaryPeer())
    let name = TrustMachine.name
    try desk.change("init")
    try desk.sign("old")
    let digest = String(repeating: "b", count: 64)
    try desk.notary("delegation", "add", name, "targets/alice", try desk.signer("alice"), "--paths", "v")
    try desk.notary("addhash", name, "v1", "7", "--sha256", digest, "-r", "targets/alice")
    try desk.notary("remove", name, "old")
    let plan = try desk.content("publish", ["--dry-run"]).text
    #expect(plan.contains("delegation targets/alice, new: 1 of 1 keys") && plan.contains("dry run"))
    #expect(try desk.signers(of: "old") == ["targets"])
    try desk.change("publish")
    #expect(try desk.signers(of: "v1") == ["targets/alice"])
    #expect(try desk.signers(of: "old").isEmpty)
    try desk.notary("delegation", "remove", name, "targets/alice", "-y")
    try desk.change("publish")
    #expect(try desk.content("delegation list").text.contains("delegates to no role"))
    try desk.change("publish", status: 11)
  }

  @Test("A repository that is new begins with what waits")
  func new() throws {
    let desk = try TrustMachine(NotaryPeer())
    try desk.sign("v1", "a", "--stage", "--role", "targets")
    try desk.change("init", "--publish")
    #expect(try desk.notary("list", TrustMachine.name).contains("v1"))
    #expect(try desk.content("status").text.contains("no change"))
  }

  @Test("A file that is no change is named, and one too many octets is too many")
  func malformed() throws {
    let desk = try TrustMachine(NotaryPeer())
    let folder = TrustMachine.folder + "/tuf/example.com/team/app/changelist/"
    let text = Array(#"{"action":"update","role":"targets","type":"witness","path":"","data":""}"#.utf8)
    try desk.machine.write(folder + "1.change", text + [UInt8](repeating: 0x20, count: (1 << 20) - text.count))
    try desk.machine.write(
      folder + "2.change", Array(#"{"action":"create","role":"targets","type":"role","data":""}"#.utf8))
    let status = try desk.content("status").text
    #expect(status.contains("1  sign targets anew") && status.contains("2.change cannot be used"), "\(status)")
    try desk.machine.write(folder + "1.change", text + [UInt8](repeating: 0x20, count: (1 << 20) + 1 - text.count))
    #expect(try desk.content("status").text.contains("1.change cannot be used: it is larger than 1048576 octets"))
  }
}

import StrictJSON
import TestSupport
import Testing

/// What docker signs when it pushes, and what it pulls: with a real engine and a real registry.
@Suite("Pushed and pulled by docker, signed by both")
struct EngineInteropTests {
  @Test("docker signs into our repository with our keys, pulls what ours signs, and no longer what ours revokes")
  func pushed() throws {
    let engine = try EnginePeer()
    let desk = try TrustMachine(NotaryPeer())
    desk.variables = ["DOCKER_HOST": engine.address, "DOCKER_CONTENT_TRUST": "1"]
    let name = engine.registry + "/team/app"
    for tag in ["v1", "v2"] { try engine.makeImage("\(name):\(tag)", holding: tag) }
    try desk.content("init", ["--yes"], of: name)
    let keys = desk.keys
    try desk.docker("push", name + ":v1")
    #expect(desk.keys == keys)
    let listed = try JSON.parse(try desk.content("list", ["--json"], of: name).output)["tags"]?.array?.first
    #expect(listed?["role"]?.string == "targets")
    try desk.content("signer add", ["alice", try desk.signer("alice"), "--yes"], of: name)
    try desk.docker("trust", "sign", name + ":v2")
    let inspection = try desk.content("list", of: name).text
    #expect(inspection.contains("v2") && inspection.contains("targets/alice"), "\(inspection)")
    try desk.content("revoke", ["v1", "--yes"], of: name)
    try desk.docker("pull", name + ":v1", fails: true)
    let (digest, size) = (listed?["digest"]?.string?.text ?? "", listed?["length"]?.integer ?? 0)
    try desk.content("sign", ["v1", "--digest", digest, "--size", "\(size)", "--yes"], of: name)
    #expect(try desk.docker("pull", name + ":v1").contains(digest))
  }
}

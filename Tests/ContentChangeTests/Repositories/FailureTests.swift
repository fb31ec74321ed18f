import StrictJSON
import TestSupport
import Testing

@Suite("Uploads that fail, and others who publish at the same time")
struct FailureTests {
  @Test(
    "Whatever becomes of an upload: the old state or the new one, and what is said is so",
    arguments: FaultProxy.Fault.allCases)
  func faults(_ fault: FaultProxy.Fault) throws {
    let peer = try NotaryPeer()
    let proxy = try FaultProxy(peer, fault)
    let desk = try TrustMachine(peer, proxy: proxy)
    try desk.content("init", ["--yes", "--server", peer.address])
    try desk.content("sign", Self.tag("v1") + ["--server", peer.address])
    let isTaken = fault != .refused && fault != .cut
    let outcome = try desk.content("sign", Self.tag("v2"), status: isTaken ? 0 : 1)
    if fault == .overtaken {
      #expect(outcome.errorText.contains("somebody else has published meanwhile"))
      #expect(outcome.text.contains("made again 1 time, since others published meanwhile"))
    }
    #expect(try desk.signers(of: "v2") == (isTaken ? ["targets"] : []))
    if !isTaken { #expect(!outcome.text.contains("published")) }
    if fault == .cut { #expect(outcome.errorText.contains("has not taken the change")) }
    #expect(try desk.notary("list", TrustMachine.name).contains("v2") == isTaken)
    // Nothing is left that the next change would stumble over.
    try desk.content("sign", Self.tag("v3") + ["--server", peer.address])
    try desk.notary("addhash", TrustMachine.name, "v4", "7", "--sha256", String(repeating: "b", count: 64), "-p")
  }

  private static func tag(_ name: String) -> [String] {
    [name, "--digest", "sha256:" + String(repeating: "a", count: 64), "--size", "42", "--yes"]
  }

  @Test("Two who publish at once both end with their tags signed")
  func race() async throws {
    let desk = try TrustMachine(NotaryPeer())
    try desk.change("init")
    let (path, variables) = (desk.machine.path, TrustMachine.passphrases)
    let server = desk.peer.address
    guard let program = BuiltProgram.path("keyreeve") else { return }
    let texts = try await withThrowingTaskGroup(of: String.self) { group in
      for number in 1...4 {
        group.addTask {
          let outcome = try ChildProcess.run(
            [program, "content", "sign", TrustMachine.name] + Self.tag("v\(number)") + ["--json", "--sysroot", path],
            environment: ChildProcess.cleanEnvironment.merging(variables) { $1 }.merging([
              "HOME": "/home", "DOCKER_CONFIG": "/home/.docker", "DOCKER_CONTENT_TRUST_SERVER": server,
            ]) { $1 })
          #expect(outcome.status == 0, "\(outcome.errorText)")
          return outcome.text
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    for text in texts { #expect(try JSON.parse(Array(text.utf8))["applied"]?.boolean == true) }
    for number in 1...4 { #expect(try desk.signers(of: "v\(number)") == ["targets"]) }
  }

  @Test("A server that does not answer: what is kept is read, and nothing is published upon it")
  func offline() throws {
    let desk = try TrustMachine(NotaryPeer())
    try desk.change("init")
    desk.peer.stop()
    #expect(try desk.sign("v1", status: 1).contains("cannot be changed while its server does not answer"))
  }
}

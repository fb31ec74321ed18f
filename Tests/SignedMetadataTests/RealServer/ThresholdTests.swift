import SignedMetadata
import StrictJSON
import TestSupport
import Testing
import TrustModel

/// Roles that need several signatures, on the real notary-server, read by the real notary and by ours.
@Suite("Thresholds on a real server")
struct ThresholdTests {
  /// A machine on which both ask, each from its own folder.
  private final class Desk {
    let machine: SandboxMachine

    init() throws { machine = try SandboxMachine() }

    /// Whether notary lists the repository, and what it says.
    func notary(_ server: String) throws -> (isAccepted: Bool, text: String) {
      let outcome = try ChildProcess.run(
        [
          "notary", "-s", server, "--tlscacert", try SiteCertificate.authorities, "-d", machine.located("/notary"),
          "list", UploadedRepository.name,
        ], environment: ChildProcess.cleanEnvironment.merging(["HOME": machine.path]) { $1 })
      return (outcome.status == 0, outcome.text + outcome.errorText)
    }

    /// What ours says.
    func ours(_ server: String, _ verb: String = "list") throws -> ChildProcess.Outcome {
      let program = try #require(BuiltProgram.path("keyreeve"))
      return try ChildProcess.run(
        [
          program, "content", verb, UploadedRepository.name, "--server", server, "--trust-on-first-use", "--json",
          "--sysroot", machine.path,
        ],
        environment: ChildProcess.cleanEnvironment.merging([
          "SSL_CERT_FILE": try SiteCertificate.authorities, "HOME": "/home",
        ]) { $1 })
    }
  }

  @Test(
    "Two of two for the root, two of three for targets, with keys of every kind: taken, and read by both",
    arguments: [["timestamp"], ["timestamp", "snapshot"]])
  func met(serverSigns: [String]) throws {
    let peer = try NotaryPeer()
    var repository = try UploadedRepository(on: peer, serverSigns: serverSigns)
    let snapshot: [RoleName] = serverSigns.contains("snapshot") ? [] : [.snapshot]
    let answer = try peer.upload(repository.documents([.root, .targets] + snapshot), to: UploadedRepository.name)
    #expect(answer.status == "200", "\(answer.text)")
    let desk = try Desk()
    let (notary, ours) = (try desk.notary(peer.address), try desk.ours(peer.address, "inspect"))
    #expect(notary.isAccepted && notary.text.contains("file0"), "\(notary.text)")
    let found = try rows(ours)
    let algorithm = snapshot.isEmpty ? "ed25519" : "ecdsa p-256"
    #expect(found.contains("root 2 ecdsa p-256 ecdsa p-256"), "\(found) \(ours.errorText)")
    #expect(found.contains("targets 2 ecdsa p-384 rsa 2048 ed25519"), "\(found)")
    #expect(found.contains("snapshot 1 \(algorithm)") && found.contains("timestamp 1 ed25519"), "\(found)")
    // The server takes no signature less, of whichever role.
    for (role, roles) in [(RoleName.targets, [RoleName.targets]), (.root, [.root, .targets])] {
      for (count, status) in [(1, "400"), (2, "200")] {
        var next = repository
        try next.sign(role, with: count)
        let answer = try peer.upload(next.documents(roles + snapshot), to: UploadedRepository.name)
        #expect(answer.status == status, "\(role) with \(count): \(answer.text)")
        #expect(answer.text.contains("INVALID_UPDATE") == (count == 1), "\(role) with \(count): \(answer.text)")
        if count == 2 { repository = next }
      }
      try expectTaken(by: desk, from: peer.address)
    }
  }

  /// Each role in the answer of `inspect`: its name, its threshold, and the kinds of its keys.
  private func rows(_ answer: ChildProcess.Outcome) throws -> [String] {
    guard answer.status == 0 else { return [] }
    return try (JSON.parse(answer.output)["roles"]?.array ?? []).map { row in
      let kinds = (row["keys"]?.array ?? []).map { $0["algorithm"]?.string?.text ?? "" }
      return "\(row["role"]?.string?.text ?? "") \(row["threshold"]?.integer ?? 0) " + kinds.joined(separator: " ")
    }
  }

  private func expectTaken(by desk: Desk, from server: String) throws {
    let (notary, ours) = (try desk.notary(server), try desk.ours(server))
    #expect(notary.isAccepted && ours.status == 0, "\(notary.text)\(ours.errorText)")
  }

  @Test("One signature short is refused by both, where a server passes it on", arguments: [RoleName.root, .targets])
  func short(role: RoleName) throws {
    let (site, desk) = (try TestSite(), try Desk())
    let server = site.address("")
    var whole = try UploadedRepository()
    try whole.serve(on: site)
    try expectTaken(by: desk, from: server)
    var short = whole
    try short.sign(role, with: 1)
    try short.serve(on: site)
    let (notary, ours) = (try desk.notary(server), try desk.ours(server))
    #expect(!notary.isAccepted, "\(notary.text)")
    #expect(ours.status == 15 && ours.errorText.contains("by 1 of its keys where 2 must sign"), "\(ours.errorText)")
    // With both signatures the same is taken.
    try whole.made.release()
    try whole.sign(role, with: 2)
    try whole.serve(on: site)
    try expectTaken(by: desk, from: server)
  }
}

import TestSupport
import Testing

/// Repositories that the real docker has made with a real engine and registry, read by ours and by docker.
@Suite("Images that docker has signed", .serialized, SharedEngine(), .timeLimit(.minutes(10)))
struct EngineTests {
  private let desk: EngineDesk

  init() throws { desk = try #require(EngineDesk.shared) }

  /// What docker and ours, on a machine of its own, say in the same way.
  private func agreed(_ name: String) throws -> TrustSummary {
    let docker = try desk.owner.dockerSummary(of: name)
    #expect(try desk.reader().summary(of: name) == docker)
    return docker
  }

  @Test("Tags of docker push are read as docker reads them, with the digests that the engine pushed")
  func pushed() throws {
    let name = try desk.push(["v1", "v2"], to: "pushed")
    let summary = try agreed(name)
    #expect(summary.tags.keys.sorted() == ["v1", "v2"] && summary.tags["v1"] != summary.tags["v2"])
    #expect(summary.signers.isEmpty && summary.rootKeys.count == 1 && summary.repositoryKeys.count == 1)
    let reader = try desk.reader()
    for (tag, signed) in summary.tags {
      #expect(signed.signers == ["Repo Admin"])
      let found = try reader.content("lookup", name, tag, "--trust-on-first-use")
      #expect(found.text == signed.digest + "\n", "\(found.errorText)")
      #expect(try desk.owner.docker("push", "\(name):\(tag)").contains("digest: \(signed.digest)"))
    }
  }

  @Test(
    "Signers of docker trust signer add, what docker trust sign signs for them, and what docker trust revoke leaves")
  func signers() throws {
    let name = try desk.push(["v1"], to: "signers")
    for signer in ["alice", "bob"] {
      try desk.owner.docker("trust", "key", "generate", signer, "--dir", desk.owner.machine.path)
      let key = desk.owner.machine.located("/\(signer).pub")
      try desk.owner.docker("trust", "signer", "add", "--key", key, signer, name)
    }
    try desk.engine.makeImage("\(name):v2", holding: "signed by two")
    for tag in ["v1", "v2"] { try desk.owner.docker("trust", "sign", "\(name):\(tag)") }
    let signed = try agreed(name)
    #expect(signed.tags.keys.sorted() == ["v1", "v2"] && signed.signers.keys.sorted() == ["alice", "bob"])
    #expect(signed.tags.values.allSatisfy { $0.signers == ["alice", "bob"] })

    for tag in ["v1", "v2"] { try desk.owner.docker("trust", "revoke", "--yes", "\(name):\(tag)") }
    // The one that was signed before there were signers is still signed by the repository's own key.
    let revoked = try agreed(name)
    #expect(revoked.tags.mapValues(\.signers) == ["v1": ["Repo Admin"]] && revoked.signers == signed.signers)
    let reader = try desk.reader()
    #expect(try reader.content("lookup", name, "v2", "--trust-on-first-use").status == 10)
    #expect(try reader.docker("pull", "\(name):v2", fails: true).contains("No valid trust data for v2"))
    #expect(try reader.content("lookup", name, "v1").status == 0)
    try reader.docker("pull", "\(name):v1")
  }

  @Test("docker pulls by what ours has kept; by it both notice that a server which lost everything was filled anew")
  func pulled() throws {
    let metadata = "/home/.docker/trust/tuf/\(desk.engine.registry)/team/pulled/metadata/"
    let files = ["root", "timestamp", "snapshot", "targets"].map { "\(metadata)\($0).json" }
    let name = try desk.push(["v1"], to: "pulled")
    let reader = try desk.reader()
    #expect(try reader.content("list", name, "--trust-on-first-use").status == 0)
    let kept = files.map { reader.machine.contents($0) }
    #expect(kept.allSatisfy { $0 != nil })
    #expect(try reader.docker("pull", "\(name):v1").contains("Tagging \(name)@sha256:"))
    #expect(files.map { reader.machine.contents($0) } == kept)

    desk.notary.stop()
    try desk.notary.start()
    let gone = try reader.content("list", name)
    #expect(gone.status == 16 && gone.errorText.contains("though it was signed before"), "\(gone.errorText)")
    // docker makes the repository once more, with other keys, and says nothing of it.
    try desk.owner.docker("push", "\(name):v1")
    let other = try reader.content("list", name)
    #expect(other.status == 15 && other.errorText.contains("by 0 of its keys"), "\(other.status) \(other.errorText)")
    try reader.docker("pull", "\(name):v1", fails: true)
    #expect(files.map { reader.machine.contents($0) } == kept)
    try desk.reader().docker("pull", "\(name):v1")
  }
}

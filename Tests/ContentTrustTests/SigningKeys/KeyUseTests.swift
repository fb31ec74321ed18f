import ContentTrust
import SignedMetadata
import Stores
import TestSupport
import Testing
import TrustModel

/// Which key signs for what, by the metadata that the real notary keeps beside its keys.
@Suite("What signing keys are used for")
struct KeyUseTests {
  private let name = "example.com/team/app"

  private func survey(_ peer: NotaryPeer) throws -> SigningKeySurvey {
    try SigningKeySurvey(TrustFolder(sysroot: .machine, path: peer.trustFolder))
  }

  private func remove(_ record: SigningKeyRecord) throws {
    #expect(try ChildProcess.run(["rm", record.file]).status == 0)
  }

  @Test("Each key of a repository signs for its role; the root's has another identifier in metadata")
  func repository() throws {
    let peer = try NotaryPeer()
    try peer.makeRepository(name, targets: ["v1"])
    let survey = try survey(peer)
    let roles = survey.keys.map { $0.uses.map(\.role.description) }
    #expect(Set(roles) == [["root"], ["targets"], ["snapshot"]])
    for record in survey.keys {
      let use = try #require(record.uses.first)
      #expect(record.role == use.role.description && record.algorithm == "ecdsa p-256")
      #expect(use.fileID == record.name.id && use.repository.name == name)
      #expect((use.key.id == use.fileID) == (use.role != .root))
      #expect((use.certificateExpires != nil) == (use.role == .root))
      #expect(record.repository == (use.role == .root ? nil : name))
    }
    #expect(survey.missing.map(\.use.role) == [.timestamp] && survey.missing.first?.holder == .server)
    #expect(Set(survey.rules) == ["weak-derivation"])
  }

  @Test("Keys that are gone are missing; where none is left the repository is only read from here")
  func missing() throws {
    let peer = try NotaryPeer()
    try peer.makeRepository(name, targets: ["v1"])
    let keys = try survey(peer).keys
    for (role, severity) in [("root", Finding.Severity.note), ("targets", .warning)] {
      let record = try #require(keys.first { $0.role == role })
      try remove(record)
      let finding = try #require(try survey(peer).findings.last { $0.id == "missing-key" })
      #expect(finding.severity == severity && finding.key == record.id && finding.file == record.file)
      #expect(finding.message.contains("\(role) is not in") || role == "targets")
      #expect(finding.message.contains(record.id?.description ?? "-"))
    }
    try remove(try #require(keys.first { $0.role == "snapshot" }))
    let survey = try survey(peer)
    #expect(survey.keys.isEmpty && survey.rules == ["no-key-here"] && survey.missing.count == 4)
    #expect(survey.findings.first?.file == "\(peer.trustFolder)/tuf/\(name)")
  }

  @Test("A signer's key is found by the certificate that its delegation lists")
  func delegation() throws {
    let peer = try NotaryPeer()
    try peer.makeRepository(name, targets: ["v1"])
    let keys = try peer.makeDelegationKey("alice")
    try peer.notary(["delegation", "add", name, "targets/releases", keys.certificate, "--all-paths", "-p"])
    try peer.notary(["delegation", "add", name, "targets/alice", keys.certificate, "--all-paths", "-p"])
    try peer.notary(["list", name])
    let before = try #require(try survey(peer).missing.first { $0.use.role == "targets/alice" })
    #expect(before.holder == .elsewhere && before.use.key.id != before.use.fileID)
    try peer.notary(["key", "import", keys.key, "--role", "delegation"])
    let survey = try survey(peer)
    let record = try #require(survey.keys.first { $0.role == "delegation" })
    #expect(record.id == before.use.fileID)
    #expect(Set(record.uses.map(\.role)) == ["targets/releases", "targets/alice"])
    #expect(!survey.rules.contains("missing-key") && !survey.rules.contains("orphan"))
  }

  @Test("A key that nobody lists is an orphan; one that says another role than its repository is told")
  func orphan() throws {
    let peer = try NotaryPeer()
    try peer.makeRepository(name, targets: ["v1"])
    try peer.notary(["key", "generate"])
    let survey = try survey(peer)
    let orphans = survey.findings.filter { $0.id == "orphan" }
    #expect(orphans.map(\.severity) == [.note] && !survey.rules.contains("role"))
    let targets = try #require(survey.keys.first { $0.role == "targets" })
    #expect(try ChildProcess.run(["sed", "-i", "s/^role: targets/role: root/", targets.file]).status == 0)
    let finding = try #require(try self.survey(peer).finding("role"))
    #expect(finding.key == targets.id && finding.message.contains("keyreeve content inspect \(name)"))
  }

  @Test("Metadata that cannot be read is told, and does not keep the keys from being listed")
  func brokenCache() throws {
    let peer = try NotaryPeer()
    try peer.makeRepository(name, targets: ["v1"])
    let root = "\(peer.trustFolder)/tuf/\(name)/metadata/root.json"
    #expect(try ChildProcess.run(["sed", "-i", "s/Root/Toor/", root]).status == 0)
    let survey = try survey(peer)
    #expect(survey.finding("cache")?.file == root && survey.keys.count == 3)
  }
}

import ContentTrust
import Fetch
import Glibc
import SignedMetadata
import Stores
import StrictJSON
import TestSupport
import Testing
import TrustModel

/// Repositories made by the real notary on a real notary-server, read by ours.
@Suite("Reading repositories of notary")
struct ReadingTests {
  private static let now = Timestamp(seconds: Int64(time(nil)))

  private func settings(_ peer: NotaryPeer) throws -> FetchSettings {
    var settings = FetchSettings()
    settings.caBundle = SettingFile(path: try SiteCertificate.authorities, origin: "the test")
    return settings
  }

  private func read(
    _ name: String, on peer: NotaryPeer, from kept: KeptMetadata = KeptMetadata { _ in nil }, firstUse: Bool = true
  ) throws -> RepositoryReading {
    let repository = try Repository(name)
    let client = MetadataClient(
      try NotaryServer(peer.address), for: repository, with: Fetcher(try settings(peer)))
    var pins = TrustPins()
    pins.allowsFirstUse = firstUse
    return try RepositoryReader(repository, from: kept, pins: pins, at: Self.now) { client.answer($0) }.read()
  }

  @Test("A repository of notary is read on first use, with its targets and delegations")
  func read() throws {
    let peer = try NotaryPeer()
    try peer.makeRepository("example.com/team/app", targets: ["v1", "v2"])
    let reading = try read("example.com/team/app", on: peer)
    #expect(reading.grounds == .firstUse)
    #expect(Set(reading.roles[0].document.targets.keys) == ["v1", "v2"])
    #expect(reading.trusted.root.head.version == 1)
    #expect(throws: MetadataError.self) { try read("example.com/team/app", on: peer, firstUse: false) }
    let error = #expect(throws: MetadataError.self) { try read("example.com/team/none", on: peer) }
    #expect(error?.rule == .absent)
  }

  @Test("What notary has kept is used, and offline it counts too")
  func kept() throws {
    let peer = try NotaryPeer()
    try peer.makeRepository("example.com/team/app", targets: ["v1"])
    try peer.notary(["list", "example.com/team/app"])
    let folder = TrustFolder(sysroot: .machine, path: peer.trustFolder)
    #expect(try folder.repositories().map(\.name) == ["example.com/team/app"])
    let repository = try Repository("example.com/team/app")
    let kept = KeptMetadata(repository, in: folder)
    let reading = try read("example.com/team/app", on: peer, from: kept, firstUse: false)
    #expect(reading.grounds == .kept && reading.advance.documents.isEmpty)
    let offline = try RepositoryReader.offline(repository, from: kept, pins: TrustPins(), at: Self.now).read()
    #expect(offline.offline != nil && offline.roles[0].document.targets["v1"] != nil)
    #expect(try folder.keyFiles().files.count == 3)
  }

  @Test("Rotated root, targets, snapshot and timestamp keys are followed from an old root")
  func rotated() throws {
    let peer = try NotaryPeer()
    let name = "example.com/team/app"
    try peer.makeRepository(name, targets: ["v1"])
    let first = try read(name, on: peer)
    let root = try #require(first.firstRoot)
    for arguments in [["targets"], ["snapshot", "-r"], ["timestamp", "-r"], ["root"]] {
      let outcome = try ChildProcess.run(
        [
          "sh", "-c", "yes | \"$@\"", "sh", "notary", "-s", peer.address, "--tlscacert",
          try SiteCertificate.authorities, "-d", peer.trustFolder, "key", "rotate", name,
        ] + arguments,
        environment: ChildProcess.cleanEnvironment.merging(NotaryPeer.passphrases) { $1 })
      #expect(outcome.status == 0, "\(outcome.text)\(outcome.errorText)")
    }
    let reading = try read(name, on: peer, from: KeptMetadata(root: root), firstUse: false)
    #expect(reading.trusted.root.head.version >= 5)
    #expect(reading.roles[0].document.targets["v1"] != nil)
  }

  @Test("Metadata of one repository served for another is refused by its certificate")
  func otherName() throws {
    let peer = try NotaryPeer()
    try peer.makeRepository("example.com/team/app", targets: ["v1"])
    let other = try Repository("example.com/team/other")
    let client = MetadataClient(
      try NotaryServer(peer.address), for: try Repository("example.com/team/app"), with: Fetcher(try settings(peer)))
    var pins = TrustPins()
    pins.allowsFirstUse = true
    let error = #expect(throws: MetadataError.self) {
      try RepositoryReader(other, from: KeptMetadata { _ in nil }, pins: pins, at: Self.now) { client.answer($0) }
        .read()
    }
    guard case .certificate? = error?.rule else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("Delegations are read with their paths; a target outside them does not count")
  func delegations() throws {
    let peer = try NotaryPeer()
    let name = "example.com/team/app"
    try peer.makeRepository(name, targets: ["v1"])
    let keys = try peer.makeDelegationKey("alice")
    try peer.notary(["delegation", "add", name, "targets/releases", keys.certificate, "--paths", "v", "-p"])
    try peer.notary(["key", "import", keys.key, "--role", "delegation"])
    try peer.add("v2", to: name, roles: ["targets/releases"])
    try peer.notary(["publish", name])
    let reading = try read(name, on: peer)
    let releases = try #require(reading.roles.first { $0.name == "targets/releases" })
    #expect(releases.document.targets["v2"] != nil)
    #expect(releases.mayName("v2") && !releases.mayName("w"))
  }
}

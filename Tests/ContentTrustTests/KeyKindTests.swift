import ContentTrust
import Fetch
import Glibc
import SignedMetadata
import StrictJSON
import TestSupport
import Testing
import TrustModel

/// What notary signs with keys of every kind and under names of every composition, read by ours.
@Suite("Repositories with other keys and names")
struct KeyKindTests {
  private static let name = "example.com/team/app"

  private func read(
    _ peer: NotaryPeer, at now: Timestamp = Timestamp(seconds: Int64(time(nil)))
  ) throws -> RepositoryReading {
    let repository = try Repository(Self.name)
    var settings = FetchSettings()
    settings.caBundle = SettingFile(path: try SiteCertificate.authorities, origin: "the test")
    let client = MetadataClient(try NotaryServer(peer.address), for: repository, with: Fetcher(settings))
    var pins = TrustPins()
    pins.allowsFirstUse = true
    let kept = KeptMetadata { _ in nil }
    return try RepositoryReader(repository, from: kept, pins: pins, at: now) { client.answer($0) }.read()
  }

  /// A certificate and its key of some kind, as a signer brings them.
  private func signer(
    _ kind: [String], in folder: borrowing TemporaryDirectory
  ) throws -> (key: String, certificate: String) {
    let (key, certificate) = (folder.path + "/signer.key", folder.path + "/signer.crt")
    let made = try ChildProcess.run(
      ["openssl", "req", "-x509", "-newkey"] + kind + [
        "-nodes", "-subj", "/CN=signer", "-days", "30", "-keyout", key, "-out", certificate,
      ])
    #expect(made.status == 0)
    return (key, certificate)
  }

  @Test(
    "A delegation signs with its key of another kind, and counts",
    arguments: [(["rsa:2048"], "rsa 2048"), (["ec", "-pkeyopt", "ec_paramgen_curve:P-384"], "ecdsa p-384")])
  func kinds(kind: [String], algorithm: String) throws {
    let peer = try NotaryPeer()
    let folder = try TemporaryDirectory(prefix: "kr-signer")
    try peer.makeRepository(Self.name, targets: [])
    let signer = try signer(kind, in: folder)
    try peer.notary(["delegation", "add", Self.name, "targets/releases", signer.certificate, "--all-paths"])
    try peer.notary(["publish", Self.name])
    try peer.notary(["key", "import", signer.key, "--role", "delegation"])
    try peer.add("v1", to: Self.name, roles: ["targets/releases"])
    try peer.notary(["publish", Self.name])
    let reading = try read(peer)
    let role = try #require(reading.roles.first { $0.name == "targets/releases" })
    #expect(role.document.targets["v1"] != nil)
    #expect(reading.keys(of: role).keys.map(\.material.algorithm) == [algorithm])
    let verdict = TagQuestion("v1").verdict(on: reading, server: nil)
    #expect(verdict.isAccepted)
  }

  @Test("Names in composed and in decomposed form are two targets; each is found by its own octets alone")
  func compositions() throws {
    let peer = try NotaryPeer()
    let (composed, decomposed) = ("caf\u{e9}", "cafe\u{301}")
    try peer.makeRepository(Self.name, targets: [composed, decomposed])
    let reading = try read(peer)
    #expect(reading.roles[0].document.targets.count == 2)
    let digests = [composed, decomposed].map { TagQuestion($0).verdict(on: reading, server: nil).subject.digest }
    #expect(digests.allSatisfy { $0 != nil } && digests[0] != digests[1])
    #expect(SignedTag.all(in: reading).map(\.name.utf8.count).sorted() == [5, 6])
  }

  @Test("With the clock moved on, what has expired no longer counts, and the sentence says which and when")
  func later() throws {
    let peer = try NotaryPeer()
    try peer.makeRepository(Self.name, targets: ["v1"])
    let month = Timestamp(seconds: Int64(time(nil)) + 30 * 86_400)
    let error = #expect(throws: MetadataError.self) { try read(peer, at: month) }
    #expect(error?.role == .timestamp && error?.reason == .stale)
    let decades = Timestamp(seconds: Int64(time(nil)) + 30 * 365 * 86_400)
    #expect(throws: MetadataError.self) { try read(peer, at: decades) }
  }
}

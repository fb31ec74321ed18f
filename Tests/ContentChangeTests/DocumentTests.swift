import ContentChange
import ContentSigning
import ContentTrust
import Fetch
import Glibc
import SignedMetadata
import Stores
import StrictJSON
import TestSupport
import Testing
import TrustModel

/// Documents that are made here, published on a real server, and read by the real notary and by Keyreeve.
@Suite("Documents of content trust that are made here")
struct DocumentTests {
  static let now = Timestamp(seconds: Int64(time(nil)))

  static func host(_ peer: NotaryPeer, _ repository: Repository) throws -> ServerHost {
    var settings = FetchSettings()
    settings.caBundle = SettingFile(path: try SiteCertificate.authorities, origin: "the test")
    return ServerHost(try NotaryServer(peer.address), for: repository, with: Fetcher(settings))
  }

  static func head(_ role: RoleName, _ version: Int64 = 1) -> DraftHead {
    DraftHead(version: version, expires: now.advanced(by: Lifetime.seconds(of: role)))
  }

  /// Names that Go writes otherwise than the canonical form has them, and others that are easily lost.
  static let names: [JSONString] = [
    "v1", "a&b", "<tag>", "line\u{2028}end", "e\u{301}", "\u{e9}", "quo\"te", "back\\slash", "",
  ]

  @Test("A repository whose snapshot the server makes is read by notary, with every name", arguments: [true, false])
  func published(isServerSnapshot: Bool) throws {
    let peer = try NotaryPeer()
    let repository = try Repository("example.com/team/app")
    let host = try Self.host(peer, repository)
    let keys = try (0..<3).map { _ in try PrivateSigningKey(new: .p256) }
    let certificate = try RootCertificate(keys[0], for: repository, at: Self.now)
    let rootKey = ListedKey(keys[0].publicKey, certificates: certificate.text)
    let snapshotKey = isServerSnapshot ? try host.ownKey(of: .snapshot, isNew: false) : ListedKey(keys[2].publicKey)
    let root = RootDraft(
      Self.head(.root),
      roles: [
        .root: .init([rootKey]), .targets: .init([ListedKey(keys[1].publicKey)]), .snapshot: .init([snapshotKey]),
        .timestamp: .init([try host.ownKey(of: .timestamp, isNew: false)]),
      ]
    ).signed
    var draft = TargetsDraft(Self.head(.targets))
    for name in Self.names { draft.set(name, to: .init(sha256: [UInt8](repeating: 7, count: 32), length: 42)) }
    let targets = draft.signed
    let rootOctets = root.document([.init(rootKey.id, try keys[0].signature(over: root.canonical))])
    let targetsOctets = targets.document([.init(keys[1].id, try keys[1].signature(over: targets.canonical))])
    var documents = [PublishedDocument(.root, rootOctets), PublishedDocument(.targets, targetsOctets)]
    if !isServerSnapshot {
      let snapshot = SnapshotDraft(
        Self.head(.snapshot), [.root: DocumentDigest(of: rootOctets), .targets: DocumentDigest(of: targetsOctets)]
      ).signed
      documents.append(
        .init(.snapshot, snapshot.document([.init(keys[2].id, try keys[2].signature(over: snapshot.canonical))])))
    }
    try host.publish(documents)
    let listed = try peer.notary(["list", repository.name])
    #expect(listed.contains("v1") && listed.contains("a&b") && listed.contains("<tag>"), "\(listed)")
    // The same version again is somebody else's by now.
    #expect(throws: PublishingError.self) { try host.publish(documents) }
    try host.deleteRepository()
    let empty = try TemporaryDirectory()
    #expect(throws: NotaryPeer.Failure.self) { try peer.notary(["list", repository.name], folder: empty.path) }
  }
}

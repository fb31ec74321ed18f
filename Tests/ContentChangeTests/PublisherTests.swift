import ContentChange
import ContentSigning
import ContentTrust
import SignedMetadata
import StrictJSON
import TestSupport
import Testing
import TrustModel

/// Changes that are published on a real server with notary's own keys, and read by the real notary.
@Suite("Publishing")
struct PublisherTests {
  @Test(
    "A target is signed into notary's repository; notary lists both, publishes on, and the next one of ours follows")
  func both() throws {
    let desk = try PublishingDesk(NotaryPeer())
    let former = try desk.read().roles[0].document.head.version
    let publication = try desk.publisher().publish(at: PublishingDesk.now) {
      desk.sign("a&b", in: &$0)
    } review: {
      #expect($0.plan.entries.map(\.role) == [.targets, .snapshot] && $0.overtaken == nil)
      #expect($0.plan.entries.first?.head.version == former + 1)
    }
    #expect(publication?.reading.roles[0].document.targets["a&b"] != nil)
    #expect(try desk.notaryList().contains("a&b"))
    try desk.peer.add("v3", to: desk.repository.name)
    try desk.peer.notary(["publish", desk.repository.name])
    try desk.publisher().publish(at: PublishingDesk.now) {
      desk.sign("v4", in: &$0)
      $0.changeTargets(of: .targets) { $0.set("v1", to: nil) }
    } review: { _ in
    }
    let list = try desk.notaryList()
    #expect(["a&b", "v3", "v4"].allSatisfy { list.contains($0) } && !list.contains("v1"), "\(list)")
  }

  @Test("A root that is changed is signed by the keys before, and notary follows from its old one")
  func root() throws {
    let desk = try PublishingDesk(NotaryPeer())
    try desk.peer.notary(["list", desk.repository.name])
    try desk.publisher().publish(at: PublishingDesk.now) {
      $0.renew(.root)
    } review: { _ in
    }
    #expect(try desk.read().trusted.root.head.version == 2)
    #expect(try desk.peer.notary(["list", desk.repository.name]).contains("v1"))
  }

  /// A host that is reached, or not, before it fails.
  private struct Unanswered: RepositoryHost {
    let real: any RepositoryHost
    let isTaken: Bool
    var name: String { real.name }

    func publish(_ documents: [PublishedDocument]) throws(PublishingError) {
      if isTaken { try real.publish(documents) }
      throw .uncertain("the connection was cut")
    }
    func ownKey(of role: RoleName, isNew: Bool) throws(PublishingError) -> ListedKey {
      try real.ownKey(of: role, isNew: isNew)
    }
    func deleteRepository() throws(PublishingError) { try real.deleteRepository() }
  }

  @Test("Where no answer comes, reading back tells whether it was taken", arguments: [true, false])
  func unanswered(isTaken: Bool) throws {
    let desk = try PublishingDesk(NotaryPeer())
    let publisher = try desk.publisher(Unanswered(real: desk.host, isTaken: isTaken))
    let outcome = Result {
      try publisher.publish(at: PublishingDesk.now) {
        desk.sign("v2", in: &$0)
      } review: { _ in
      }
    }
    switch outcome {
    case .success(let publication): #expect(isTaken && publication != nil)
    case .failure(let error):
      guard case PublicationError.notTaken? = error as? PublicationError else { throw error }
      #expect(!isTaken)
    }
    #expect(try desk.notaryList().contains("v2") == isTaken)
  }

  @Test("Whoever is overtaken takes the other's change, and makes his own on top of it")
  func overtaken() throws {
    let desk = try PublishingDesk(NotaryPeer())
    var seen: [String?] = []
    try desk.publisher().publish(at: PublishingDesk.now) {
      desk.sign("ours", in: &$0)
    } review: {
      seen.append($0.overtaken)
      guard seen.count == 1 else { return }
      try desk.peer.add("theirs", to: desk.repository.name)
      try desk.peer.notary(["publish", desk.repository.name])
    }
    #expect(seen.count == 2 && seen[0] == nil && seen[1] != nil)
    let list = try desk.notaryList()
    #expect(list.contains("ours") && list.contains("theirs"), "\(list)")
  }

  @Test("A delegated role that was taken away comes back with its targets, where notary gives up")
  func returned() throws {
    let desk = try PublishingDesk(NotaryPeer())
    let (name, role) = (desk.repository.name, "targets/releases")
    let alice = try desk.peer.makeDelegationKey("alice")
    try desk.peer.notary(["key", "import", alice.key, "--role", "user"])
    let add = ["delegation", "add", name, role, alice.certificate, "--all-paths", "-p"]
    try desk.peer.notary(add)
    try desk.peer.add("v2", to: name, roles: [role])
    try desk.peer.notary(["publish", name])
    try desk.peer.notary(["delegation", "remove", name, role, "-y", "-p"])
    try desk.peer.notary(add)
    try desk.peer.add("v3", to: name, roles: [role])
    #expect(throws: NotaryPeer.Failure.self) { try desk.peer.notary(["publish", name]) }
    try desk.peer.notary(["reset", name, "--all"])
    try desk.publisher().publish(at: PublishingDesk.now) {
      $0.changeTargets(of: "targets/releases") {
        $0.set("v3", to: .init(sha256: [UInt8](repeating: 9, count: 32), length: 9))
      }
    } review: { _ in
    }
    let list = try desk.notaryList()
    #expect(list.contains("v3") && !list.contains("v2"), "\(list)")
  }

  @Test("Without the key of a role nothing is signed, and the key is named")
  func missing() throws {
    let desk = try PublishingDesk(NotaryPeer())
    struct Nobody: SigningKeySource {
      func holds(_ id: KeyID) -> Bool { false }
      func open(_ key: ListedKey, for entry: SigningPlan.Entry, of repository: Repository) throws -> PrivateSigningKey {
        try PrivateSigningKey(new: .p256)
      }
    }
    let publisher = RepositoryPublisher(to: try desk.host, with: Nobody()) { try desk.read() }
    let error = #expect(throws: PublicationError.self) {
      try publisher.publish(at: PublishingDesk.now) {
        desk.sign("v2", in: &$0)
      } review: { _ in
      }
    }
    let key = try desk.read().trusted.root.keys(of: .targets).keys[0].canonicalID
    #expect(error?.description.contains("\(key)") == true)
  }
}

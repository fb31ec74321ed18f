import ContentChange
import ContentSigning
import ContentTrust
import Glibc
import SignedMetadata
import Stores
import StrictJSON
import TestSupport
import Testing
import TrustModel

/// Repositories that docker and notary cannot mend, mended.
@Suite("Repair", .timeLimit(.minutes(10)))
struct RepairTests {
  /// How long something counts that is to expire, in seconds: time enough to publish it and read it back.
  private static let span: Int64 = 6

  private func wait() { sleep(UInt32(Self.span) + 1) }

  private func publish(
    _ desk: RotationDesk, at now: Timestamp = RotationDesk.now, _ change: (inout RepositoryDraft) throws -> Void
  ) throws {
    try RepositoryPublisher(to: desk.host, with: desk.keys) { try desk.read() }.publish(at: now, change) { _ in }
  }

  /// Publishes a role that expires soon.
  private func age(_ desk: RotationDesk, _ role: RoleName) throws {
    let end = RotationDesk.now.advanced(by: Self.span)
    switch role {
    case .root:
      try publish(desk) {
        $0.renew(.root); $0.changeRoot { $0.head.expires = end }
      }
    case .snapshot: try publish(desk, at: end.advanced(by: -Lifetime.seconds(of: .snapshot))) { $0.renew(.snapshot) }
    default:
      try publish(desk) {
        $0.renew(role); $0.changeTargets(of: role) { $0.head.expires = end }
      }
    }
  }

  @Test(
    "What has expired is refused by docker and notary, mended here, and works again for both",
    arguments: [["targets"], ["snapshot"], ["root"], ["root", "targets", "snapshot"]])
  func expired(roles: [String]) throws {
    let desk = try RotationDesk()
    let readers = try OldReaders(desk)
    for role in roles { try age(desk, RoleName(stringLiteral: role)) }
    wait()
    // Without a timestamp, which its server no longer shows then, who has read it before goes on with that for a while.
    let isHidden = roles.contains("snapshot")
    #expect(try isHidden || (!readers.notarySees("v1") && !readers.dockerSees("v1")))
    #expect((try? OldReaders(desk)) == nil)
    // Neither of their commands helps.
    #expect((try? desk.publish("v2")) == nil)
    #expect(try desk.notaryRotate(["targets"]).status != 0)
    let looked = try desk.keyreeve(["content", "list", RotationDesk.name])
    #expect(looked.status == (roles == ["snapshot"] ? 0 : 16), "\(looked.errorText)")
    let doctor = try desk.doctor()
    for role in roles { #expect(doctor.text.contains("\"\(role)\""), "\(doctor.text)") }
    #expect(doctor.status == 4 && doctor.text.contains("expired"))
    // Nothing is taken beside what has expired.
    #expect(!doctor.text.contains("--role"), "\(doctor.text)")
    let mended = try desk.repair()
    #expect(mended.status == 0, "\(mended.errorText)")
    #expect(try readers.sees("v1"))
    #expect(try OldReaders(desk).sees("v1"))
    #expect(try desk.doctor().status == 0)
    try desk.publish("v2")
    #expect(try readers.sees("v2"))
  }

  @Test("A delegation that has expired counts again, and lists what it listed")
  func delegation() throws {
    let desk = try RotationDesk()
    let signer = try PrivateSigningKey(new: .p256)
    try desk.keyFolder.add(
      signer, SigningKeyHeaders(role: "delegation", repository: nil),
      passphrase: SealedKeyTexts.passphrase("delegation passphrase"))
    let role: RoleName = "targets/releases"
    try publish(desk) {
      $0.changeTargets(of: .targets) {
        $0.delegations = [DelegationDraft(role, keys: [ListedKey(signer.publicKey)], paths: [""])]
      }
    }
    try desk.publish("v2", roles: [role.description])
    let readers = try OldReaders(desk)
    #expect(try readers.sees("v2"))
    try age(desk, role)
    wait()
    #expect(try !readers.notarySees("v2") && !readers.dockerSees("v2"))
    #expect(try desk.doctor().text.contains("expired"))
    let mended = try desk.repair(["--role", role.description])
    #expect(mended.status == 0, "\(mended.errorText)")
    #expect(try readers.sees("v2"))
  }

  /// Gives the root key another certificate, which ends after so many seconds.
  private func certify(_ desk: RotationDesk, for seconds: Int64) throws -> KeyID {
    let old = ListedKey(try desk.read().trusted.root.keys(of: .root).keys[0])
    let key = try PrivateSigningKey(
      PEMKeyBlock(desk.folder.secret(at: ["private", "\(old.canonicalID).key"]).octets),
      passphrase: SealedKeyTexts.passphrase("root passphrase"))
    let short = try RootCertificate(key, for: desk.repository, at: RotationDesk.now, lifetime: seconds)
    let listed = ListedKey(key.publicKey, certificates: short.text)
    try publish(desk) { try KeyChange([KeyReplacement(.root, old: [old], new: listed)]).apply(to: &$0) }
    return old.canonicalID
  }

  @Test("A root certificate that ends soon is given anew for the same key")
  func certificate() throws {
    let desk = try RotationDesk()
    let readers = try OldReaders(desk)
    let key = try certify(desk, for: 60 * 86_400)
    let doctor = try desk.doctor()
    #expect(doctor.status == 4 && doctor.text.contains("certificate-expires-soon"), "\(doctor.text)")
    let mended = try desk.repair()
    #expect(mended.status == 0, "\(mended.errorText)")
    #expect(try desk.serverKeys(.root) == [key] && desk.ledger.record() == RotationRecord())
    #expect(try readers.sees("v1") && OldReaders(desk).sees("v1"))
    #expect(try desk.doctor().status == 0)
  }

  /// notary-server loads the root that it has with all of its rules before it takes another one.
  @Test("Once it has ended, notary-server takes no root any more; nothing is lost, and it is said")
  func endedCertificate() throws {
    let desk = try RotationDesk()
    let key = try certify(desk, for: Self.span)
    wait()
    #expect((try? OldReaders(desk)) == nil)
    #expect(try desk.doctor().text.contains("certificate-expired"))
    let mended = try desk.repair()
    #expect(mended.status == 1 && mended.errorText.contains("taken back"), "\(mended.errorText)")
    #expect(try desk.ledger.record() == RotationRecord() && desk.keys.holds(key))
  }

  @Test("A rotation by notary that failed half-way locks the repository, and is mended", arguments: [false, true])
  func failedRotation(alsoSnapshot: Bool) throws {
    let desk = try RotationDesk()
    let readers = try OldReaders(desk)
    let proxy = try CuttingProxy(to: desk.peer.port)
    try desk.know(proxy.port)
    try proxy.set(.cut)
    let old = try desk.serverKeys(.targets)
    for role in alsoSnapshot ? ["targets", "snapshot"] : ["targets"] {
      #expect(try desk.notaryRotate([role], server: proxy.address).status != 0)
    }
    // Notary has removed the key that its server knows.
    #expect(try desk.serverKeys(.targets) == old && !desk.keys.holds(old[0]))
    try desk.notary(["reset", RotationDesk.name, "--all"])
    #expect((try? desk.publish("v2")) == nil)
    let doctor = try desk.doctor()
    #expect(doctor.status == 4 && doctor.text.contains("rotation-failed"), "\(doctor.text)")
    let mended = try desk.repair()
    #expect(mended.status == 0, "\(mended.errorText)")
    #expect(try desk.holdsItsKeys() && desk.serverKeys(.targets) != old)
    #expect(try readers.sees("v1"))
    try desk.notary(["reset", RotationDesk.name, "--all"])
    try desk.publish("v3")
    #expect(try readers.sees("v3"))
    #expect(try desk.doctor().status == 0)
  }

  @Test("Nothing is mended that needs no mending, nor without the keys")
  func nothing() throws {
    let desk = try RotationDesk()
    let idle = try desk.repair()
    #expect(idle.status == 0 && idle.text.contains("nothing to mend"))
    let root = try desk.serverKeys(.root)[0]
    let targets = try desk.serverKeys(.targets)[0]
    for id in [root, targets] { try desk.machine.remove(RotationDesk.trust + "/private/\(id).key") }
    let helpless = try desk.repair(["--role", "targets"])
    #expect(helpless.status == 11 && helpless.errorText.contains("\(targets)"), "\(helpless.errorText)")
    let soon = try desk.doctor(["--within", "4y"])
    #expect(soon.status == 4 && soon.text.contains("expires-soon"), "\(soon.text)")
  }

  @Test("A lost targets key is replaced only where the role is named")
  func lostKey() throws {
    let desk = try RotationDesk()
    let targets = try desk.serverKeys(.targets)[0]
    try desk.machine.remove(RotationDesk.trust + "/private/\(targets).key")
    #expect(try desk.repair().text.contains("nothing to mend"))
    let doctor = try desk.doctor()
    #expect(doctor.status == 4 && doctor.text.contains("missing-key"), "\(doctor.text)")
    let mended = try desk.repair(["--role", "targets"])
    #expect(mended.status == 0, "\(mended.errorText)")
    try desk.publish("v2")
    #expect(try OldReaders(desk).sees("v2"))
  }
}

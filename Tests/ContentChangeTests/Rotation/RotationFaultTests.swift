import ContentChange
import ContentSigning
import ContentTrust
import SignedMetadata
import TestSupport
import Testing
import TrustModel

/// Uploads that fail in every way, at every kind of rotation: afterwards the old state or the new one, and no key lost.
@Suite("Rotations whose upload fails", .timeLimit(.minutes(10)))
struct RotationFaultTests {
  /// A role, and whether the server holds the new key.
  static let cases: [(RoleName, Bool)] = [
    (.root, false), (.targets, false), (.snapshot, false), (.snapshot, true), (.timestamp, true),
  ]

  enum Fault: CaseIterable { case refused, cut, lost, late }

  /// A host that fails once.
  private final class FaultyHost: RepositoryHost {
    let real: any RepositoryHost
    let fault: Fault
    private(set) var held: [PublishedDocument] = []

    init(_ real: any RepositoryHost, _ fault: Fault) { (self.real, self.fault) = (real, fault) }

    var name: String { real.name }

    func publish(_ documents: [PublishedDocument]) throws(PublishingError) {
      switch fault {
      case .refused: throw .refused(code: "UPDATING", "nothing was written")
      case .cut: throw .uncertain("status 500")
      case .lost: try real.publish(documents)
      case .late: held = documents
      }
      throw .uncertain("the connection was cut")
    }
    func ownKey(of role: RoleName, isNew: Bool) throws(PublishingError) -> ListedKey {
      try real.ownKey(of: role, isNew: isNew)
    }
    func deleteRepository() throws(PublishingError) { try real.deleteRepository() }

    /// What was on its way comes in.
    func land() throws(PublishingError) { try real.publish(held) }
  }

  private func change(_ desk: RotationDesk, _ role: RoleName, _ isServerSide: Bool) throws -> KeyChange {
    let root = try desk.read().trusted.root
    let old = try KeyReplacement.outgoing(role, of: root, named: [], repository: desk.repository)
    if isServerSide {
      return KeyChange([KeyReplacement(role, old: old, new: try desk.host.ownKey(of: role, isNew: true))])
    }
    let key = try PrivateSigningKey(new: .p256)
    let unfiled = UnfiledKey(
      key, SigningKeyHeaders(role: role.description, repository: desk.repository.name),
      passphrase: SealedKeyTexts.passphrase("\(role) passphrase"))
    guard role == .root else {
      return KeyChange([KeyReplacement(role, old: old, new: ListedKey(key.publicKey), unfiled: unfiled)])
    }
    let certificate = try RootCertificate(key, for: desk.repository, at: RotationDesk.now)
    let listed = ListedKey(key.publicKey, certificates: certificate.text)
    return KeyChange([KeyReplacement(role, old: old, new: listed, unfiled: unfiled)])
  }

  private func rotate(_ desk: RotationDesk, _ change: KeyChange, _ host: FaultyHost) -> (any Error)? {
    let rotation = KeyRotation(
      desk.ledger, desk.keyFolder, to: host, with: desk.keys, reading: { try desk.read() }, say: { _ in })
    do {
      try rotation.run(change, at: RotationDesk.now) { _ in }
      return nil
    } catch {
      return error
    }
  }

  private func settle(_ desk: RotationDesk, after seconds: Int64 = 0) throws -> [RotationSettlement.Outcome] {
    try RotationSettlement(desk.ledger, desk.keyFolder) { _ in }
      .settle(try desk.read(), from: desk.host.name, at: RotationDesk.now.advanced(by: seconds))
  }

  private func check(_ desk: RotationDesk, _ change: KeyChange, isNew: Bool) throws {
    let replacement = change.replacements[0]
    #expect(try desk.serverKeys(replacement.role).contains(replacement.new.canonicalID) == isNew)
    #expect(try desk.holdsItsKeys())
    if let key = replacement.unfiled?.key.id, isNew { #expect(desk.keys.holds(key)) }
    #expect(replacement.role == .timestamp || replacement.old.allSatisfy { desk.keys.holds($0.canonicalID) })
  }

  @Test("What is refused is taken back at once", arguments: cases)
  func refused(role: RoleName, isServerSide: Bool) throws {
    let desk = try RotationDesk()
    let change = try change(desk, role, isServerSide)
    let error = rotate(desk, change, FaultyHost(try desk.host, .refused))
    guard case RotationError.takenBack? = error as? RotationError else {
      Issue.record("\(String(describing: error))")
      return
    }
    try check(desk, change, isNew: false)
    if let key = change.replacements[0].unfiled?.key.id { #expect(!desk.keys.holds(key)) }
    #expect(try desk.ledger.record() == RotationRecord())
    #expect(try desk.doctor().status == 0)
    try desk.publish("v2")
  }

  @Test("An answer that is lost changes nothing: reading back shows the new state", arguments: cases)
  func lost(role: RoleName, isServerSide: Bool) throws {
    let desk = try RotationDesk()
    let change = try change(desk, role, isServerSide)
    #expect(rotate(desk, change, FaultyHost(try desk.host, .lost)) == nil)
    try check(desk, change, isNew: true)
    #expect(try desk.ledger.record().underWay.isEmpty)
    try desk.publish("v2")
  }

  @Test("What was cut keeps its keys until the server can no longer take it", arguments: cases)
  func cut(role: RoleName, isServerSide: Bool) throws {
    let desk = try RotationDesk()
    let change = try change(desk, role, isServerSide)
    let error = rotate(desk, change, FaultyHost(try desk.host, .cut))
    guard case RotationError.open? = error as? RotationError else {
      Issue.record("\(String(describing: error))")
      return
    }
    try check(desk, change, isNew: false)
    let doctor = try desk.doctor()
    #expect(doctor.status == 4 && doctor.text.contains("rotation-interrupted") && doctor.text.contains("the old state"))
    #expect(try settle(desk) == [.waiting])
    if let key = change.replacements[0].unfiled?.key.id { #expect(desk.keys.holds(key)) }
    #expect(try settle(desk, after: RotationSettlement.patience + 60) == [.takenBack])
    if let key = change.replacements[0].unfiled?.key.id { #expect(!desk.keys.holds(key)) }
    try check(desk, change, isNew: false)
    try desk.publish("v2")
    #expect(try desk.doctor().status == 0)
  }

  @Test("What comes in after everybody gave up finds its keys", arguments: cases)
  func late(role: RoleName, isServerSide: Bool) throws {
    let desk = try RotationDesk()
    let change = try change(desk, role, isServerSide)
    let host = FaultyHost(try desk.host, .late)
    #expect(rotate(desk, change, host) is RotationError)
    #expect(try settle(desk) == [.waiting])
    try host.land()
    let doctor = try desk.doctor()
    #expect(doctor.status == 4 && doctor.text.contains("the new state"), "\(doctor.text)")
    #expect(try settle(desk) == [.finished])
    try check(desk, change, isNew: true)
    #expect(try desk.ledger.record().superseded.map(\.key) == change.replacements[0].old.map(\.canonicalID))
    try desk.publish("v2")
    #expect(try desk.doctor().status == 0)
  }

  @Test("Once somebody else has published, what was late is refused, and taken back")
  func overtaken() throws {
    let desk = try RotationDesk()
    let change = try change(desk, .targets, false)
    let host = FaultyHost(try desk.host, .late)
    #expect(rotate(desk, change, host) is RotationError)
    try desk.publish("v2")
    #expect(try settle(desk) == [.takenBack])
    #expect(throws: PublishingError.self) { try host.land() }
    try check(desk, change, isNew: false)
    // Another server says nothing of it.
    let second = try self.change(desk, .targets, false)
    #expect(rotate(desk, second, FaultyHost(try desk.host, .cut)) is RotationError)
    let outcome = try RotationSettlement(desk.ledger, desk.keyFolder) { _ in }
      .settle(try desk.read(), from: "https://other.example", at: RotationDesk.now.advanced(by: 1_000_000))
    #expect(outcome == [.waiting])
  }

  @Test(
    "Over the network: cut, and with the answer lost", arguments: [["root"], ["targets"], ["snapshot", "--local"]],
    [CuttingProxy.Mode.cut, .mute])
  func network(words: [String], mode: CuttingProxy.Mode) throws {
    let desk = try RotationDesk()
    let proxy = try CuttingProxy(to: desk.peer.port)
    try desk.know(proxy.port)
    let role = RoleName(stringLiteral: words[0])
    let old = try desk.serverKeys(role)
    try proxy.set(mode)
    let outcome = try desk.rotate(words, server: proxy.address)
    #expect(outcome.status == (mode == .mute ? 0 : 1), "\(outcome.errorText)")
    try proxy.set(.pass)
    #expect(try (desk.serverKeys(role) == old) == (mode == .cut))
    #expect(try desk.holdsItsKeys())
    let doctor = try desk.doctor(server: proxy.address)
    #expect(doctor.text.contains("rotation-interrupted") == (mode == .cut), "\(doctor.text)")
    let again = try desk.rotate(words, server: proxy.address)
    #expect(again.status == 0, "\(again.errorText)")
    #expect(try desk.repair(server: proxy.address).status == 0)
    #expect(try desk.ledger.record().underWay.isEmpty)
    try desk.publish("v2")
  }
}

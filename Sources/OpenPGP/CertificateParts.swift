internal import TrustModel

/// The packets of one certificate, sorted as they come: what a user id or subkey is followed by belongs to it.
struct CertificateParts {
  struct Signed<Value> {
    let value: Value
    var signatures: [(packet: Packet, signature: SignaturePacket)] = []
  }

  private enum Place { case primary, userID, subkey, attribute }

  let limits: OpenPGPLimits
  private(set) var primary: Signed<PublicKey>?
  private(set) var userIDs: [Signed<UserID>] = []
  private(set) var subkeys: [Signed<PublicKey>] = []
  private(set) var subkeyRevocations: [(packet: Packet, signature: SignaturePacket)] = []
  private(set) var remarks: [CertificateRemark] = []
  private(set) var original: [UInt8] = []
  private var place = Place.primary
  private var attributes = 0
  private var foreignCertifications = 0
  private var signatures = 0

  init(limits: OpenPGPLimits) { self.limits = limits }

  mutating func add(_ packet: Packet) throws(CertificateError) {
    switch packet.tag {
    case Packet.Tag.publicKey: primary = Signed(value: try PublicKey(packet))
    case Packet.Tag.publicSubkey:
      guard subkeys.count < limits.subkeys else { throw .tooMany("subkeys", limit: limits.subkeys) }
      subkeys.append(Signed(value: try PublicKey(packet)))
      place = .subkey
    case Packet.Tag.userID, Packet.Tag.userAttribute: try addUser(packet)
    case Packet.Tag.signature: try addSignature(packet)
    // Local to a key ring, or nothing at all: means nothing here and is not stored.
    case Packet.Tag.trust, Packet.Tag.marker: return
    default: throw .malformed("a packet with tag \(packet.tag) in a certificate")
    }
    original += packet.encoded
  }

  private mutating func addUser(_ packet: Packet) throws(CertificateError) {
    guard userIDs.count + attributes < limits.userIDs else { throw .tooMany("user ids", limit: limits.userIDs) }
    guard packet.tag == Packet.Tag.userID else {
      attributes += 1
      place = .attribute
      return
    }
    guard packet.body.count <= limits.userIDOctets else { throw .tooLong("user id", limit: limits.userIDOctets) }
    let userID = UserID(octets: Array(packet.body))
    if userID.visible.hadHiddenCharacters { remarks.append(.hiddenCharacters(userID: userIDs.count)) }
    userIDs.append(Signed(value: userID))
    place = .userID
  }

  private mutating func addSignature(_ packet: Packet) throws(CertificateError) {
    signatures += 1
    guard signatures <= limits.signaturesPerCertificate else {
      throw .tooMany("signatures", limit: limits.signaturesPerCertificate)
    }
    guard packet.body.count <= limits.signatureOctets else {
      throw .tooLong("signature", limit: limits.signatureOctets)
    }
    guard let version = packet.body.first else { throw .malformed("empty signature packet") }
    guard (2...4).contains(version) else { return remarks.append(.unsupportedSignature(version: version)) }
    let signature: SignaturePacket
    do throws(Malformed) { signature = try SignaturePacket(packet.body, subpackets: limits.subpackets) } catch {
      throw .malformed(error.what)
    }
    guard let key = primary?.value else { throw .malformed("a signature before the key") }
    guard signature.type != 0x28 || subkeyRevocations.count < limits.subkeys else {
      throw .tooMany("subkey revocations", limit: limits.subkeys)
    }
    guard signature.mayBe(by: key.fingerprint) else { return noteForeign(signature) }
    place(packet, signature)
  }

  private mutating func noteForeign(_ signature: SignaturePacket) {
    if signature.type == 0x20 {
      remarks.append(.foreignRevocation)
    } else {
      foreignCertifications += 1
    }
  }

  /// Revocations count wherever they stand: gpg itself overlooks those in another place.
  private mutating func place(_ packet: Packet, _ signature: SignaturePacket) {
    if !signature.hash.isAccepted {
      remarks.append(.weakSelfSignature(signature.hash, type: signature.type))
    }
    switch (place, signature.type) {
    case (_, 0x20), (.primary, 0x1f): primary?.signatures.append((packet, signature))
    case (.userID, 0x10...0x13), (.userID, 0x30):
      userIDs[userIDs.count - 1].signatures.append((packet, signature))
    // Which subkey it revokes only the engine can tell: each is shown all of them.
    case (_, 0x28): subkeyRevocations.append((packet, signature))
    case (.subkey, 0x18): subkeys[subkeys.count - 1].signatures.append((packet, signature))
    case (.attribute, _): return
    default: remarks.append(.misplacedSignature(type: signature.type))
    }
  }

  /// Remarks that can only be made at the end.
  var closingRemarks: [CertificateRemark] {
    var closing: [CertificateRemark] = []
    if foreignCertifications > 0 { closing.append(.foreignCertifications(foreignCertifications)) }
    if attributes > 0 { closing.append(.userAttributes(attributes)) }
    for (index, userID) in userIDs.enumerated() where !userID.signatures.contains(where: { $0.signature.type < 0x20 }) {
      closing.append(.userIDWithoutSelfSignature(index))
    }
    for subkey in subkeys where !subkey.signatures.contains(where: { $0.signature.type == 0x18 }) {
      closing.append(.unboundSubkey(subkey.value.fingerprint))
    }
    return closing
  }
}

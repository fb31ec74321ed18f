internal import TrustModel

extension CertificateParts {
  /// The certificate that these packets make.
  func assemble(hasTextAround: Bool) throws(CertificateError) -> Certificate {
    guard let primary else { throw .malformed("no key in the file") }
    let revocation = primary.signatures.last { $0.signature.type == 0x20 }?.signature
    return Certificate(
      userIDs: userIDs.map(\.value),
      subkeys: subkeys.map {
        Subkey(key: $0.value, backSignatures: $0.signatures.flatMap { embedded(in: $0.signature) })
      },
      claimedExpiry: claimedExpiry(of: primary),
      isClaimedRevoked: revocation != nil,
      revocationReason: revocation.flatMap(Self.reason),
      remarks: remarks + closingRemarks + (hasTextAround ? [.textAroundArmor] : []),
      octets: canonical(primary),
      original: original,
      primary: primary.value,
      selfSignatures: userIDs.map { $0.signatures.map(\.signature).filter { (0x10...0x13).contains($0.type) } })
  }

  private func canonical(_ primary: Signed<PublicKey>) -> [UInt8] {
    var octets = Packet(tag: Packet.Tag.publicKey, body: primary.value.body[...]).encoded
    for type: UInt8 in [0x20, 0x1f] { octets += encoded(primary.signatures) { $0 == type } }
    for userID in userIDs {
      octets += Packet(tag: Packet.Tag.userID, body: userID.value.octets[...]).encoded
      octets += encoded(userID.signatures) { _ in true }
    }
    for subkey in subkeys {
      octets += Packet(tag: Packet.Tag.publicSubkey, body: subkey.value.body[...]).encoded
      // gpg takes a binding that stands before the revocation for the last word.
      octets += encoded(subkeyRevocations) { _ in true }
      octets += encoded(subkey.signatures) { $0 == 0x18 }
    }
    return octets
  }

  private func encoded(
    _ signatures: [(packet: Packet, signature: SignaturePacket)], where isWanted: (UInt8) -> Bool
  ) -> [UInt8] {
    signatures.filter { isWanted($0.signature.type) }.flatMap(\.packet.encoded)
  }

  /// By the newest signature over a user id or the key itself.
  private func claimedExpiry(of primary: Signed<PublicKey>) -> Timestamp? {
    let all = (primary.signatures + userIDs.flatMap(\.signatures)).map(\.signature)
    let claims = all.filter { (0x10...0x13).contains($0.type) || $0.type == 0x1f }
    let newest = claims.max { ($0.created?.seconds ?? 0) < ($1.created?.seconds ?? 0) }
    guard let seconds = newest?.signed(Subpacket.Kind.keyExpires)?.number, seconds > 0 else { return nil }
    return primary.value.created.advanced(by: Int64(seconds))
  }

  private func embedded(in binding: SignaturePacket) -> [SignaturePacket] {
    guard binding.type == 0x18 else { return [] }
    return (binding.hashed + binding.unhashed).filter { $0.kind == Subpacket.Kind.embeddedSignature }
      .compactMap { try? SignaturePacket($0.body, subpackets: limits.subpackets) }.filter { $0.type == 0x19 }
  }

  /// Source of the codes: RFC 4880, section 5.2.3.23.
  private static func reason(of revocation: SignaturePacket) -> String? {
    guard let body = revocation.signed(Subpacket.Kind.revocationReason)?.body, let code = body.first else { return nil }
    let meaning: String? =
      switch code {
      case 0: nil
      case 1: "superseded"
      case 2: "compromised"
      case 3: "no longer used"
      case 32: "user id no longer valid"
      default: "reason \(code)"
      }
    let text = VisibleText(octets: body.dropFirst(), limit: 200).description
    let parts = [meaning, text.isEmpty ? nil : text].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: ": ")
  }
}

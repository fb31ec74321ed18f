public import TrustModel

/// Whether one key's owner says of another key that it is whose its user ids name (signature types 0x10 to 0x13).
///
/// A publisher who changes keys certifies the new one by the old one: whoever trusted the old key has then more to go by
/// than a web page. Source: RFC 4880, section 5.2.1.
public enum Certification: Sendable, Equatable {
  /// The key carries no certification that names the other key as its maker.
  case none
  /// It carries a good one, made at that moment.
  case good(Timestamp)
  /// It carries one that does not hold, for this reason.
  case bad(String)

  /// How many certifications that name the signer are tried.
  public static let limit = 64

  /// The certification of `certificate` by the primary key of `signer`, as of `now`.
  ///
  /// The best one counts; one that was revoked by its maker afterwards does not.
  public static func of(
    _ certificate: Certificate, by signer: Certificate, at now: Timestamp
  ) -> Certification {
    var results: [Certification] = []
    for (userID, signatures) in certificate.certifications(naming: signer.fingerprint).prefix(limit) {
      let revoked = signatures.filter { $0.type == 0x30 && matches($0, userID, certificate, signer) }
        .compactMap(\.created).max()
      for signature in signatures.prefix(limit) where (0x10...0x13).contains(signature.type) {
        results.append(
          check(signature, userID, certificate, signer, revokedAt: revoked, now))
      }
    }
    let good = results.compactMap { if case .good(let moment) = $0 { moment } else { nil } }
    if let newest = good.max() { return .good(newest) }
    return results.first ?? .none
  }

  private static func check(
    _ signature: SignaturePacket, _ userID: UserID, _ certificate: Certificate, _ signer: Certificate,
    revokedAt revoked: Timestamp?, _ now: Timestamp
  ) -> Certification {
    if let obstacle = SignatureCheck.unsound(signature) { return .bad(obstacle) }
    guard signature.hash.isAccepted else { return .bad("made with \(signature.hash), which no longer counts") }
    guard matches(signature, userID, certificate, signer) else { return .bad("it does not match") }
    guard let created = signature.created else { return .bad("no creation time") }
    if created > now.advanced(by: CertificateJudge.clockGrace) { return .bad("dated in the future (\(created))") }
    if created < signer.created { return .bad("older than the key that made it") }
    if let seconds = signature.signed(Subpacket.Kind.expires)?.number, seconds > 0,
      created.advanced(by: Int64(seconds)) <= now
    {
      return .bad("its validity has ended")
    }
    if let end = signer.claimedExpiry, created > end { return .bad("made after its key had expired") }
    if let revoked, revoked >= created { return .bad("taken back by its maker on \(revoked)") }
    return .good(created)
  }

  private static func matches(
    _ signature: SignaturePacket, _ userID: UserID, _ certificate: Certificate, _ signer: Certificate
  ) -> Bool {
    SelfSignature.outcome(signature, over: userID, of: certificate.primary, by: signer.primary) == .matches
  }
}

extension Certificate {
  /// For each user id, the certifications and their revocations that name `fingerprint` as their maker.
  fileprivate func certifications(naming fingerprint: Fingerprint) -> [(UserID, [SignaturePacket])] {
    var found: [(UserID, [SignaturePacket])] = []
    var reader = OctetReader(original[...])
    var isBehindUserID = false
    // The octets were read before: what cannot be read a second time ends the search.
    while !reader.isAtEnd, let packet = try? Packet.next(&reader) {
      switch packet.tag {
      case Packet.Tag.userID:
        found.append((UserID(octets: Array(packet.body)), []))
        isBehindUserID = true
      case Packet.Tag.signature where isBehindUserID:
        guard let signature = try? SignaturePacket(packet.body, subpackets: OpenPGPLimits.standard.subpackets),
          signature.version == 4, (0x10...0x13).contains(signature.type) || signature.type == 0x30,
          signature.namesIssuer, signature.mayBe(by: fingerprint)
        else { continue }
        found[found.count - 1].1.append(signature)
      case Packet.Tag.signature: continue
      default: isBehindUserID = false
      }
    }
    return found.filter { !$0.1.isEmpty }
  }
}

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

  /// How many certifications that name the signer are tried, and how many revocations of them.
  public static let limit = 64

  /// The certification of `certificate` by the primary key of `signer`, as of `now`.
  ///
  /// The best one counts; one that was revoked by its maker afterwards does not.
  public static func of(
    _ certificate: Certificate, by signer: Certificate, at now: Timestamp
  ) -> Certification {
    let named = certificate.signatures.filter { $0.userID != nil && $0.signature.isCertification(by: signer) }
    let certifications = named.filter { $0.signature.type != 0x30 }.prefix(limit)
    guard !certifications.isEmpty else { return .none }
    let maker = Maker(signer)
    let revocations = named.filter { $0.signature.type == 0x30 }.prefix(limit).filter {
      maker.matches($0.signature, $0.userID, certificate)
    }
    let results = certifications.map { userID, signature in
      let moments = revocations.filter { $0.userID == userID }.compactMap(\.signature.created)
      return maker.check(signature, userID, certificate, revokedAt: moments.max(), now)
    }
    let good = results.compactMap { if case .good(let moment) = $0 { moment } else { nil } }
    return good.max().map(Certification.good) ?? results.first ?? .none
  }
}

/// The old key: what has to be known of it to believe what it certified.
private struct Maker {
  private let certificate: Certificate
  private let revocation: KeyRevocation?

  init(_ certificate: Certificate) {
    self.certificate = certificate
    revocation = KeyRevocation(of: certificate)
  }

  func check(
    _ signature: SignaturePacket, _ userID: UserID?, _ subject: Certificate, revokedAt revoked: Timestamp?,
    _ now: Timestamp
  ) -> Certification {
    if let obstacle = SignatureCheck.unsound(signature) { return .bad(obstacle) }
    guard signature.hash.isAccepted else { return .bad("made with \(signature.hash), which no longer counts") }
    if let weakness = certificate.algorithm.weakness { return .bad("the old key is too weak: \(weakness)") }
    if let shortage = certificate.algorithm.shortage(of: signature.hash) { return .bad(shortage) }
    guard matches(signature, userID, subject) else { return .bad("it does not match") }
    guard let created = signature.created else { return .bad("no creation time") }
    if created > now.advanced(by: CertificateJudge.clockGrace) { return .bad("dated in the future (\(created))") }
    if let end = signature.expires, end <= now { return .bad("its validity ended \(end)") }
    if let revoked, revoked >= created { return .bad("taken back by its maker on \(revoked)") }
    return period(created) ?? .good(created)
  }

  func matches(_ signature: SignaturePacket, _ userID: UserID?, _ subject: Certificate) -> Bool {
    guard let userID else { return false }
    return SelfSignature.outcome(signature, over: userID, of: subject.primary, by: certificate.primary) == .matches
  }

  /// What is wrong with the moment at which it was made, as far as the old key goes.
  private func period(_ created: Timestamp) -> Certification? {
    if created < certificate.created { return .bad("older than the key that made it") }
    if let end = certificate.claimedExpiry, created >= end { return .bad("made after its key had expired (\(end))") }
    guard let revocation, !revocation.spares(created) else { return nil }
    return .bad(
      revocation.isHard
        ? "the old key is revoked, as compromised or without a reason: whoever has it can make such signatures"
        : "made after its key had been revoked")
  }
}

extension SignaturePacket {
  /// When the signature's own validity ends; nil for never.
  fileprivate var expires: Timestamp? {
    guard let seconds = signed(Subpacket.Kind.expires)?.number, seconds > 0 else { return nil }
    return created?.advanced(by: Int64(seconds))
  }

  /// Whether it is a certification, or the revocation of one, that names that key as its maker.
  fileprivate func isCertification(by signer: Certificate) -> Bool {
    version == 4 && ((0x10...0x13).contains(type) || type == 0x30) && namesIssuer && mayBe(by: signer.fingerprint)
  }
}

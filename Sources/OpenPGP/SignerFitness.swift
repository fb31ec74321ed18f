internal import TrustModel

/// Whether a key that made a signature may count, by what the engine said of it and by its back-signature.
struct SignerFitness {
  let certificate: Certificate
  let judgement: Judgement?
  /// The primary key or subkey whose numbers match.
  let key: PublicKey
  let now: Timestamp

  /// Why it may not, the gravest reason first; nil where it may.
  var refusal: (status: SignatureReport.Status, detail: String?)? {
    guard let judgement, judgement.primary.fingerprint == certificate.fingerprint,
      let signing = judgement.key(key.fingerprint)
    else { return (.undetermined, "the key could not be judged") }
    return revocation(judgement, signing) ?? usage(judgement, signing) ?? period(judgement, signing) ?? weakness
  }

  private func revocation(
    _ judgement: Judgement, _ signing: Judgement.SigningKey
  ) -> (status: SignatureReport.Status, detail: String?)? {
    if case .revoked(let reason) = judgement.validity {
      return (.keyRevoked, "the key is revoked" + (reason.map { " (\($0))" } ?? ""))
    }
    return signing.isRevoked ? (.keyRevoked, "the signing subkey is revoked") : nil
  }

  private func usage(
    _ judgement: Judgement, _ signing: Judgement.SigningKey
  ) -> (status: SignatureReport.Status, detail: String?)? {
    if case .invalid(let reason) = judgement.validity { return (.keyUnusable, reason) }
    // An expired or future key can do nothing in the engine's eyes: its date is the reason to give.
    if signing.isExpired || period(judgement, signing) != nil { return nil }
    if signing.isInvalid { return (.keyUnusable, "the signing subkey is not bound to its primary key") }
    guard signing.canSign else { return (.keyUnusable, "the key may not sign data") }
    guard let subkey = certificate.subkeys.first(where: { $0.fingerprint == key.fingerprint }) else { return nil }
    return BackSignature.refusal(of: subkey, to: certificate.primary, at: now).map { (.keyUnusable, $0) }
  }

  private func period(
    _ judgement: Judgement, _ signing: Judgement.SigningKey
  ) -> (status: SignatureReport.Status, detail: String?)? {
    if judgement.validity == .notYetValid { return (.notYetValid, "the key is dated \(certificate.created)") }
    if key.created > now.advanced(by: CertificateJudge.clockGrace) {
      return (.notYetValid, "the signing subkey is dated \(key.created)")
    }
    if case .expired(let end) = judgement.validity {
      return (.keyExpired, "the key expired" + (end.map { " \($0)" } ?? ""))
    }
    return signing.isExpired
      ? (.keyExpired, "the signing subkey expired" + (signing.expires.map { " \($0)" } ?? "")) : nil
  }

  private var weakness: (status: SignatureReport.Status, detail: String?)? {
    let weak = key.algorithm.weakness ?? certificate.algorithm.weakness
    return weak.map { (.keyWeak, $0) }
  }
}

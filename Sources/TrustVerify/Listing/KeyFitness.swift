internal import OpenPGP
internal import TrustModel

/// Whether a key by itself is fit to vouch, wherever its file lies.
enum KeyFitness {
  /// The status that the key alone earns, and why it is not `trusted`.
  ///
  /// Without a judgement this rests on unverified self-signatures: enough for a first listing, never for a verdict.
  static func status(
    of certificate: Certificate, _ judgement: Judgement?, failure: EngineError?, at now: Timestamp
  ) -> (KeyStatus, String?) {
    if let failure { return (.invalid, "could not be judged: \(failure)") }
    guard let judgement else { return claimed(certificate, at: now) }
    switch judgement.validity {
    case .revoked(let reason): return (.revoked, reason)
    case .expired: return (.expired, nil)
    case .notYetValid: return (.invalid, "dated in the future (\(certificate.created))")
    case .invalid(let problem): return (.invalid, problem)
    case .valid: break
    }
    if let expires = judgement.expires, expires <= now { return (.expired, nil) }
    let signers = judgement.keys.filter { $0.canSign && !$0.isRevoked && !$0.isExpired && !$0.isInvalid }
    if signers.isEmpty { return (.invalid, "no key in it may sign data") }
    if signers.contains(where: { $0.algorithm.weakness == nil }) {
      return certificate.algorithm.weakness.map { (.weak, $0) } ?? (.trusted, nil)
    }
    return (.weak, signers.first?.algorithm.weakness)
  }

  private static func claimed(_ certificate: Certificate, at now: Timestamp) -> (KeyStatus, String?) {
    if certificate.isClaimedRevoked { return (.revoked, certificate.revocationReason) }
    if let weakness = certificate.algorithm.weakness { return (.weak, weakness) }
    if let expires = certificate.claimedExpiry, expires <= now { return (.expired, nil) }
    return (.trusted, nil)
  }
}

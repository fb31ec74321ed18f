internal import Discovery
internal import Fetch
internal import OpenPGP
internal import TrustModel
internal import TrustVerify

extension SiteCheck {
  /// The keys at what pages name, each address asked once.
  mutating func keys(_ endpoints: [KeyEndpoint]) -> [Certificate] {
    var found: [Certificate] = []
    for endpoint in endpoints {
      if seenKeys[endpoint.address] == nil { seenKeys[endpoint.address] = readKeys(at: endpoint.address) }
      found += seenKeys[endpoint.address] ?? []
    }
    return found
  }

  private mutating func readKeys(at address: Address) -> [Certificate] {
    let subject = address.description
    do {
      let octets = try ground.file(address, .key).get()
      let certificates = try Certificate.readAll(octets)
      steps.append(
        SiteStep("keys", subject, .fine, "\(certificates.count) public key\(certificates.count == 1 ? "" : "s")"))
      let reading = SignatureReading([], by: certificates, at: now)
      for certificate in certificates { report(certificate, reading.judgement(of: certificate)) }
      return certificates
    } catch let obstacle as SiteObstacle {
      steps.append(SiteStep("keys", subject, .error, obstacle.reason))
    } catch {
      steps.append(SiteStep("keys", subject, .error, "no public keys: \(error)"))
    }
    return []
  }

  private mutating func report(_ certificate: Certificate, _ judgement: Judgement?) {
    let subject = certificate.fingerprint.description
    let (outcome, message): (SiteStep.Outcome, String) =
      switch judgement?.validity {
      case nil: (.error, "it could not be judged")
      case .invalid(let why): (.error, "it is invalid: \(why)")
      case .expired(let end): (.error, "it expired" + (end.map { " \($0.date)" } ?? ""))
      // A revocation has to be found by those who trust the key.
      case .revoked: (.note, "it is revoked")
      case .notYetValid: (.error, "it is dated in the future")
      case .valid: validity(certificate, judgement?.expires)
      }
    steps.append(SiteStep("key", subject, outcome, message))
  }

  private func validity(_ certificate: Certificate, _ expires: Timestamp?) -> (SiteStep.Outcome, String) {
    if let weakness = certificate.algorithm.weakness { return (.error, "it is too weak: \(weakness)") }
    guard let expires else { return (.fine, "\(certificate.algorithm), never expires") }
    let isSoon = expires.days(since: now) < Self.expiryDays
    return (isSoon ? .warning : .fine, "\(certificate.algorithm), expires \(expires.date)")
  }
}

public import TrustModel

/// Checks a detached signature over data by the keys of one certificate.
public enum SignatureCheck {
  /// The certificates that may have made the signature by its hints, which can lie; none where it has none.
  public static func candidates(
    for signature: DetachedSignature, in certificates: [Certificate]
  ) -> [Certificate] {
    certificates.filter { !keys(of: $0, for: signature).isEmpty }
  }

  /// What becomes of a signature over `content` by `certificate`, as of `now`.
  ///
  /// Judged in this order, the first that applies is reported:
  /// 1. `unsupported`: not type 0x00, no single signed creation time, an unknown critical subpacket or a critical
  ///    notation, an unknown hash; `unknownKey` without a certificate; `weakHash`.
  /// 2. `keyWeak` for keys that no arithmetic is done with; `bad` where the numbers do not match the bytes, whatever
  ///    else is wrong with the key.
  /// 3. Of a signature that matches: `undetermined` without judgement or digest; `keyRevoked` (certificate or signing
  ///    subkey); `keyUnusable` (invalid, may not sign, no good back-signature); `notYetValid` (key in the future);
  ///    `keyExpired`; `keyWeak` (the primary key of a good subkey); `signatureExpired`; `notYetValid` (signature in
  ///    the future, or older than its key); `good`.
  ///
  /// The fingerprint reported is that of the key whose numbers match, never a hint, but for awaited content.
  public static func report(
    _ signature: DetachedSignature, by certificate: Certificate?, judgement: Judgement?, over content: SignedContent,
    at now: Timestamp
  ) -> SignatureReport {
    var report = SignatureReport(
      status: .unknownKey, claimedKeyID: signature.issuerKeyID, hash: signature.hash, created: signature.created,
      detail: "made by no key that is known here")
    if let obstacle = obstacle(signature.packet) {
      (report.status, report.detail) = (.unsupported, obstacle)
      return report
    }
    guard let certificate else { return report }
    report.claimedKeyID = nil
    report.primaryFingerprint = certificate.fingerprint
    report.userIDs = certificate.userIDs.map(\.visible.description)
    guard signature.hash.isAccepted else {
      note(keys(of: certificate, for: signature).first, in: &report)
      (report.status, report.detail) = (.weakHash, "made with \(signature.hash), which no longer counts")
      return report
    }
    let signer = signer(of: signature, in: certificate, content)
    note(signer.key, in: &report)
    (report.status, report.detail) = signer.refusal ?? (.good, nil)
    if signer.refusal == nil, let key = signer.key, let shortage = key.algorithm.shortage(of: signature.hash) {
      (report.status, report.detail) = (.weakHash, shortage)
    } else if signer.refusal == nil, let key = signer.key {
      let fitness = SignerFitness(certificate: certificate, judgement: judgement, key: key, now: now)
      (report.status, report.detail) = fitness.refusal ?? timing(signature, key, at: now) ?? (.good, nil)
    }
    return report
  }

  /// What becomes of a signature over data that was read.
  public static func report(
    _ signature: DetachedSignature, by certificate: Certificate?, judgement: Judgement?, data: DataDigest,
    at now: Timestamp
  ) -> SignatureReport {
    report(signature, by: certificate, judgement: judgement, over: .read(data), at: now)
  }

  private static func note(_ key: PublicKey?, in report: inout SignatureReport) {
    report.fingerprint = key?.fingerprint
    report.algorithm = key?.algorithm
  }

  /// Primary key and subkeys that the hints allow.
  ///
  /// A signature that names no issuer may be nobody's: trying every key there is would only cost time.
  private static func keys(of certificate: Certificate, for signature: DetachedSignature) -> [PublicKey] {
    guard signature.packet.namesIssuer else { return [] }
    return ([certificate.primary] + certificate.subkeys.map(\.key)).filter {
      signature.packet.mayBe(by: $0.fingerprint)
    }
  }

  private typealias Signer = (key: PublicKey?, refusal: (SignatureReport.Status, String?)?)

  /// The key that made the signature, or the one that was asked and why it does not count.
  private static func signer(
    of signature: DetachedSignature, in certificate: Certificate, _ content: SignedContent
  ) -> Signer {
    let allowed = keys(of: certificate, for: signature)
    switch content {
    case .read(let data):
      guard let digest = data.finished(signature.hash, trailer: signature.packet.trailer) else {
        return (nil, (.undetermined, "no \(signature.hash) digest was computed"))
      }
      return signer(of: signature, among: allowed, digest)
    case .matched(let fingerprint):
      guard let key = allowed.first(where: { $0.fingerprint == fingerprint }) else {
        return (allowed.first, (.undetermined, "it did not match by a key of this certificate when it was checked"))
      }
      return (key, key.algorithm.weakness.map { (.keyWeak, $0) })
    case .awaited:
      return (allowed.first, allowed.first?.algorithm.weakness.map { (.keyWeak, $0) })
    }
  }

  /// The key whose numbers match.
  private static func signer(
    of signature: DetachedSignature, among allowed: [PublicKey], _ digest: SignedDigest
  ) -> Signer {
    var weak: PublicKey?
    for key in allowed {
      switch digest.check(signature.packet, by: key) {
      case .matches: return (key, nil)
      case .differs: continue
      case .unsupported: weak = weak ?? key
      }
    }
    if let weak, allowed.count == 1 || !signature.packet.issuerFingerprints.isEmpty {
      return (weak, (.keyWeak, weak.algorithm.weakness ?? "the key's numbers are out of range"))
    }
    return (allowed.first, (.bad, "does not match the bytes"))
  }

  private static func timing(
    _ signature: DetachedSignature, _ key: PublicKey, at now: Timestamp
  ) -> (SignatureReport.Status, String?)? {
    guard let created = signature.created else { return (.unsupported, "no creation time") }
    if let expires = signature.expires, expires <= now { return (.signatureExpired, "its validity ended \(expires)") }
    if created > now.advanced(by: CertificateJudge.clockGrace) { return (.notYetValid, "dated \(created)") }
    return created < key.created ? (.notYetValid, "dated \(created), before its key (\(key.created))") : nil
  }

  /// Why a signature is none that is checked here, whoever made it.
  static func obstacle(_ packet: SignaturePacket) -> String? {
    guard packet.type == 0x00 else {
      return packet.type == 0x01
        ? "a signature over text (type 1), not over bytes" : "a signature of type \(packet.type)"
    }
    if case .unknown(let number) = packet.hash { return "unknown hash algorithm \(number)" }
    return unsound(packet)
  }

  /// What is refused in the signed subpackets of any signature: what cannot be understood must not be passed over.
  static func unsound(_ packet: SignaturePacket) -> String? {
    for kind in [Subpacket.Kind.created, Subpacket.Kind.expires] {
      let found = packet.hashed.filter { $0.kind == kind }
      guard found.count <= 1, found.allSatisfy({ $0.number != nil }) else { return "its times contradict each other" }
    }
    guard packet.created != nil else { return "no signed creation time" }
    let understood: Set<UInt8> = [
      Subpacket.Kind.created, Subpacket.Kind.expires, Subpacket.Kind.exportable, Subpacket.Kind.revocable,
      Subpacket.Kind.issuer, Subpacket.Kind.policy, Subpacket.Kind.keyFlags, Subpacket.Kind.signersUserID,
      Subpacket.Kind.issuerFingerprint,
    ]
    guard let critical = packet.hashed.first(where: { $0.isCritical && !understood.contains($0.kind) }) else {
      return nil
    }
    return critical.kind == Subpacket.Kind.notation
      ? "a critical notation" : "an unknown critical subpacket \(critical.kind)"
  }
}

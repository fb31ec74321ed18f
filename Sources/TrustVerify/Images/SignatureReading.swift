public import OpenPGP
public import TrustModel

/// Detached signatures over a file, looked at by certificates that are at hand: what a publisher asks before others do.
///
/// It says nothing of trust: no key layer of the machine is asked.
public struct SignatureReading: Sendable {
  /// The signatures.
  public let signatures: [DetachedSignature]
  private let certificates: [Certificate]
  private let judgements: [Fingerprint: Judgement]
  private let now: Timestamp

  /// Has the certificates judged as of `now`; one that cannot be judged makes its signatures undetermined.
  public init(
    _ signatures: [DetachedSignature], by certificates: [Certificate], judge: CertificateJudge = CertificateJudge(),
    at now: Timestamp
  ) {
    (self.signatures, self.certificates, self.now) = (signatures, certificates, now)
    var judgements: [Fingerprint: Judgement] = [:]
    for (certificate, result) in zip(certificates, judge.judgeEach(certificates, at: now)) {
      if case .success(let judgement) = result { judgements[certificate.fingerprint] = judgement }
    }
    self.judgements = judgements
  }

  /// The hashes that the data has to pass, the image id's among them.
  public var digest: DataDigest { DataDigest(Set(signatures.map(\.hash)), imageID: true) }

  /// What becomes of each signature over data that was read.
  public func reports(over data: DataDigest) -> [SignatureReport] { reports(.read(data)) }

  /// What would become of each signature, were its numbers right: the data is not there.
  public var expectations: [SignatureReport] { reports(.awaited) }

  /// What the engine says of a certificate; nil where it could not be judged.
  public func judgement(of certificate: Certificate) -> Judgement? { judgements[certificate.fingerprint] }

  private func reports(_ content: SignedContent) -> [SignatureReport] {
    signatures.map { signature in
      let candidates = SignatureCheck.candidates(for: signature, in: certificates)
      let reports = candidates.map { certificate in
        SignatureCheck.report(
          signature, by: certificate, judgement: judgements[certificate.fingerprint], over: content, at: now)
      }
      return reports.first { $0.status == .good } ?? reports.first
        ?? SignatureCheck.report(signature, by: nil, judgement: nil, over: content, at: now)
    }
  }
}

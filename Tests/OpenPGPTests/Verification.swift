import OpenPGP
import TestSupport
import TrustModel

/// Takes a case through the module as a verifier does: read, digest once, judge all keys together, check.
enum Verification {
  static let judge = CertificateJudge()

  /// What the case comes to.
  ///
  /// Key files that cannot be read hold no key.
  static func outcome(of file: SignedFile) throws -> SignatureCase.Outcome {
    guard let reports = try reports(on: file) else { return .refusedFile }
    return .reports(reports.map(\.status))
  }

  /// One report for each signature; nil where the signature file is refused.
  static func reports(on file: SignedFile, at now: Timestamp = Moment.now) throws -> [SignatureReport]? {
    guard let signatures = try? DetachedSignature.readAll(file.signatureFile) else { return nil }
    let certificates = certificates(of: file)
    let judgements = try judge.judge(certificates, at: now)
    return signatures.map { report($0, by: certificates, judgements, over: file.data, at: now) }
  }

  static func certificates(of file: SignedFile) -> [Certificate] {
    file.keyFiles.compactMap { try? Certificate.read($0) }
  }

  static func report(
    _ signature: DetachedSignature, by certificates: [Certificate], _ judgements: [Fingerprint: Judgement],
    over data: [UInt8], at now: Timestamp = Moment.now
  ) -> SignatureReport {
    var digest = DataDigest([signature.hash])
    digest.update(data)
    let candidates = SignatureCheck.candidates(for: signature, in: certificates)
    let reports = candidates.map {
      SignatureCheck.report(signature, by: $0, judgement: judgements[$0.fingerprint], data: digest, at: now)
    }
    return reports.first { $0.status == .good } ?? reports.first
      ?? SignatureCheck.report(signature, by: nil, judgement: nil, data: digest, at: now)
  }
}

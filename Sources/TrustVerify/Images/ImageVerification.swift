public import Archives
public import OpenPGP
internal import Stores
public import TrustModel

/// The verification of one image whose signatures are at hand, in the order in which a download allows it.
///
/// 1. The signers are found and judged: `refusal(for:)` says whether the image is worth having at all.
/// 2. The data passes `digest` once, on its way to where it is stored.
/// 3. `result(of:digest:)` decides, and only for a trusted signer opens the archive.
public struct ImageVerification: Sendable {
  /// What was asked for.
  public let wanted: WantedImage
  /// The signatures over the image.
  public let signatures: [DetachedSignature]
  private let verifier: ImageVerifier
  private let candidates: SignerCandidates
  private let judgements: KeyJudgements
  private let now: Timestamp

  /// Finds and judges the signers.
  public init(
    _ wanted: WantedImage, signatures: [DetachedSignature], by verifier: ImageVerifier, at now: Timestamp
  ) {
    let candidates = SignerCandidates(signatures, name: wanted.reference?.name, in: verifier.layers)
    self.init(
      wanted, candidates, judgements: KeyJudgements(candidates.holders, judge: verifier.judge, at: now), by: verifier,
      at: now)
  }

  init(
    _ wanted: WantedImage, _ candidates: SignerCandidates, judgements: KeyJudgements, by verifier: ImageVerifier,
    at now: Timestamp
  ) {
    self.wanted = wanted
    signatures = candidates.signatures
    (self.verifier, self.candidates, self.judgements, self.now) = (verifier, candidates, judgements, now)
  }

  /// Whether any key of this machine may have signed: without one, the data need not be read.
  public var hasCandidates: Bool { !candidates.holders.isEmpty }

  /// The hashes that the data has to pass, from its first octet to its last.
  public var digest: DataDigest { candidates.digest }

  /// A refusal that no data can mend, such as a signer that is not trusted for `name`; nil where it is worth having.
  ///
  /// Without a name, a signer that is trusted for any name will do. The signer is who the signature names: that it
  /// matches is for the data to show.
  public func refusal(for name: ImageName?) -> Verdict? {
    let evidence = candidates.evidence(judgements, at: now) { _ in .awaited }
    let decision = SignatureDecision(evidence: evidence, wanted: wanted, sysroot: verifier.layers.sysroot)
    let step = name.map { decision.beforeImage(for: $0) } ?? decision.beforeArchive()
    guard case .final(let outcome, let message) = step else { return nil }
    return verdict(subject, outcome, message, evidence)
  }

  /// Decides over data that was read.
  ///
  /// - Parameters:
  ///   - image: the data; `digest` was computed over it and nothing else.
  ///   - digest: nil only where no key may have signed.
  ///   - files: takes the files of the image, once its signer is established; what it took counts only with an
  ///     accepting verdict.
  public func result(
    of image: borrowing ImageFile, digest: DataDigest?, secondOpinion: Bool = false, files: (any TarConsumer)? = nil
  ) -> VerifiedImage {
    let content: SignedContent = .read(digest ?? DataDigest([]))
    var evidence = candidates.evidence(judgements, at: now) { _ in content }
    var notes: [String] = []
    if secondOpinion {
      notes.append(SecondReading(signatures: signatures, now: now).compare(&evidence, image.descriptor))
    }
    let decision = SignatureDecision(evidence: evidence, wanted: wanted, sysroot: verifier.layers.sysroot)
    let matched = evidence.signatures.map { $0.report.status == .bad ? nil : $0.report.fingerprint }
    var step = decision.beforeArchive()
    guard case .readArchive = step else {
      return VerifiedImage(finished(subject, step, evidence, notes), matched: matched)
    }
    let reading = ArchiveOutcome(of: image, digest, verifier.limits, files: files)
    guard !image.hasChanged else {
      step = .final(.undetermined, "\(VisibleText(wanted.shown)) changed while it was read")
      return VerifiedImage(finished(subject, step, evidence, notes), matched: matched)
    }
    step = decision.afterArchive(reading)
    guard case .read(let archive, let id) = reading else {
      return VerifiedImage(finished(subject, step, evidence, notes), matched: matched)
    }
    let named = subject(of: archive.manifest, id)
    return VerifiedImage(finished(named, step, evidence, notes), archive: archive, id: id, matched: matched)
  }

  /// Decides over an image that was read before and is called `name`: `matched` has, for each signature, the key that
  /// it matched by then.
  ///
  /// The keys, masks and dates are today's; that the octets are still the same is for a reading to show.
  func verdict(recordedAs name: ImageName, _ subject: Verdict.Subject, matched: [Fingerprint?]) -> Verdict {
    let evidence = candidates.evidence(judgements, at: now) { index in
      let key = matched.indices.contains(index) ? matched[index] : nil
      return key.map { .matched(by: $0) } ?? .read(DataDigest([]))
    }
    let decision = SignatureDecision(evidence: evidence, wanted: wanted, sysroot: verifier.layers.sysroot)
    return finished(subject, decision.afterReading(as: name), evidence, [])
  }
}

extension ImageVerification {
  private var subject: Verdict.Subject {
    Verdict.Subject(
      name: wanted.reference?.name, labels: wanted.reference?.labels ?? Labels(), file: wanted.shown)
  }

  private func subject(of manifest: ImageManifest, _ id: ImageID) -> Verdict.Subject {
    Verdict.Subject(
      name: wanted.reference?.name ?? manifest.name, labels: manifest.labels, digest: id.description,
      file: wanted.shown)
  }

  private func finished(
    _ subject: Verdict.Subject, _ step: SignatureDecision.Step, _ evidence: SignerEvidence, _ notes: [String]
  ) -> Verdict {
    guard case .final(let outcome, let message) = step else {
      // Can't happen: an archive that was read always leads to an end. Not accepted, in any case.
      return Verdict(subject: subject, outcome: .undetermined, message: "no decision was reached")
    }
    return verdict(subject, outcome, message, evidence, notes)
  }

  private func verdict(
    _ subject: Verdict.Subject, _ outcome: Verdict.Outcome, _ message: String, _ evidence: SignerEvidence,
    _ notes: [String] = []
  ) -> Verdict {
    let unknown = evidence.signatures.filter { $0.report.status != .good }.map { signature in
      "beside it: a signature by \(RefusalMessage.signer(signature)), \(signature.report.status.rawValue)"
    }
    return Verdict(
      subject: subject, outcome: outcome, message: message, signatures: evidence.signatures.map(\.report),
      considered: ConsideredFiles(evidence: evidence, name: subject.name, now: now).rows,
      notes: notes + (outcome == .accepted ? unknown : []))
  }
}

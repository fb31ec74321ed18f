public import Archives
public import OpenPGP
public import Stores
public import TrustModel

/// Answers for one local image file whether it may run here under this name, and who says so.
///
/// The signer is established first; only what a key trusted on this machine has signed is inflated and parsed. The
/// octets of the file are read once for every digest that is needed. Nothing is written.
public struct ImageVerifier: Sendable {
  /// What to verify.
  public struct Request: Sendable {
    /// The image file.
    public var image: String
    /// The signature file; `IMAGE.asc` where nil.
    public var signature: String?
    /// The name and labels that the image must have; where nil, its own name decides.
    public var reference: ImageReference?
    /// Whether GnuPG reads the data too and must agree.
    public var wantsSecondOpinion: Bool

    /// A request.
    public init(
      image: String, signature: String? = nil, reference: ImageReference? = nil, wantsSecondOpinion: Bool = false
    ) {
      self.image = image
      self.signature = signature
      self.reference = reference
      self.wantsSecondOpinion = wantsSecondOpinion
    }
  }

  /// The key layers to decide by.
  public let layers: KeyLayers
  /// The judge of certificates.
  public let judge: CertificateJudge
  /// Limits for the archive.
  public let limits: ArchiveLimits

  /// A verifier over these layers.
  public init(layers: KeyLayers, judge: CertificateJudge = CertificateJudge(), limits: ArchiveLimits = ArchiveLimits())
  {
    self.layers = layers
    self.judge = judge
    self.limits = limits
  }

  /// The verdict on `request` at the moment `now`.
  public func verdict(on request: Request, at now: Timestamp) -> Verdict {
    var subject = Verdict.Subject(
      name: request.reference?.name, labels: request.reference?.labels ?? Labels(), file: request.image)
    let image: ImageFile
    do {
      image = try ImageFile(request.image)
    } catch {
      return unreadable(error, subject)
    }
    let signatures: [DetachedSignature]
    do {
      signatures = try readSignatures(request)
    } catch {
      return Verdict(subject: subject, outcome: error.outcome, message: error.message)
    }
    var evidence: SignerEvidence
    let digest: DataDigest?
    do {
      (evidence, digest) = try gather(signatures, image, request.reference?.name, now)
    } catch {
      return undetermined(subject, "\(VisibleText(request.image)) could not be read: \(error.problem)")
    }
    var notes: [String] = []
    if request.wantsSecondOpinion {
      notes.append(SecondReading(signatures: signatures, now: now).compare(&evidence, image.descriptor))
    }
    var decision = SignatureDecision(evidence: evidence, request: request, sysroot: layers.sysroot).beforeArchive()
    if case .readArchive = decision {
      let reading = ArchiveOutcome(of: image, digest, limits)
      if image.hasChanged {
        decision = .final(.undetermined, "\(VisibleText(request.image)) changed while it was read")
      } else {
        if case .read(let manifest, let imageID) = reading {
          subject.name = subject.name ?? manifest.name
          subject.labels = manifest.labels
          subject.digest = imageID
        }
        decision = SignatureDecision(evidence: evidence, request: request, sysroot: layers.sysroot).afterArchive(
          reading)
      }
    }
    return finish(subject, decision, evidence, notes, now)
  }
}

extension ImageVerifier {
  private func finish(
    _ subject: Verdict.Subject, _ step: SignatureDecision.Step, _ evidence: SignerEvidence, _ notes: [String],
    _ now: Timestamp
  ) -> Verdict {
    guard case .final(let outcome, let message) = step else {
      // Can't happen: an archive that was read always leads to an end. Not accepted, in any case.
      return undetermined(subject, "no decision was reached")
    }
    let unknown = evidence.signatures.filter { $0.report.status != .good }.map { signature in
      "beside it: a signature by \(RefusalMessage.signer(signature)), \(signature.report.status.rawValue)"
    }
    return Verdict(
      subject: subject, outcome: outcome, message: message, signatures: evidence.signatures.map(\.report),
      considered: ConsideredFiles(evidence: evidence, name: subject.name, now: now).rows,
      notes: notes + (outcome == .accepted ? unknown : []))
  }

  private func undetermined(_ subject: Verdict.Subject, _ message: String) -> Verdict {
    Verdict(subject: subject, outcome: .undetermined, message: message)
  }

  private func unreadable(_ failure: ImageFile.Failure, _ subject: Verdict.Subject) -> Verdict {
    let shown = VisibleText(subject.file)
    guard case .missing = failure else { return undetermined(subject, "\(shown) \(failure.problem)") }
    return Verdict(subject: subject, outcome: .refused(.notFound), message: "there is no image file \(shown)")
  }

  private struct SignatureFailure: Error {
    let outcome: Verdict.Outcome
    let message: String
  }

  private func readSignatures(_ request: Request) throws(SignatureFailure) -> [DetachedSignature] {
    let path = request.signature ?? request.image + ".asc"
    let shown = VisibleText(path)
    do {
      let limit = OpenPGPLimits.standard.signatureFileOctets
      return try DetachedSignature.readAll(ImageFile(path).contents(limit: limit))
    } catch let error as ImageFile.Failure {
      switch error {
      case .missing:
        throw SignatureFailure(
          outcome: .refused(.unsigned),
          message: "\(VisibleText(request.image)) is not signed: there is no signature file \(shown); name one with"
            + " --signature FILE")
      case .tooLarge(let limit):
        throw SignatureFailure(
          outcome: .refused(.unsigned), message: "\(shown) is no signature file: it is larger than \(limit) octets")
      case .notRegular, .system:
        throw SignatureFailure(outcome: .undetermined, message: "the signature \(shown) \(error.problem)")
      }
    } catch {
      throw SignatureFailure(
        outcome: .refused(.unsigned),
        message: "\(shown) holds no well-formed detached signature: \(error); ask the publisher for a signature made"
          + " with gpg --detach-sign")
    }
  }

  /// Finds, reads and judges the signers' certificates and passes over the data once, if there is anything to check.
  private func gather(
    _ signatures: [DetachedSignature], _ image: borrowing ImageFile, _ name: ImageName?, _ now: Timestamp
  ) throws(ImageFile.Failure) -> (SignerEvidence, DataDigest?) {
    let found = SignerSearch(layers: layers).run(signatures)
    let rules = LayerRules(found.listing?.files ?? found.keys.map(\.file))
    let others = found.keys + found.bystanders(of: name).map { LoadedKey($0, from: layers) }
    let keys = found.keys.filter { key in
      if case .overridden = rules.standing(of: key.file) { return false }
      return true
    }
    let holders = keys.filter { $0.certificate != nil }
    guard !holders.isEmpty else {
      let reports = signatures.map { SignatureCheck.report($0, by: nil, judgement: nil, data: DataDigest([]), at: now) }
      return (
        SignerEvidence(
          signatures: reports.map { .init(report: $0, files: []) },
          others: others,
          rules: rules,
          obstacles: found.obstacles), nil
      )
    }
    var digest = DataDigest(Set(signatures.map(\.hash)), imageID: true)
    try unsafe image.forEachChunk { unsafe digest.update($0) }
    let judgements = KeyJudgements(holders, judge: judge, at: now)
    let checked = signatures.map { check($0, holders, judgements, digest, now) }
    return (
      SignerEvidence(
        signatures: checked, others: others, rules: rules,
        obstacles: found.obstacles),
      digest
    )
  }

  private func check(
    _ signature: DetachedSignature, _ holders: [LoadedKey], _ judgements: KeyJudgements, _ digest: DataDigest,
    _ now: Timestamp
  ) -> SignerEvidence.Signature {
    let files = holders.compactMap { key -> (key: LoadedKey, report: SignatureReport)? in
      guard let certificate = key.certificate,
        !SignatureCheck.candidates(for: signature, in: [certificate]).isEmpty
      else { return nil }
      var report = SignatureCheck.report(
        signature, by: certificate, judgement: judgements[key.file.location], data: digest, at: now)
      report.userIDs = certificate.shownUserIDs(judgements[key.file.location])
      if report.status == .undetermined, let location = key.file.location, let cause = judgements.failures[location] {
        report.detail = "\(cause)"
      }
      return (key, report)
    }
    // A revocation is a fact about the key, in whichever copy it stands.
    let worst = files.first { $0.report.status == .bad || $0.report.status == .keyRevoked }
    let best = worst ?? files.first { $0.report.status == .good } ?? files.first
    var known = files
    if let worst, worst.report.status == .keyRevoked {
      known = files.map { ($0.key, $0.report.status == .good ? worst.report : $0.report) }
    }
    return .init(
      report: best?.report ?? SignatureCheck.report(signature, by: nil, judgement: nil, data: digest, at: now),
      files: known)
  }
}

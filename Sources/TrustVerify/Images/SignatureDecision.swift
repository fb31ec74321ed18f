internal import Archives
internal import OpenPGP
internal import Stores
internal import TrustModel

/// The rules that turn evidence into an answer.
///
/// Pure: no input, no clock. Source: CONTRACT, "Exit codes" for the order and "What trusted for this name means" for rule 4.
struct SignatureDecision {
  /// How far the decision has come.
  enum Step {
    /// Signed by a key that is trusted on this machine: the archive may be opened.
    case readArchive
    /// The end.
    case final(Verdict.Outcome, String)
  }

  let evidence: SignerEvidence
  let wanted: WantedImage
  let sysroot: Sysroot

  private var image: String { VisibleText(wanted.shown).description }
  private var words: RefusalMessage { RefusalMessage(image: image, sysroot: sysroot) }

  /// What the signatures alone decide.
  func beforeArchive() -> Step {
    if let bad = evidence.signatures.first(where: { $0.report.status == .bad }) {
      return .final(.refused(.tampered), words.tampered(bad))
    }
    if evidence.good.contains(where: { !evidence.trustedSomewhere($0).isEmpty }) { return .readArchive }
    if let report = evidence.signatures.first(where: { $0.report.status == .undetermined })?.report {
      return .final(
        .undetermined, "the signer of \(image) could not be judged: \(report.detail ?? "GnuPG gave no answer")")
    }
    if let unfit = evidence.signatures.first(where: { $0.report.status.isUnfit }) {
      return .final(.refused(.unfit), words.unfit(unfit))
    }
    for signature in evidence.good {
      if let (file, mask) = evidence.disabled(signature, for: wanted.reference?.name).first {
        return .final(.refused(.disabled), words.disabled(signature, file, mask))
      }
    }
    if evidence.signatures.allSatisfy({ $0.report.status == .unsupported }) {
      let detail = evidence.signatures.first?.report.detail ?? "not a signature over data"
      return .final(.refused(.unsigned), "\(image) has no detached signature that counts: \(detail)")
    }
    return .final(.refused(.untrusted), words.untrusted(evidence, wanted.reference?.name))
  }

  /// What the archive's own name and form decide.
  func afterArchive(_ archive: ArchiveOutcome) -> Step {
    switch archive {
    case .failed(let cause): return .final(.undetermined, "\(image) could not be read: \(cause)")
    case .malformed(let problem):
      return .final(.refused(.malformed), "\(image) is well signed, but no well-formed image: \(problem)")
    case .read(let archive, _):
      if let difference = wanted.difference(archive.manifest) { return .final(.refused(.mismatch), difference) }
      return decide(for: wanted.reference?.name ?? archive.manifest.name)
    }
  }

  /// What the signatures decide for a name before the image is there; `.readArchive` where it is worth having.
  func beforeImage(for name: ImageName) -> Step {
    let step = afterReading(as: name)
    if case .final(.accepted, _) = step { return .readArchive }
    return step
  }

  /// What the signatures decide for an image that was found well-formed and called `name` before.
  func afterReading(as name: ImageName) -> Step {
    let step = beforeArchive()
    guard case .readArchive = step else { return step }
    return decide(for: name)
  }

  private func decide(for name: ImageName) -> Step {
    for signature in evidence.good {
      guard let key = evidence.trusted(signature, for: name).first else { continue }
      // A mask may hide where the administrator's layer could not be read: that is doubt, and doubt refuses.
      if let obstacle = evidence.obstacles.first(where: { $0.layer == .administrator && $0.concerns(name) }) {
        return .final(
          .undetermined,
          "the key \(key.file.name) may be switched off for \(name) where nothing can be seen: \(obstacle.error); mend it and"
            + " verify again")
      }
      return .final(.accepted, AcceptanceMessage.text(name, signature, key))
    }
    if let unfit = evidence.signatures.first(where: { $0.report.status.isUnfit }) {
      return .final(.refused(.unfit), words.unfit(unfit))
    }
    for signature in evidence.good {
      if let (file, mask) = evidence.disabled(signature, for: name).first {
        return .final(.refused(.disabled), words.disabled(signature, file, mask))
      }
    }
    return .final(.refused(.untrusted), words.untrusted(evidence, name))
  }
}

extension SignatureReport.Status {
  /// Whether the signature matches the bytes as far as it was looked at, but key or signature are not fit to count.
  var isUnfit: Bool {
    switch self {
    case .keyExpired, .keyRevoked, .keyWeak, .keyUnusable, .signatureExpired, .notYetValid, .weakHash: true
    case .good, .bad, .unknownKey, .unsupported, .undetermined: false
    }
  }
}

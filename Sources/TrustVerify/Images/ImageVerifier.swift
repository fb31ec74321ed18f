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
    let subject = Verdict.Subject(
      name: request.reference?.name, labels: request.reference?.labels ?? Labels(), file: request.image)
    let shown = VisibleText(request.image)
    do {
      let image = try ImageFile(request.image)
      let signatures = try SignatureFile(path: request.signature ?? request.image + ".asc", of: request.image)
      let verification = ImageVerification(
        WantedImage(shown: request.image, reference: request.reference), signatures: signatures.signatures, by: self,
        at: now)
      let digest = try digest(of: image, verification)
      return verification.result(of: image, digest: digest, secondOpinion: request.wantsSecondOpinion).verdict
    } catch let failure as SignatureFile.Failure {
      return Verdict(subject: subject, outcome: failure.outcome, message: failure.message)
    } catch ImageFile.Failure.missing {
      return Verdict(
        subject: subject, outcome: .refused(.notFound), message: "there is no image file \(shown)")
    } catch let failure as ImageFile.Failure {
      return Verdict(subject: subject, outcome: .undetermined, message: "\(shown) \(failure.problem)")
    } catch {
      return Verdict(subject: subject, outcome: .undetermined, message: "\(shown): \(error)")
    }
  }

  /// Passes over the data once; not at all where no key may have signed.
  func digest(of image: borrowing ImageFile, _ verification: ImageVerification) throws(ImageFile.Failure)
    -> DataDigest?
  {
    guard verification.hasCandidates else { return nil }
    var digest = verification.digest
    try unsafe image.forEachChunk { unsafe digest.update($0) }
    return digest
  }
}

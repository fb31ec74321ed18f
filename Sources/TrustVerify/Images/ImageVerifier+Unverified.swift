internal import Archives
public import OpenPGP
internal import TrustModel

extension ImageVerifier {
  /// Reads an image whose verification was switched off: its form and its name still count, who made it does not.
  ///
  /// The verdict is never an acceptance: `untrusted` for an image that may be stored as unverified.
  public func unverified(
    _ wanted: WantedImage, _ image: borrowing ImageFile, digest: DataDigest?
  ) -> VerifiedImage {
    let subject = Verdict.Subject(
      name: wanted.reference?.name, labels: wanted.reference?.labels ?? Labels(), file: wanted.shown)
    let shown = VisibleText(wanted.shown)
    switch ArchiveOutcome(of: image, digest, limits) {
    case .failed(let cause):
      return VerifiedImage(
        Verdict(subject: subject, outcome: .undetermined, message: "\(shown) could not be read: \(cause)"))
    case .malformed(let problem):
      return VerifiedImage(
        Verdict(
          subject: subject, outcome: .refused(.malformed), message: "\(shown) is no well-formed image: \(problem)"))
    case .read(let archive, let id):
      let named = Verdict.Subject(
        name: archive.manifest.name, labels: archive.manifest.labels, digest: id.description, file: wanted.shown)
      if let difference = wanted.difference(archive.manifest) {
        return VerifiedImage(Verdict(subject: named, outcome: .refused(.mismatch), message: difference))
      }
      return VerifiedImage(
        Verdict(
          subject: named, outcome: .refused(.untrusted),
          message:
            "nobody vouches for \(shown): verification was switched off by --insecure-options=image; it is kept as"
            + " unverified for good"),
        archive: archive, id: id)
    }
  }
}

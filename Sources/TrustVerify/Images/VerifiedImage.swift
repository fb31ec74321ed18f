public import Archives
public import TrustModel

/// A verdict, with what was read of the image on the way to it.
public struct VerifiedImage: Sendable {
  /// The answer.
  public let verdict: Verdict
  /// The archive; nil where it was not opened, or breaks the format.
  public let archive: ImageArchive?
  /// The image id, together with the archive.
  public let id: ImageID?
  /// For each signature, the key whose numbers match it, whatever else is to be said of that key.
  public let matched: [Fingerprint?]

  init(_ verdict: Verdict, archive: ImageArchive? = nil, id: ImageID? = nil, matched: [Fingerprint?] = []) {
    (self.verdict, self.archive, self.id, self.matched) = (verdict, archive, id, matched)
  }
}

/// The one answer to "may this image run here under this name, and who says so?".
///
/// There is no second way to say yes: commands print it, the console shows it, the exit status is derived from it.
public struct Verdict: Sendable, Equatable {
  /// What is known of the image that was judged.
  public struct Subject: Sendable, Equatable {
    /// The image's name: the one asked for, or else the one that its verified manifest gives.
    public var name: ImageName?
    /// The labels of the verified manifest, or else the ones asked for.
    public var labels: Labels
    /// SHA-512 of the uncompressed archive, `sha512-` and 128 hexadecimal digits; nil where it was not computed.
    public var digest: String?
    /// The file or tag that was judged, as given.
    public var file: String
    /// The repository of content trust, where a tag or a target of one was judged.
    public var repository: Repository?
    /// The tag or target.
    public var tag: String?

    /// A subject.
    public init(name: ImageName? = nil, labels: Labels = Labels(), digest: String? = nil, file: String) {
      (self.name, self.labels, self.digest, self.file) = (name, labels, digest, file)
    }

    /// A tag or target of a repository.
    public init(_ repository: Repository, tag: String) {
      (labels, self.repository, self.tag, file) = (Labels(), repository, tag, "\(repository):\(tag)")
    }
  }

  /// Accepted, refused, or could not tell: never a Bool, so that "could not tell" is never mistaken for either.
  public enum Outcome: Sendable, Equatable {
    /// Signed by a key that is trusted for the name, and all else in order.
    case accepted
    /// Refused for this reason.
    case refused(Reason)
    /// Nothing can be said; the cause is in the message. Not accepted.
    case undetermined
  }

  /// The image.
  public var subject: Subject
  /// The answer.
  public var outcome: Outcome
  /// One sentence that a person can act on: the key, the rule, the file, the next command.
  public var message: String
  /// Every signature that was found, in the file's order.
  public var signatures: [SignatureReport]
  /// Every key file that could have counted, and why it did or did not.
  public var considered: [ConsideredKey]
  /// What is worth knowing beside the answer: unknown signers, a second opinion.
  public var notes: [String]
  /// On what a verdict of content trust stands; nil for images of rkt.
  public var content: ContentEvidence?

  /// A verdict.
  public init(
    subject: Subject, outcome: Outcome, message: String, signatures: [SignatureReport] = [],
    considered: [ConsideredKey] = [], notes: [String] = []
  ) {
    self.subject = subject
    self.outcome = outcome
    self.message = message
    self.signatures = signatures
    self.considered = considered
    self.notes = notes
  }

  /// Whether the image may run.
  public var isAccepted: Bool { outcome == .accepted }

  /// The reason, from the closed list; `failed` where nothing can be said.
  public var reason: Reason {
    switch outcome {
    case .accepted: .accepted
    case .refused(let reason): reason
    case .undetermined: .failed
    }
  }
}

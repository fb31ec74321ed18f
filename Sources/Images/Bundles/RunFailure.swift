public import TrustModel

/// Why an image could not be run, or written in another form.
public struct RunFailure: ReasonedError {
  /// The reason in the closed list.
  public let reason: Reason
  /// What happened and what to do next.
  public let description: String

  /// A failure.
  public init(_ reason: Reason, _ description: String) {
    (self.reason, self.description) = (reason, description)
  }
}

public import TrustModel

/// Why something was not made, signed or published: a reason from the closed list and one sentence.
public struct PublishingProblem: ReasonedError {
  /// Decides the exit status.
  public let reason: Reason
  /// What happened and what to do next.
  public let description: String

  /// A problem.
  public init(_ reason: Reason, _ description: String) { (self.reason, self.description) = (reason, description) }
}

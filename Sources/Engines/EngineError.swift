public import TrustModel

/// An engine that cannot be used, or did not do what it was asked for.
public struct EngineError: ReasonedError, Equatable {
  /// Decides the exit status.
  public let reason: Reason
  /// What happened and what to do next.
  public let description: String

  /// An error.
  public init(_ reason: Reason, _ description: String) { (self.reason, self.description) = (reason, description) }
}

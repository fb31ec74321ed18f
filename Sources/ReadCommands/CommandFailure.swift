public import TrustModel

/// The end of a command that could not do what was asked: a reason from the closed list and one sentence.
public struct CommandFailure: Error, CustomStringConvertible {
  /// Decides the exit status.
  public let reason: Reason
  /// What happened and what to do next.
  public let description: String

  /// A failure.
  public init(_ reason: Reason, _ description: String) {
    (self.reason, self.description) = (reason, description)
  }
}

/// The end of a command that has printed its result and found it to be no success.
public struct CommandEnd: Error {
  /// Decides the exit status.
  public let reason: Reason

  /// An end without more words.
  public init(_ reason: Reason) {
    self.reason = reason
  }
}

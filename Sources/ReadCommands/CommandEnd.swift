public import TrustModel

/// The end of a command that has printed its result and found it to be no success.
public struct CommandEnd: Error {
  /// Decides the exit status.
  public let reason: Reason

  /// An end without more words.
  public init(_ reason: Reason) {
    self.reason = reason
  }
}

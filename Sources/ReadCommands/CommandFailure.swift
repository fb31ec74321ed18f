public import TrustModel

/// The end of a command that could not do what was asked: a reason from the closed list and one sentence.
public struct CommandFailure: Error, CustomStringConvertible {
  /// Decides the exit status.
  public let reason: Reason
  /// What happened and what to do next.
  public var description: String
  /// What it comes from, for whoever goes on from there.
  public var cause: (any Error)?

  /// A failure.
  public init(_ reason: Reason, _ description: String) {
    (self.reason, self.description) = (reason, description)
  }

  /// The failure that an error comes to.
  public init(_ error: some ReasonedError) { self.init(error.reason, error.description) }
}

/// Runs `body`, and ends the command with the exit status of the error that it throws.
public func withReasons<Value>(_ body: () throws -> Value) throws -> Value {
  do {
    return try body()
  } catch let error as any ReasonedError {
    throw CommandFailure(error)
  }
}

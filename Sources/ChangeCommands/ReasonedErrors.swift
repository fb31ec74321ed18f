public import ChildPrograms
public import StrictJSON
public import TrustModel

// Of modules that know nothing of reasons, as they are met in changes.

extension JSONError: ReasonedError {
  /// Decides the exit status.
  public var reason: Reason { .malformed }
}

extension ChildProgramError: ReasonedError {
  /// Decides the exit status.
  public var reason: Reason { .failed }
}

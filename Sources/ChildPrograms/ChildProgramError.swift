internal import Glibc

/// A program that did not do what it was started for.
public enum ChildProgramError: Error, Equatable, CustomStringConvertible {
  /// It could not be started: the system's error number.
  case notStarted(String, CInt)
  /// It said more than the limit of octets.
  case tooMuch(String, limit: Int)
  /// It took longer than the limit, and was ended.
  case tooSlow(String, seconds: Int)
  /// Reading from it failed: the system's error number.
  case unreadable(String, CInt)

  /// What happened, in one line.
  public var description: String {
    switch self {
    case .notStarted(let path, ENOENT): "\(path): there is no such program"
    case .notStarted(let path, let number): "\(path) could not be started: \(Self.text(number))"
    case .tooMuch(let path, let limit): "\(path) says more than \(limit) octets"
    case .tooSlow(let path, let seconds): "\(path) had not ended after \(seconds) seconds"
    case .unreadable(let path, let number): "\(path): what it says could not be read: \(Self.text(number))"
    }
  }

  private static func text(_ number: CInt) -> String { unsafe String(cString: strerror(number)) }
}

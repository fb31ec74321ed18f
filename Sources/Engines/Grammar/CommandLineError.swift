public import TrustModel

/// A command line in which nobody can tell for certain which image is meant.
public enum CommandLineError: ReasonedError, Equatable {
  /// No option of the command is known by that name.
  case unknownOption(String, command: String)
  /// The value that an option needs is not there.
  case noValue(String, command: String)
  /// A flag has a value that is neither true nor false.
  case noTruth(String, value: String)

  /// Decides the exit status.
  public var reason: Reason { .usage }

  /// The rule, and what to do about it.
  public var description: String {
    switch self {
    case .unknownOption(let option, let command):
      "\(command): nothing is known here of \(VisibleText(option, limit: 80)), so that what follows it may be its value or the"
        + " image: write it with its value as one word (\(VisibleText(option, limit: 80))=…), or put it behind the image"
    case .noValue(let option, let command): "\(command): \(VisibleText(option, limit: 80)) needs a value"
    case .noTruth(let option, let value): "\(option)=\(VisibleText(value, limit: 80)) is neither true nor false"
    }
  }
}

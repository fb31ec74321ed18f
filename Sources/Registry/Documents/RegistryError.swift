public import Fetch
public import TrustModel

/// Why an image is not taken or not given, with the reason that the exit status follows.
public struct RegistryError: ReasonedError, Sendable {
  /// The reason in the closed list.
  public let reason: Reason
  /// One sentence, safe to show.
  public let description: String

  /// A reason in words.
  public init(_ reason: Reason, _ description: String) {
    self.init(reason, description, isPassing: false)
  }

  private init(_ reason: Reason, _ description: String, isPassing: Bool) {
    (self.reason, self.description, self.isPassing) = (reason, description, isPassing)
  }

  /// Whether the same may come about when it is tried again: a connection was lost or slow.
  public let isPassing: Bool

  /// A transfer that did not come about.
  public init(_ error: FetchError) {
    if case .consumer(let inner as RegistryError) = error {
      self = inner
    } else if error.isNotFound {
      self.init(.notFound, "\(error)")
    } else if case .tooLarge = error {
      self.init(.malformed, "\(error)")
    } else {
      self.init(.failed, "\(error)", isPassing: Self.isPassing(error))
    }
  }

  private static func isPassing(_ error: FetchError) -> Bool {
    switch error {
    case .cut, .stalled, .tooSlow, .unreachable: true
    case .status(let status, _): [429, 500, 502, 503, 504].contains(status)
    default: false
    }
  }

  /// Anything that a transfer ends with.
  public init(any error: any Error) {
    switch error {
    case let error as RegistryError: self = error
    case let error as FetchError: self.init(error)
    default: self.init(.failed, "\(error)")
    }
  }

  static func malformed(_ text: String) -> RegistryError { RegistryError(.malformed, text) }
}

internal import TrustVerify

/// What a file holds before or after a change: nothing at all, or these octets.
public enum FileState: Sendable, Equatable {
  /// There is no file.
  case absent
  /// A regular file with these octets; an empty one is a mask.
  case present([UInt8])

  /// `sha256-` and 64 digits, or nil for an absent file.
  public var digest: String? {
    switch self {
    case .absent: nil
    case .present(let octets): Journal.digest(of: octets)
    }
  }

  /// Whether no key stands there: no file, or an empty one.
  public var holdsNoKey: Bool { self == .absent || self == .present([]) }

  /// A few words for a plan.
  public var description: String {
    switch self {
    case .absent: "no file"
    case .present(let octets) where octets.isEmpty: "an empty file (mask)"
    case .present(let octets): "a key file of \(octets.count) octets"
    }
  }
}

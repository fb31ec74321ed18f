public import SignedMetadata
public import TrustModel

/// Why a freeze says nothing of a repository.
public enum FreezeError: Error, Sendable, CustomStringConvertible {
  /// There is no lock file in the folder.
  case none(String)
  /// It holds nothing of the repository.
  case unknown(Repository, String)
  /// Something is not as it was frozen: what.
  case altered(String)
  /// The lock file has another digest than the one that was noted.
  case digest(noted: String, found: String)
  /// The metadata does not hold.
  case metadata(MetadataError, Repository)
  /// Something cannot be read.
  case unreadable(String)

  /// The reason in the closed list.
  public var reason: Reason {
    switch self {
    case .none, .unknown: .notFound
    case .altered, .digest: .tampered
    case .metadata(let error, _):
      if case .expired = error.rule {
        .stale
      } else {
        error.reason == .stale || error.reason == .untrusted ? error.reason : .tampered
      }
    case .unreadable: .failed
    }
  }

  /// One sentence.
  public var description: String {
    switch self {
    case .none(let place):
      "there is no \(FreezeLock.fileName) in \(VisibleText(place)): keyreeve content freeze GUN --output DIR makes a freeze"
    case .unknown(let repository, let place): "\(VisibleText(place)) holds no freeze of \(repository)"
    case .altered(let what): "the freeze was altered: \(VisibleText(what, limit: 400)); get it again from who made it"
    case .digest(let noted, let found):
      "the lock file has the digest sha256:\(found), and not \(VisibleText(noted, limit: 80)): it is not the freeze that was noted"
    case .metadata(let error, let repository):
      "\(repository): \(error), as of the moment of the freeze; the freeze was altered, or its lock file was"
    case .unreadable(let problem): problem
    }
  }
}

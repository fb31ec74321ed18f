public import SignedMetadata

/// What a server answers about a repository of which parts have expired, for whoever signs them anew or says that they must be.
///
/// Once a snapshot has expired that is signed elsewhere, notary-server shows no timestamp any more: it answers with status 500. The last
/// one that it has made is then asked for by its version. It may have expired as well, and does not prove that this is the present
/// state; the versions that were seen here hold as always, and the server itself takes no document that is not newer than its own: what
/// is signed upon an older state it refuses.
public struct AgedAnswers {
  /// What may have expired.
  public let allowance: AgeAllowance
  private let base: (MetadataRequest) -> MetadataUpdate.Answer
  private let timestamp: MetadataUpdate.Answer?

  /// The highest version that is looked for.
  public static let limit: Int64 = 1 << 32

  /// Answers by `base`, which asks the source.
  ///
  /// The timestamp of a folder is signed by the repository's owner, so that it may have expired.
  public init(_ base: @escaping (MetadataRequest) -> MetadataUpdate.Answer, from source: MetadataSource) {
    if case .folder = source {
      self.init(base, .all, timestamp: nil)
    } else {
      self.init(base)
    }
  }

  private init(
    _ base: @escaping (MetadataRequest) -> MetadataUpdate.Answer, _ allowance: AgeAllowance,
    timestamp: MetadataUpdate.Answer?
  ) {
    (self.base, self.allowance, self.timestamp) = (base, allowance, timestamp)
  }

  /// Answers by `base`, which asks a server.
  public init(_ base: @escaping (MetadataRequest) -> MetadataUpdate.Answer) {
    self.base = base
    guard case .unreachable = base(.timestamp(MetadataLimits())), case .octets = base(.latestRoot(MetadataLimits())),
      let last = Self.last(base)
    else {
      (allowance, timestamp) = (.allButTimestamp, nil)
      return
    }
    (allowance, timestamp) = (.all, last)
  }

  /// The answer to a request.
  public func answer(_ request: MetadataRequest) -> MetadataUpdate.Answer {
    guard request.role == .timestamp, let timestamp else { return base(request) }
    return timestamp
  }

  /// The timestamp of the highest version: versions follow each other without a gap.
  private static func last(_ base: (MetadataRequest) -> MetadataUpdate.Answer) -> MetadataUpdate.Answer? {
    func ask(_ version: Int64) -> MetadataUpdate.Answer? {
      let answer = base(.timestamp(version: version, MetadataLimits()))
      guard case .octets = answer else { return nil }
      return answer
    }
    var (low, high): (Int64, Int64) = (0, 1)
    var best: MetadataUpdate.Answer?
    while high <= limit, let answer = ask(high) {
      (best, low) = (answer, high)
      high *= 2
    }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if let answer = ask(middle) {
        (best, low) = (answer, middle)
      } else {
        high = middle
      }
    }
    return best
  }
}

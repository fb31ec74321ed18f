internal import ContentSigning
public import ContentTrust
internal import SignedMetadata
public import TrustModel

/// What of a repository in a folder is to be signed anew at a moment.
public struct Renewal: Hashable, Sendable {
  /// Whether the timestamp is.
  public let isTimestampDue: Bool
  /// Whether the snapshot is, for which its key must be at hand.
  public let isSnapshotDue: Bool

  /// A timestamp is left alone while more than this is left of its life, in seconds: half of what it gets.
  public static let timestampRest = Lifetime.seconds(of: .timestamp) / 2
  /// The same for a snapshot: half a year, from when on docker and notary warn of it.
  public static let snapshotRest: Int64 = 180 * 86_400

  /// What is due when the present ones end at these moments.
  public init(timestampEnds: Timestamp, snapshotEnds: Timestamp, at now: Timestamp) {
    isSnapshotDue = now.advanced(by: Self.snapshotRest) >= snapshotEnds
    isTimestampDue = isSnapshotDue || now.advanced(by: Self.timestampRest) >= timestampEnds
  }
}

extension FolderHost {
  /// The moment as of which timestamp and snapshot of the folder are to be judged before they are renewed: now, or the last one at which
  /// both counted.
  ///
  /// Only signatures decide whether they may be trusted.
  public var standingMoment: Timestamp {
    PublishedState.moment([.timestamp, .snapshot], in: folder, repository, at: now)
  }

  /// A new version of the snapshot that was read.
  ///
  /// - Returns: nil where too few of its keys are at hand.
  /// - Throws: `PublishingError`.
  public func renewedSnapshot(_ reading: RepositoryReading) throws(PublishingError) -> PublishedDocument? {
    guard let snapshot = reading.trusted.snapshot else { return nil }
    let holders = reading.trusted.root.keys(of: .snapshot)
    guard holders.keys.count(where: { keys.holds($0.canonicalID) }) >= holders.threshold else { return nil }
    var draft = SnapshotDraft(snapshot)
    draft.head = draft.head.next(expires: now.advanced(by: Lifetime.seconds(of: .snapshot)))
    return try HostSignatures.signed(.snapshot, draft.head, draft.signed, holders, self)
  }
}

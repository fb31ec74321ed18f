public import SignedMetadata
internal import TrustModel

/// What publishing a draft means: which roles get new versions, and who signs each of them.
public struct SigningPlan: Sendable {
  /// One document that is signed here.
  public struct Entry: Sendable {
    /// The role.
    public let role: RoleName
    /// Its new version and expiry.
    public let head: DraftHead
    /// The keys that sign it, of those that are at hand.
    public let signers: [ListedKey]
    /// How many of its keys must sign.
    public let threshold: Int
    /// Keys of the root before that sign as well, so that whoever trusts that one follows.
    public let formerSigners: [ListedKey]
  }

  /// The documents in the order in which they are signed and sent: the root, targets before what they delegate to, the snapshot.
  public let entries: [Entry]
  /// Whether the host signs the snapshot, as it always signs the timestamp.
  public let isSnapshotByHost: Bool
  /// What expires later than it did, or sooner, and other things to know before agreeing.
  public var notes: [String] = []

  /// Why a draft cannot be signed with the keys at hand.
  public struct Missing: Error, Hashable {
    /// The role.
    public let role: RoleName
    /// How many of its keys must sign.
    public let needed: Int
    /// How many of them are at hand.
    public let held: Int
    /// Those that are not.
    public let absent: [ListedKey]
    /// Whether the keys of the root before are meant.
    public let isFormer: Bool
  }
}

extension SigningPlan {
  /// The plan for a draft with the keys that `holds` knows by the identifiers of their files.
  ///
  /// - Throws: `Missing` for the first role that too few keys are at hand for.
  public init(_ draft: RepositoryDraft, holding holds: (KeyID) -> Bool) throws(Missing) {
    var entries: [Entry] = []
    for role in draft.order {
      let holders = draft.holders(of: role) ?? RootDraft.Holders([])
      let signers = try Self.signers(of: role, holders, holds)
      let former = role == .root ? try Self.formerSigners(draft, holds) : []
      entries.append(
        Entry(
          role: role, head: draft.head(of: role), signers: signers, threshold: holders.threshold,
          formerSigners: former.filter { key in !signers.contains { $0.id == key.id } }))
    }
    let snapshot = draft.root.roles[.snapshot] ?? RootDraft.Holders([])
    isSnapshotByHost = snapshot.keys.count(where: { holds($0.canonicalID) }) < snapshot.threshold
    if isSnapshotByHost, draft.changed.contains(.snapshot) {
      _ = try Self.signers(of: .snapshot, snapshot, holds)
    }
    if !isSnapshotByHost, !draft.changed.isEmpty {
      entries.append(
        Entry(
          role: .snapshot, head: draft.nextSnapshotHead, signers: snapshot.keys.filter { holds($0.canonicalID) },
          threshold: snapshot.threshold, formerSigners: []))
    }
    self.entries = entries
  }

  private static func signers(
    of role: RoleName, _ holders: RootDraft.Holders, isFormer: Bool = false, _ holds: (KeyID) -> Bool
  ) throws(Missing) -> [ListedKey] {
    let signers = holders.keys.filter { holds($0.canonicalID) }
    guard signers.count >= holders.threshold else {
      let absent = holders.keys.filter { key in !signers.contains { $0.id == key.id } }
      throw Missing(role: role, needed: holders.threshold, held: signers.count, absent: absent, isFormer: isFormer)
    }
    return signers
  }

  /// The keys of the root before must sign the next one, too.
  private static func formerSigners(
    _ draft: RepositoryDraft, _ holds: (KeyID) -> Bool
  ) throws(Missing) -> [ListedKey] {
    guard let former = draft.formerRoot?.keys(of: .root) else { return [] }
    let holders = RootDraft.Holders(former.keys.map { ListedKey($0) }, threshold: former.threshold)
    let needed = try signers(of: .root, holders, isFormer: true, holds)
    var seen = Set(needed.map(\.id))
    return needed + draft.earlierRootKeys.filter { holds($0.canonicalID) && seen.insert($0.id).inserted }
  }
}

extension RepositoryDraft {
  /// What is signed here, but for the snapshot, in order.
  var order: [RoleName] {
    // A role stands before those that it delegates to, since its name begins theirs.
    let targets = changed.filter { $0 != .root && $0 != .snapshot }.sorted()
    return (changed.contains(.root) ? [.root] : []) + targets
  }

  func head(of role: RoleName) -> DraftHead {
    role == .root ? root.head : roles[role]?.head ?? DraftHead(version: 1, expires: now)
  }

  var nextSnapshotHead: DraftHead {
    let expires = now.advanced(by: Lifetime.seconds(of: .snapshot))
    return formerSnapshot?.head.next(expires: expires) ?? DraftHead(version: 1, expires: expires)
  }
}

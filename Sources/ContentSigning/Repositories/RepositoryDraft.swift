public import ContentTrust
public import SignedMetadata
public import StrictJSON
public import TrustModel

/// A repository as it is to be: what was read of it, and what is to be signed anew.
public struct RepositoryDraft: Sendable {
  /// The repository.
  public let repository: Repository
  /// The root as it was read; nil for a repository that is new.
  public let formerRoot: RootDocument?
  /// The root as it is to be.
  public private(set) var root: RootDraft
  /// The targets and every delegated role that was read or added.
  public private(set) var roles: [RoleName: TargetsDraft]
  /// The snapshot as it was read; nil for a repository that is new.
  let formerSnapshot: SnapshotDraft?
  /// Keys of roots before the last one that sign a new root as well, where they are at hand: for whoever has kept one of those.
  public var earlierRootKeys: [ListedKey] = []
  /// The roles that are to be signed anew, under a new version.
  public private(set) var changed: Set<RoleName> = []
  /// Delegated roles that are there and could not be read: signing one anew would lose what it holds, unless that is taken over.
  public private(set) var unread: Set<RoleName>
  /// The roles that were taken away, each with everything below it.
  public private(set) var removed: Set<RoleName> = []
  let now: Timestamp

  /// A new repository, with this root and no target.
  public init(new repository: Repository, root: RootDraft, at now: Timestamp) {
    (self.repository, self.root, self.now) = (repository, root, now)
    (formerRoot, formerSnapshot, unread) = (nil, nil, [])
    let head = DraftHead(version: 1, expires: now.advanced(by: Lifetime.seconds(of: .targets)))
    roles = [.targets: TargetsDraft(head)]
    changed = [.root, .targets]
  }

  /// A repository that was read whole, with all of its roles.
  ///
  /// - Throws: `MetadataError` where a part of it is missing.
  public init(_ reading: RepositoryReading, at now: Timestamp) throws(MetadataError) {
    guard let snapshot = reading.trusted.snapshot else { throw MetadataError(.snapshot, .absent) }
    (repository, self.now) = (reading.repository, now)
    formerRoot = reading.trusted.root
    root = RootDraft(reading.trusted.root)
    formerSnapshot = SnapshotDraft(snapshot)
    unread = Set(reading.passedOver.map(\.role))
    roles = [:]
    for role in reading.roles {
      do throws(JSONError) {
        roles[role.name] = try TargetsDraft(role.document)
      } catch {
        throw MetadataError(role.name, .json(error))
      }
    }
  }

  /// Changes the root, which gets one new version however often it is changed.
  public mutating func changeRoot(_ body: (inout RootDraft) -> Void) {
    body(&root)
    guard changed.insert(.root).inserted else { return }
    root.head = root.head.next(expires: now.advanced(by: Lifetime.seconds(of: .root)))
  }

  /// Changes the targets of a role, which get one new version however often they are changed; a role without any begins with version 1.
  public mutating func changeTargets(of role: RoleName, _ body: (inout TargetsDraft) -> Void) {
    let expires = now.advanced(by: Lifetime.seconds(of: role))
    var draft = roles[role] ?? TargetsDraft(DraftHead(version: 0, expires: expires))
    body(&draft)
    if changed.insert(role).inserted { draft.head = draft.head.next(expires: expires) }
    roles[role] = draft
    removed.remove(role)
  }

  /// The delegated roles that are signed for the first time, as far as the snapshot knows.
  public var newRoles: [RoleName] {
    changed.filter { !$0.isTopLevel && formerSnapshot?.documents[$0] == nil }.sorted()
  }

  /// Gives a role a version above one that the host has kept of a role of that name that was taken away.
  public mutating func raise(_ role: RoleName, above version: Int64) {
    guard let draft = roles[role], changed.contains(role), draft.head.version <= version else { return }
    roles[role]?.head.version = version + 1
  }

  /// Takes over the targets of a role that does not count at the moment, expired or signed by too few, to be signed anew.
  ///
  /// - Throws: `JSONError`, which nothing that was read throws.
  public mutating func adopt(_ role: RoleName, _ document: TargetsDocument) throws(JSONError) {
    if roles[role] == nil { roles[role] = try TargetsDraft(document) }
    unread.remove(role)
  }

  /// Signs a role anew without another change: the root, the snapshot, or a role of targets.
  public mutating func renew(_ role: RoleName) {
    switch role {
    case .root: changeRoot { _ in }
    case .snapshot: changed.insert(.snapshot)
    default: changeTargets(of: role) { _ in }
    }
  }

  /// Takes a delegated role away, with everything below it: its delegator no longer names it.
  public mutating func remove(_ role: RoleName) {
    guard let parent = role.delegator else { return }
    changeTargets(of: parent) { $0.delegations.removeAll { $0.name == role } }
    removed.insert(role)
    for name in Set(roles.keys).union(formerSnapshot?.documents.keys.map { $0 } ?? [])
    where name == role || name.isBelow(role) {
      roles[name] = nil
      changed.remove(name)
      removed.insert(name)
    }
  }

  /// Who signs a role of targets: by the root or by its delegator; nil where nobody delegates to it.
  public func holders(of role: RoleName) -> RootDraft.Holders? {
    if role.isTopLevel { return root.roles[role] }
    let delegation = role.delegator.flatMap { roles[$0] }?.delegations.first { $0.name == role }
    return delegation.map { RootDraft.Holders($0.keys, threshold: $0.threshold) }
  }

  /// Whether the repository has targets of a role that could not be read: to change them would be to lose them.
  public func isUnread(_ role: RoleName) -> Bool {
    roles[role] == nil && formerSnapshot?.documents[role] != nil && keeps(role)
  }

  /// Whether the snapshot goes on to list a role that it listed; also one that was not read, of which nothing else is known here.
  func keeps(_ role: RoleName) -> Bool { !removed.contains { $0 == role || role.isBelow($0) } }
}

extension RoleName {
  /// The role that delegates to this one in Notary, by the name; nil for a top-level role.
  public var delegator: RoleName? {
    guard !isTopLevel, let slash = text.text.lastIndex(of: "/") else { return nil }
    return RoleName(JSONString(text.text[..<slash]))
  }

  /// Whether it is delegated by another role, or by one below that.
  public func isBelow(_ other: RoleName) -> Bool { text.text.utf8.starts(with: (other.text.text + "/").utf8) }
}

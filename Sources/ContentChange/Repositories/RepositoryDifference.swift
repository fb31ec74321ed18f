public import ContentSigning
public import ContentTrust
public import SignedMetadata
public import StrictJSON

/// What a draft changes of who signs which tag.
public struct RepositoryDifference: Sendable {
  /// A tag that is signed otherwise than before.
  public struct Tag: Sendable {
    /// Its name.
    public let name: JSONString
    /// The roles that sign it now.
    public let before: [RoleName]
    /// The roles that sign it afterwards.
    public let after: [RoleName]
    /// What it is signed to be from now on; nil where it stays as it is, or is signed no longer.
    public let target: TargetsDraft.Target?
    /// What roles have signed it to be until now, where that is something else.
    public let replaced: [Replaced]
  }

  /// What a role has signed a tag to be, which is signed to be something else.
  public struct Replaced: Sendable {
    /// The role.
    public let role: RoleName
    /// SHA-256, 32 octets.
    public let sha256: [UInt8]
    /// Whether the role goes on to sign it so, beside the others.
    public let stays: Bool
  }

  /// How many tags a role signs afterwards, of those that its paths cover.
  public struct Count: Sendable {
    /// The role.
    public let role: RoleName
    /// Tags.
    public let tags: Int
  }

  /// A delegation that is new, goes, or is changed.
  public struct Delegation: Sendable {
    /// The role.
    public let role: RoleName
    /// As it was; nil for a new one.
    public let before: DelegationDraft?
    /// As it is to be; nil for one that goes.
    public let after: DelegationDraft?
  }

  /// The delegations that change, by name.
  public let delegations: [Delegation]
  /// The tags, by name.
  public let tags: [Tag]
  /// The roles that stay, by name.
  public let counts: [Count]

  /// The difference between a repository as it was read, nil for a new one, and a draft.
  public init(from reading: RepositoryReading?, to draft: RepositoryDraft) {
    let gone = (reading?.roles ?? []).filter { draft.roles[$0.name] == nil }
    var names = Set(draft.changed.flatMap { draft.roles[$0].map { Array($0.changes.keys) } ?? [] })
    for role in gone { names.formUnion(role.document.targets.keys) }
    let former = Dictionary((reading?.roles ?? []).map { ($0.name, $0) }) { first, _ in first }
    for role in former.values { names.formUnion(Self.moved(role, in: draft)) }
    let order = draft.roles.keys.sorted()
    tags = names.sorted().compactMap { name in
      let before = order.filter { draft.roles[$0]?.held(name) == true && former[$0]?.mayName(name) != false }
      let left = gone.filter { $0.document.targets[name] != nil }.map(\.name)
      let targets = order.compactMap { draft.roles[$0]?.changes[name] ?? nil }
      let after = order.filter { draft.roles[$0]?.holds(name) == true && draft.mayName($0, name) }
      // One that was staged and revoked again is no news.
      guard !targets.isEmpty || before + left != after else { return nil }
      return Tag(
        name: name, before: (before + left).sorted(), after: after, target: targets.first,
        replaced: targets.first.map { Self.replaced(name, by: $0, in: draft) } ?? [])
    }
    delegations = Self.delegations(from: reading, to: draft)
    counts = order.map { role in Count(role: role, tags: draft.coveredCount(role)) }
  }

  /// The names in a list that its paths cover no longer, or have come to cover.
  private static func moved(_ role: DelegationWalk.Role, in draft: RepositoryDraft) -> [JSONString] {
    guard draft.roles[role.name] != nil, !(role.mayName("") && draft.mayNameAll(role.name)) else { return [] }
    return role.document.targets.keys.filter { role.mayName($0) != draft.mayName(role.name, $0) }
  }

  private static func replaced(
    _ name: JSONString, by target: TargetsDraft.Target, in draft: RepositoryDraft
  ) -> [Replaced] {
    draft.roles.keys.sorted().compactMap { role in
      guard let list = draft.roles[role], let sha256 = list.former(name)?.sha256, sha256 != target.sha256 else {
        return nil
      }
      return Replaced(role: role, sha256: sha256, stays: list.changes[name] == nil)
    }
  }

  private static func delegations(from reading: RepositoryReading?, to draft: RepositoryDraft) -> [Delegation] {
    var before: [RoleName: DelegationDraft] = [:]
    for role in reading?.roles ?? [] {
      for delegation in role.document.delegations { before[delegation.name] = DelegationDraft(delegation) }
    }
    var after: [RoleName: DelegationDraft] = [:]
    for delegation in draft.roles.values.flatMap(\.delegations) { after[delegation.name] = delegation }
    return Set(before.keys).union(after.keys).sorted().filter { before[$0] != after[$0] }.map {
      Delegation(role: $0, before: before[$0], after: after[$0])
    }
  }
}

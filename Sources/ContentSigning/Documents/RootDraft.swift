public import SignedMetadata
internal import StrictJSON

/// A root that is to be signed.
///
/// Source: reference/docker-content-trust.md, section 2, "Root".
public struct RootDraft: Hashable, Sendable {
  /// The keys of a role, and how many of them must sign.
  public struct Holders: Hashable, Sendable {
    /// The keys, in the order in which they are named.
    public var keys: [ListedKey]
    /// How many must sign; at least 1.
    public var threshold: Int

    /// Holders of a role.
    public init(_ keys: [ListedKey], threshold: Int = 1) {
      (self.keys, self.threshold) = (keys, threshold)
    }
  }

  /// Version and expiry.
  public var head: DraftHead
  /// Who signs each of the four top-level roles.
  public var roles: [RoleName: Holders]
  /// Keys that are listed and belong to no role (any more): notary keeps those of old roots.
  public var others: [ListedKey]
  private let isConsistent: Bool

  /// A new root.
  public init(_ head: DraftHead, roles: [RoleName: Holders]) {
    (self.head, self.roles, others, isConsistent) = (head, roles, [], false)
  }

  /// A root that was read, to be changed.
  public init(_ root: RootDocument) {
    head = DraftHead(root.head)
    roles = root.roles.mapValues { Holders($0.keys.map { ListedKey($0) }, threshold: $0.threshold) }
    let held = Set(root.roles.values.flatMap(\.keys).map(\.id))
    others = root.keys.filter { !held.contains($0.id) }.map { ListedKey($0) }
    isConsistent = root.isConsistent
  }

  /// What is signed.
  public var signed: SignedText {
    let holders = RoleName.topLevel.sorted().map { role in
      let entry = roles[role] ?? Holders([])
      return JSON.Member(
        role.text,
        ["keyids": JSON(entry.keys.map(\.id.description)), "threshold": JSON(entry.threshold)])
    }
    let keys = others + RoleName.topLevel.flatMap { roles[$0]?.keys ?? [] }
    return SignedText(
      head.members(
        type: "Root",
        [
          JSON.Member("consistent_snapshot", .bool(isConsistent)), JSON.Member("keys", keys.form),
          JSON.Member("roles", .object(holders)),
        ]))
  }
}

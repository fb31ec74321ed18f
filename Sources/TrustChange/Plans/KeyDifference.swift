internal import OpenPGP
public import TrustModel

/// How one copy of a key differs from another copy of the same key: what a refreshed key brings, or takes away.
///
/// Primary key and algorithm are the same in both: the fingerprint is made of them. Signatures by other keys, subkeys that
/// are not bound and user ids that the key has not signed count for nothing and are left out.
public struct KeyDifference: Sendable, Equatable {
  /// Something in the stored copy, and in the new one.
  public struct Step<Value: Sendable & Equatable>: Sendable, Equatable {
    /// In the stored copy.
    public let before: Value
    /// In the new one.
    public let after: Value
  }

  /// The end of a subkey's validity, where it moves.
  public struct SubkeyEnd: Sendable, Equatable {
    /// The subkey.
    public let fingerprint: Fingerprint
    /// When its validity ends; nil for never.
    public let expires: Step<Timestamp?>
  }

  /// What is new in one kind of thing and what is not there any more, by its name, safe to show.
  public struct Parts: Sendable, Equatable {
    /// Only the new copy has them.
    public let added: [String]
    /// Only the stored copy has them.
    public let missing: [String]
    /// The new copy revokes them, the stored one does not.
    public let revoked: [String]
    /// The stored copy revokes them, the new one does not.
    public let restored: [String]
  }

  /// The key.
  public let fingerprint: Fingerprint
  /// When the copies' validity ends; nil for never.
  public let expires: Step<Timestamp?>
  /// Whether the key is revoked.
  public let isRevoked: Step<Bool>
  /// The subkeys, by fingerprint.
  public let subkeys: Parts
  /// Subkeys in both copies that end at another time.
  public let subkeyEnds: [SubkeyEnd]
  /// The user ids.
  public let userIDs: Parts

  init(from old: Certificate, _ oldJudgement: Judgement?, to new: Certificate, _ newJudgement: Judgement?) {
    let (before, after) = (KeyCopy(old, oldJudgement), KeyCopy(new, newJudgement))
    fingerprint = new.fingerprint
    expires = Step(before: before.expires, after: after.expires)
    isRevoked = Step(before: before.isRevoked, after: after.isRevoked)
    // Of a key that is revoked itself every subkey is: that says nothing of the subkeys.
    subkeys = Self.subkeys(before, after, comparesRevocations: !before.isRevoked && !after.isRevoked)
    subkeyEnds = before.subkeys.compactMap { one in
      guard let other = after.subkey(one.fingerprint), one.expires != other.expires else { return nil }
      return SubkeyEnd(fingerprint: one.fingerprint, expires: Step(before: one.expires, after: other.expires))
    }
    userIDs = Self.userIDs(before, after)
  }

  /// Whether the new copy revokes a key that the stored one does not: it only takes trust away.
  public var revokes: Bool { isRevoked.after && !isRevoked.before }

  private static func subkeys(_ before: KeyCopy, _ after: KeyCopy, comparesRevocations: Bool) -> Parts {
    func revoked(in copy: KeyCopy, notIn other: KeyCopy) -> [String] {
      guard comparesRevocations else { return [] }
      return copy.subkeys.filter { $0.isRevoked && other.subkey($0.fingerprint)?.isRevoked == false }.map(name)
    }
    return Parts(
      added: after.subkeys.filter { before.subkey($0.fingerprint) == nil }.map(name),
      missing: before.subkeys.filter { after.subkey($0.fingerprint) == nil }.map(name),
      revoked: revoked(in: after, notIn: before), restored: revoked(in: before, notIn: after))
  }

  private static func name(_ subkey: KeyCopy.BoundSubkey) -> String { subkey.fingerprint.description }

  private static func userIDs(_ before: KeyCopy, _ after: KeyCopy) -> Parts {
    func withdrawn(in copy: KeyCopy, notIn other: KeyCopy) -> [String] {
      copy.userIDs.filter { $0.isWithdrawn && other.userID($0.octets)?.isWithdrawn == false }.map(\.visible)
    }
    return Parts(
      added: after.userIDs.filter { !$0.isWithdrawn && before.userID($0.octets) == nil }.map(\.visible),
      missing: before.userIDs.filter { !$0.isWithdrawn && after.userID($0.octets) == nil }.map(\.visible),
      revoked: withdrawn(in: after, notIn: before), restored: withdrawn(in: before, notIn: after))
  }
}

internal import OpenPGP
public import TrustModel
internal import TrustVerify

/// How one copy of a key differs from another copy of the same key: what a refreshed key brings, or takes away.
public struct KeyDifference: Sendable, Equatable {
  /// The key.
  public let fingerprint: Fingerprint
  /// When the stored copy's validity ends, nil for never; and the new copy's.
  public let expires: (before: Timestamp?, after: Timestamp?)
  /// Fingerprints of subkeys that only the new copy has.
  public let addedSubkeys: [Fingerprint]
  /// Fingerprints of subkeys that only the stored copy has.
  public let lostSubkeys: [Fingerprint]
  /// User ids that only the new copy has, safe to show.
  public let addedUserIDs: [String]
  /// User ids that only the stored copy has, safe to show.
  public let lostUserIDs: [String]
  /// Whether the key is revoked in the stored copy, and in the new one.
  public let isRevoked: (before: Bool, after: Bool)

  init(
    from old: Certificate, _ oldJudgement: Judgement?, to new: Certificate, _ newJudgement: Judgement?
  ) {
    fingerprint = new.fingerprint
    expires = (Self.expiry(old, oldJudgement), Self.expiry(new, newJudgement))
    let (before, after) = (old.subkeys.map(\.fingerprint), new.subkeys.map(\.fingerprint))
    addedSubkeys = after.filter { !before.contains($0) }
    lostSubkeys = before.filter { !after.contains($0) }
    addedUserIDs = Self.userIDs(in: new, notIn: old)
    lostUserIDs = Self.userIDs(in: old, notIn: new)
    isRevoked = (Self.revoked(old, oldJudgement), Self.revoked(new, newJudgement))
  }

  /// Whether the new copy revokes a key that the stored one does not: it only takes trust away.
  public var revokes: Bool { isRevoked.after && !isRevoked.before }

  /// What the new copy no longer has, in words; where there is nothing, it only adds to the stored one.
  public var losses: [String] {
    var losses: [String] = []
    if isRevoked.before, !isRevoked.after { losses.append("the revocation") }
    losses += lostSubkeys.map { "subkey \($0)" } + lostUserIDs.map { "user id '\($0)'" }
    if !isRevoked.after, let end = expires.after, expires.before.map({ end < $0 }) ?? true {
      losses.append("validity after \(end.date)")
    }
    return losses
  }

  /// The difference in words, one line each; none where only other people's signatures or the form differ.
  public var lines: [String] {
    var lines: [String] = []
    if isRevoked.after, !isRevoked.before { lines.append("revoked by its owner: afterwards it no longer counts") }
    if isRevoked.before, !isRevoked.after { lines.append("no longer carries its revocation") }
    if expires.before != expires.after {
      lines.append("expires: \(Self.date(expires.before)) -> \(Self.date(expires.after))")
    }
    lines += addedSubkeys.map { "subkey added: \($0)" } + lostSubkeys.map { "subkey missing: \($0)" }
    lines += addedUserIDs.map { "user id added: \($0)" } + lostUserIDs.map { "user id missing: \($0)" }
    return lines.isEmpty ? ["the same key in another form, or with other people's signatures"] : lines
  }

  private static func date(_ moment: Timestamp?) -> String { moment?.date ?? "never" }

  private static func expiry(_ certificate: Certificate, _ judgement: Judgement?) -> Timestamp? {
    judgement.map(\.expires) ?? certificate.claimedExpiry
  }

  private static func revoked(_ certificate: Certificate, _ judgement: Judgement?) -> Bool {
    guard let judgement else { return certificate.isClaimedRevoked }
    if case .revoked = judgement.validity { return true }
    return false
  }

  private static func userIDs(in one: Certificate, notIn other: Certificate) -> [String] {
    let known = Set(other.userIDs.map(\.octets))
    return one.userIDs.filter { !known.contains($0.octets) }.map(\.visible.description)
  }

  /// Compares by value.
  public static func == (left: KeyDifference, right: KeyDifference) -> Bool {
    left.fingerprint == right.fingerprint && left.lines == right.lines && left.losses == right.losses
  }
}

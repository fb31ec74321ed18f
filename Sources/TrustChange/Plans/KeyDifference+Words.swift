internal import TrustModel

extension KeyDifference {
  /// What the new copy no longer has, in words; where there is nothing, it only adds to the stored one.
  ///
  /// A copy that revokes the key loses nothing: whatever else it lacks would not count any more.
  public var losses: [String] {
    guard !isRevoked.after else { return [] }
    var losses: [String] = isRevoked.before ? ["the revocation"] : []
    losses += subkeys.restored.map { "the revocation of subkey \($0)" }
    losses += userIDs.restored.map { "the revocation of user id '\($0)'" }
    losses += subkeys.missing.map { "subkey \($0)" } + userIDs.missing.map { "user id '\($0)'" }
    if let end = Self.shorter(expires) { losses.append("validity after \(end.date)") }
    losses += subkeyEnds.compactMap { subkey in
      Self.shorter(subkey.expires).map { "validity of subkey \(subkey.fingerprint) after \($0.date)" }
    }
    return losses
  }

  /// The difference in words, one line each; never none.
  public var lines: [String] {
    var lines: [String] = []
    if revokes { lines.append("revoked by its owner: afterwards it no longer counts") }
    if isRevoked.before, !isRevoked.after { lines.append("no longer carries its revocation") }
    if expires.before != expires.after { lines.append("expires: \(Self.words(expires))") }
    lines += Self.lines(subkeys, "subkey")
    lines += subkeyEnds.map { "subkey \($0.fingerprint) expires: \(Self.words($0.expires))" }
    lines += Self.lines(userIDs, "user id")
    return lines.isEmpty ? ["the same key with other signatures of its own, which change nothing here"] : lines
  }

  private static func lines(_ parts: Parts, _ what: String) -> [String] {
    parts.added.map { "\(what) added: \($0)" } + parts.missing.map { "\(what) missing: \($0)" }
      + parts.revoked.map { "\(what) revoked: \($0)" } + parts.restored.map { "\(what) no longer revoked: \($0)" }
  }

  private static func words(_ step: Step<Timestamp?>) -> String { "\(date(step.before)) -> \(date(step.after))" }

  private static func date(_ moment: Timestamp?) -> String { moment?.date ?? "never" }

  /// The new end, where it comes before the stored one.
  private static func shorter(_ step: Step<Timestamp?>) -> Timestamp? {
    guard let end = step.after, step.before.map({ end < $0 }) ?? true else { return nil }
    return end
  }
}

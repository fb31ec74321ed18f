public import ContentSigning
public import SignedMetadata
public import TrustModel

/// What becomes of the targets of a delegated role whose keys or threshold have changed.
public enum RoleStanding: Hashable, Sendable {
  /// They count on as they are: enough of the keys that stay have signed them, or there are none yet.
  case stands
  /// They are signed anew.
  case renewed
  /// They count no more until others sign them: so many must, and so many of those who may are here.
  case unsigned(needed: Int, held: Int)
  /// Nobody can sign them any more: it has fewer keys than must sign.
  case below(needed: Int, keys: Int)

  /// Whether what the role signs counts afterwards.
  public var counts: Bool { self == .stands || self == .renewed }

  /// What it means, one sentence.
  ///
  /// - Parameter tags: how many it signs.
  public func sentence(_ role: RoleName, of repository: Repository, tags: Int) -> String {
    let name = RepositoryChangeError.shown(role)
    let loss = "what it signs (\(tags) tag\(tags == 1 ? "" : "s")) counts no more"
    switch self {
    case .stands: return "\(name) counts on as it was signed"
    case .renewed: return "\(name) is signed anew by the keys that stay"
    case .unsigned(let needed, let held):
      return
        "\(name) must be signed by \(needed) of its keys, of which \(held) are here: \(loss) until they sign it by keyreeve content witness"
        + " \(repository) \(name)"
    case .below(let needed, let keys):
      return
        "\(name) falls below its threshold: \(needed) must sign and it has \(keys) key\(keys == 1 ? "" : "s"), so \(loss)"
    }
  }
}

extension RepositoryDraft {
  /// Signs the targets of a role anew where its keys have changed so that they would not count, and these keys are here.
  public mutating func settle(_ role: RoleName, holding holds: (KeyID) -> Bool) -> RoleStanding {
    guard let holders = holders(of: role), let draft = roles[role] else { return .stands }
    guard holders.keys.count >= holders.threshold else {
      return .below(needed: holders.threshold, keys: holders.keys.count)
    }
    if changed.contains(role) { return .renewed }
    let valid = holders.keys.count { draft.formerSigners.contains($0.id) }
    if valid >= holders.threshold { return .stands }
    let held = held(role, holds)
    guard held >= holders.threshold else { return .unsigned(needed: holders.threshold, held: held) }
    renew(role)
    return .renewed
  }
}

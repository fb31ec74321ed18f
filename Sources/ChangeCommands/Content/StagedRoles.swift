internal import ContentChange
internal import ContentSigning
internal import SignedMetadata
internal import TrustModel

extension DelegationEdit {
  /// The roles that it means: all delegations of a repository for `targets/*`.
  func named(in draft: RepositoryDraft) -> [RoleName] {
    role == Self.everyDelegation ? draft.roles.values.flatMap(\.delegations).map(\.name) : [role]
  }
}

extension RepositoryDraft {
  /// Says that a role which has signed nothing yet has fewer keys than must sign, so that nobody can; nil where it has enough.
  ///
  /// What becomes of one that has signed already is said by its standing.
  func keysMissing(_ role: RoleName) -> String? {
    guard roles[role] == nil, let holders = holders(of: role), holders.keys.count < holders.threshold else {
      return nil
    }
    let (name, count) = (VisibleText(role.description), holders.keys.count)
    let keys = count == 0 ? "no key" : "\(count) key\(count == 1 ? "" : "s"), where \(holders.threshold) must sign"
    return
      "warning: \(name) has \(keys): nobody can sign into it before one is added by keyreeve content delegation add \(repository) \(name) FILE"
  }
}

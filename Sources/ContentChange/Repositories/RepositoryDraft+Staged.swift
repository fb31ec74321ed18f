public import ContentSigning
public import SignedMetadata
internal import StrictJSON
internal import TrustModel

extension RepositoryDraft {
  /// Makes a staged change, once the keys of the role that is signed for it are known to be here.
  ///
  /// - Throws: `RepositoryChangeError`; then nothing was changed.
  public mutating func apply(
    _ change: StagedChange, holding holds: (KeyID) -> Bool
  ) throws(RepositoryChangeError) {
    let role = change.signedRole
    if let holders = holders(of: role) {
      let held = held(role, holds)
      guard held >= holders.threshold else { throw .keys(role, holders, held: held) }
    }
    switch change.content {
    case .target(let name, let target?): try sign(name, as: target, in: change.role)
    case .target(let name, nil): try revoke(name, from: [change.role])
    case .delegation(let edit): try self.edit(edit)
    case .witness: try witness(change.role)
    }
  }
}

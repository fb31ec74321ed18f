internal import ContentChange
internal import ContentSigning
internal import SignedMetadata
internal import TrustModel

extension PublishingSession {
  /// Who signs what no document of a plan is: the server, or in a folder a key of the user.
  ///
  /// - Parameter root: the root as it is to be.
  func hostLine(_ plan: SigningPlan, _ root: RootDraft?) -> String {
    guard hostKeys != nil else {
      return plan.isSnapshotByHost ? "snapshot and timestamp signed by the server" : "timestamp signed by the server"
    }
    func line(_ role: RoleName) -> String {
      // A key that is only shown in a plan has no name that will ever be seen again.
      let held = (root?.roles[role]?.keys ?? []).filter { self.keys.holds($0.canonicalID) }
      let keys = held.map { "\($0.canonicalID)".prefix(7) }
      return "\(role) signed here\(keys.isEmpty ? "" : " by \(keys.joined(separator: ", "))")"
    }
    return (plan.isSnapshotByHost ? [line(.snapshot)] : []).reduce("") { $1 + "; " + $0 } + line(.timestamp)
  }

  /// Who signs the snapshot of a plan, as documents have it.
  func snapshotHolder(_ plan: SigningPlan) -> String { plan.isSnapshotByHost && hostKeys == nil ? "server" : "here" }

  /// The files of keys that were made here for what a server would sign.
  var madeHostKeys: [String] {
    (hostKeys?.made ?? []).map { "\($0.role) key \($0.id) in \(VisibleText($0.file))" }
  }
}

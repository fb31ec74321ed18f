public import TrustModel
internal import Stores
internal import TrustVerify

extension ChangePlanner {
  /// The fingerprints of the keys that either layer holds for the names of a prefix, at the prefix itself or above it,
  /// masked ones included; the root scope does not count, and there are none for it.
  public func keys(for scope: Scope) -> [Fingerprint] {
    guard case .prefix = scope else { return [] }
    return Set(
      inventory.keys.map(\.file).filter { file in
        file.scope != .root && file.scope.covers(scope) && file.nature != .empty
      }.compactMap(\.fingerprint)
    ).sorted()
  }

  /// The administrator's empty files that switch a key off for the names of a scope, at the scope itself or above it.
  ///
  /// They switch off what the distribution ships; a copy in the administrator layer counts in spite of them, unless it
  /// would lie in their place.
  public func masks(of fingerprint: Fingerprint, for scope: Scope) -> [String] {
    inventory.keys.map(\.file).filter { $0.isMask && $0.fingerprint == fingerprint && $0.scope.covers(scope) }
      .map(\.path)
  }
}

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
}

/// What one trusted-key file comes to, seen with every other file of both layers.
public enum KeyStatus: String, Sendable, CaseIterable {
  /// Vouches for the names of its scope.
  case trusted
  /// Switched off by an empty administrator file, named beside it.
  case disabled
  /// Replaced by the administrator's file at the same path, named beside it.
  case overridden
  /// Is itself an empty administrator file that switches a fingerprint off.
  case mask
  /// The key's validity has ended.
  case expired
  /// The key was revoked by its owner.
  case revoked
  /// The key's algorithm or size is too weak to count.
  case weak
  /// Not a usable key file: vouches for nobody; the problem is named beside it.
  case invalid
}

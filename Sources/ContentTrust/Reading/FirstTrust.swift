/// On what grounds the root of a repository is trusted.
public enum FirstTrust: Sendable, Equatable {
  /// A root of this repository was trusted here before, and is still there.
  case kept
  /// Its keys are those that were trusted here before; the root itself is gone.
  case remembered
  /// One of its keys is pinned, by this identifier.
  case pinned(String)
  /// An authority vouches for its certificate; the file that names it.
  case authority(String)
  /// It is the one that a freeze begins with; the file that says so.
  case frozen(String)
  /// It is the first one seen, and somebody has agreed to that.
  case firstUse
}

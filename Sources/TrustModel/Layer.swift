/// One of the two trees that trusted keys come from.
public enum Layer: String, Hashable, Sendable, CaseIterable {
  /// What the distribution ships, `/usr/lib/rkt/trustedkeys`: only ever read.
  case distribution
  /// What the administrator decided, `/etc/rkt/trustedkeys`: stands before the distribution's, and is the only layer
  /// that is written.
  case administrator

  /// The layer's directory, absolute, without a sysroot.
  public var directory: String {
    switch self {
    case .distribution: "/usr/lib/rkt/trustedkeys"
    case .administrator: "/etc/rkt/trustedkeys"
    }
  }
}

/// A family of container engines: what its command understands.
public enum EngineKind: String, Sendable, CaseIterable {
  /// Docker's own.
  case docker
  /// Podman.
  case podman
  /// The command of containerd.
  case nerdctl
}

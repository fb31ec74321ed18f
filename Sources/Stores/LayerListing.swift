public import TrustModel

/// What the key directories of both layers hold, by name and kind; no file has been opened.
public struct LayerListing: Sendable {
  /// A directory of a layer.
  public struct KeyDirectory: Hashable, Sendable {
    /// The layer.
    public let layer: Layer
    /// The scope whose keys it holds; nil for the layer's own top directories.
    public let scope: Scope?
    /// The directory, absolute, without the sysroot.
    public let path: String
    /// What the file system says of it.
    public let status: FileStatus
  }

  /// A place that could not be looked into.
  public struct Obstacle: Hashable, Sendable {
    /// The layer.
    public let layer: Layer
    /// The names whose keys may be hidden there; nil where it is all of them.
    public let scope: Scope?
    /// What went wrong.
    public let error: StoreError

    /// Whether decisions about `name` may depend on what could not be seen.
    public func concerns(_ name: ImageName) -> Bool { scope?.covers(name) ?? true }
  }

  /// Every entry, in the order of the walk.
  public internal(set) var files: [KeyFile] = []
  /// Every directory.
  public internal(set) var directories: [KeyDirectory] = []
  /// What could not be seen.
  public internal(set) var obstacles: [Obstacle] = []
  /// What lies below `prefix.d` where no key can: files of no prefix, directories whose path is no valid prefix.
  public internal(set) var misplaced: [Misplaced] = []

  /// Something that lies where no key can.
  public struct Misplaced: Sendable, Equatable {
    /// The path, absolute, without the sysroot.
    public let path: String
    /// What it is; nil where that cannot be told.
    public let kind: FileStatus.Kind?
  }

  init() {}
}

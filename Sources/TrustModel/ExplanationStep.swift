/// What the files of one directory did to the keys that count for a name.
public struct ExplanationStep: Sendable, Equatable {
  /// What one file did.
  public enum Effect: String, Sendable {
    /// Its key counts from here on.
    case adds
    /// Its key counts in the place of the distribution's copy.
    case replaces
    /// The distribution's key counts no more.
    case masks
    /// The distribution's copy counts no more, and this one does not count either.
    case hides
    /// Nothing.
    case nothing
  }

  /// One file.
  public struct File: Sendable, Equatable {
    /// What it did.
    public let effect: Effect
    /// The fingerprint that it is named by.
    public let fingerprint: Fingerprint?
    /// Its path.
    public let path: String
    /// Why, where that is not plain.
    public let detail: String?

    /// A file and what it did.
    public init(effect: Effect, fingerprint: Fingerprint?, path: String, detail: String?) {
      (self.effect, self.fingerprint, self.path, self.detail) = (effect, fingerprint, path, detail)
    }
  }

  /// The layer of the directory.
  public let layer: Layer
  /// The names that it speaks for.
  public let scope: Scope
  /// Its files, by name.
  public let files: [File]
  /// How many key files count after it.
  public let count: Int

  /// A step.
  public init(layer: Layer, scope: Scope, files: [File], count: Int) {
    (self.layer, self.scope, self.files, self.count) = (layer, scope, files, count)
  }
}

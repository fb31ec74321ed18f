/// A trusted-key file that was looked at for a decision, and why it counted or did not.
public struct ConsideredKey: Sendable, Equatable {
  /// What the file came to.
  public var status: KeyStatus
  /// The fingerprint in the file's name; nil where the name is none.
  public var fingerprint: Fingerprint?
  /// The file, absolute, without the sysroot.
  public var file: String
  /// The layer it lies in.
  public var layer: Layer
  /// The names it would speak for.
  public var scope: Scope
  /// The file that disables or overrides it.
  public var by: String?
  /// Why it does not count, in a few words; nil where it counts.
  public var detail: String?

  /// A considered file.
  public init(
    status: KeyStatus, fingerprint: Fingerprint?, file: String, layer: Layer, scope: Scope, by: String? = nil,
    detail: String? = nil
  ) {
    self.status = status
    self.fingerprint = fingerprint
    self.file = file
    self.layer = layer
    self.scope = scope
    self.by = by
    self.detail = detail
  }
}

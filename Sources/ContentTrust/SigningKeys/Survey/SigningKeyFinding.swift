public import SignedMetadata
public import TrustModel

/// Something about signing keys that their owner should know.
public struct SigningKeyFinding: Sendable {
  /// The rule that found it, a stable word such as `file-mode`.
  public let id: String
  /// How much it matters.
  public let severity: Finding.Severity
  /// The key, where it is about one.
  public let key: KeyID?
  /// The file or folder, absolute, without the sysroot.
  public let file: String
  /// One sentence.
  public let message: String
  /// Arguments of a command that mends it, or nil where there is none.
  public let fix: [String]?

  init(
    _ id: String, _ severity: Finding.Severity, key: KeyID? = nil, file: String, _ message: String,
    fix: [String]? = nil
  ) {
    (self.id, self.severity, self.key, self.file, self.message, self.fix) = (id, severity, key, file, message, fix)
  }
}

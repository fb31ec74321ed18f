/// Something about the key layers that an administrator should know.
public struct Finding: Sendable, Equatable {
  /// How much it matters, least first.
  public enum Severity: String, Sendable, CaseIterable, Comparable {
    /// Worth knowing.
    case note
    /// Will matter soon, or weakens trust.
    case warning
    /// Undermines trust now.
    case error

    /// Orders by weight.
    public static func < (left: Severity, right: Severity) -> Bool { left.weight < right.weight }

    private var weight: Int {
      switch self {
      case .note: 0
      case .warning: 1
      case .error: 2
      }
    }
  }

  /// The rule that found it, a stable word such as `stray-file`.
  public var id: String
  /// How much it matters.
  public var severity: Severity
  /// The file or directory, absolute, without the sysroot; nil where the finding is about no single one.
  public var file: String?
  /// The key, where the finding is about one.
  public var fingerprint: Fingerprint?
  /// One sentence.
  public var message: String
  /// Arguments of a command that mends it, or nil where there is none.
  public var fix: [String]?

  /// A finding.
  public init(
    id: String, severity: Severity, file: String?, fingerprint: Fingerprint? = nil, message: String,
    fix: [String]? = nil
  ) {
    self.id = id
    self.severity = severity
    self.file = file
    self.fingerprint = fingerprint
    self.message = message
    self.fix = fix
  }
}

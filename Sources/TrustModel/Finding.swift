/// Something about the key layers that an administrator should know.
public struct Finding: Sendable, Equatable {
  /// That somebody has decided to live with it.
  public struct Ignored: Sendable, Equatable {
    /// Why.
    public var reason: String
    /// Who said so.
    public var by: String
    /// When.
    public var when: Timestamp

    /// A decision.
    public init(reason: String, by: String, when: Timestamp) {
      (self.reason, self.by, self.when) = (reason, by, when)
    }
  }

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
  /// What tells it from the same finding about a file that has changed since: a digest.
  public var mark = ""
  /// The decision to live with it, as long as it stays what it is; nil while nobody has said so.
  public var ignored: Ignored?

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

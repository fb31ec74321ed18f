public import SignedMetadata
public import TrustModel

/// Something about a repository of content trust, or the keys for it, that its owner should know.
public struct ContentFinding: Sendable, Equatable {
  /// The rule that found it, a stable word such as `expired`.
  public let id: String
  /// How much it matters.
  public let severity: Finding.Severity
  /// The repository; nil where it is about a key that belongs to none.
  public let repository: Repository?
  /// The role.
  public let role: RoleName?
  /// The key, by the identifier of its file.
  public let key: KeyID?
  /// The file, absolute, without the sysroot.
  public let file: String?
  /// One sentence; it says what to do where no command does it.
  public let message: String
  /// Arguments of a command that mends it; nil where there is none.
  public let fix: [String]?

  /// A finding.
  public init(
    _ id: String, _ severity: Finding.Severity, _ repository: Repository?, role: RoleName? = nil, key: KeyID? = nil,
    file: String? = nil, _ message: String, fix: [String]? = nil
  ) {
    (self.id, self.severity, self.repository, self.role) = (id, severity, repository, role)
    (self.key, self.file, self.message, self.fix) = (key, file, message, fix)
  }

  /// The command that replaces one key of a role, where it has lost several.
  static func rotate(_ repository: Repository, _ role: RoleName, replacing key: KeyID) -> [String] {
    ["keyreeve", "content", "key", "rotate", repository.name, role.description, "--replace", "\(key)"]
  }

  /// The command that mends a repository, or some roles of it.
  static func repair(_ repository: Repository, _ roles: RoleName...) -> [String] { repair(repository, roles) }

  /// The same for roles in a list.
  static func repair(_ repository: Repository, _ roles: [RoleName]) -> [String] {
    ["keyreeve", "content", "repair", repository.name] + roles.flatMap { ["--role", $0.description] }
  }

  /// The command that signs a new timestamp in a folder.
  static func refresh(_ repository: Repository) -> [String] { ["keyreeve", "content", "refresh", repository.name] }
}

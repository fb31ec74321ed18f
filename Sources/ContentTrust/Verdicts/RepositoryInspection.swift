internal import StrictJSON
public import SignedMetadata
public import TrustModel

/// What a repository consists of: each role with its keys, its version and its end.
public struct RepositoryInspection: Sendable {
  /// One role.
  public struct Role: Sendable {
    /// The role.
    public let name: String
    /// Its version; nil where nothing was published into it yet, or where it does not count.
    public let version: Int64?
    /// When it expires.
    public let expires: Timestamp?
    /// How many keys must sign.
    public let threshold: Int
    /// The keys.
    public let keys: [MetadataKey]
    /// The beginnings of names that it may sign; nil for roles that sign no targets, and for the top-level targets.
    public let paths: [String]?
    /// How many targets it signs.
    public let targets: Int?
  }

  /// The repository.
  public let repository: Repository
  /// On what grounds the root is trusted, in one word.
  public let anchor: String
  /// Why the server could not be asked.
  public let offline: String?
  /// What became of what was learned.
  public let keeping: ContentKeeping
  /// The roles: root, timestamp, snapshot, targets, then the delegated ones.
  public let roles: [Role]
  /// What ends soon, or does not count.
  public let warnings: [String]

  /// How long before its end something is warned of, in days.
  public static let notice: Int64 = 30

  /// The inspection of what was read.
  public init(_ reading: RepositoryReading) {
    let trusted = reading.trusted
    func top(_ name: RoleName, _ head: DocumentHead?) -> Role {
      let keys = trusted.root.keys(of: name)
      return Role(
        name: name.description, version: head?.version, expires: head?.expires, threshold: keys.threshold,
        keys: keys.keys, paths: nil, targets: nil)
    }
    var roles = [
      top(.root, trusted.root.head), top(.timestamp, trusted.timestamp?.head), top(.snapshot, trusted.snapshot?.head),
    ]
    for role in reading.roles {
      let keys = reading.keys(of: role)
      roles.append(
        Role(
          name: role.name.description, version: role.document.head.version, expires: role.document.head.expires,
          threshold: keys.threshold, keys: keys.keys, paths: role.delegation?.paths.map(\.text),
          targets: role.document.targets.count))
    }
    (repository, anchor, offline) = (reading.repository, reading.grounds.word, reading.offline)
    keeping = reading.keeping
    self.roles = roles
    warnings =
      reading.passedOver.map { "role \(VisibleText($0.role.description)) does not count: \($0)" }
      + roles.flatMap { Self.ending($0, at: trusted.now) }
  }

  /// What of a role ends within the notice: its document, its certificates.
  private static func ending(_ role: Role, at now: Timestamp) -> [String] {
    let soon = now.advanced(by: notice * 86_400)
    let name = VisibleText(role.name)
    var warnings: [String] = []
    // A timestamp is made anew every two weeks.
    if role.name != "timestamp", let expires = role.expires, expires < soon {
      warnings.append("\(name) expires on \(expires.date)")
    }
    for key in role.keys {
      guard let end = key.certificates.first?.notAfter, end < soon else { continue }
      warnings.append("the certificate of key \(key.canonicalID) of \(name) ends on \(end.date)")
    }
    return warnings
  }
}

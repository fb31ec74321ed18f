internal import SignedMetadata

/// What the file of a key says of its role and repository, by docker's rules.
///
/// Source: reference/docker-content-trust.md, section 1: `gun` stands only in files of targets, snapshot and timestamp keys.
public struct SigningKeyHeaders: Hashable, Sendable {
  /// The role: a top-level one, or the bare name of a signer; nil where nothing says it.
  public let role: String?
  /// The repository; nil for all others.
  public let repository: String?

  /// The longest role, in octets.
  public static let roleLimit = 255

  /// Headers; the repository is left out where the role has none.
  public init(role: String?, repository: String?) {
    self.role = role
    self.repository = role.map(Self.hasRepository) == true ? repository : nil
  }

  /// Whether keys of a role belong to one repository.
  public static func hasRepository(_ role: String) -> Bool {
    ["targets", "snapshot", "timestamp"].contains { $0.utf8.elementsEqual(role.utf8) }
  }

  /// Whether it is a name that docker and notary take for a role: lower-case letters, digits, `-`, `_` and `/`.
  public static func isRole(_ text: String) -> Bool {
    let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789-_/".utf8)
    return !text.isEmpty && text.utf8.count <= roleLimit && text.utf8.allSatisfy(allowed.contains)
  }

  /// The header lines.
  public var lines: [(name: String, value: String)] {
    [("role", role), ("gun", repository)].compactMap { name, value in value.map { (name, $0) } }
  }

  /// Role and repository in words: `root`, `targets of example.com/app`.
  public var words: String { (role ?? "role not stated") + (repository.map { " of \($0)" } ?? "") }
}

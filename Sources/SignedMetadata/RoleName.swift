public import StrictJSON

/// The name of a role, compared by octets.
///
/// Source: TUF 1.0.34, section 2.1; reference/docker-content-trust.md, section 2.
public struct RoleName: Hashable, Sendable, Comparable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// The name as it stands in metadata.
  public let text: JSONString

  /// A role of that name.
  public init(_ text: JSONString) {
    self.text = text
  }

  /// A role of that name.
  public init(stringLiteral value: String) {
    text = JSONString(value)
  }

  /// Says which keys count for every top-level role.
  public static let root: RoleName = "root"
  /// Says which snapshot is current.
  public static let timestamp: RoleName = "timestamp"
  /// Says which files of targets and delegations belong together.
  public static let snapshot: RoleName = "snapshot"
  /// Says which files are good.
  public static let targets: RoleName = "targets"

  /// The four roles whose keys stand in the root.
  public static let topLevel: [RoleName] = [.root, .timestamp, .snapshot, .targets]

  /// Whether its keys stand in the root.
  public var isTopLevel: Bool { Self.topLevel.contains(self) }

  /// The name as a part of an address or a file's name: everything but letters, digits, `-`, `.`, `_` and `~` encoded.
  public var percentEncoded: String { PercentEncoding.encoded(text.octets) }

  /// Orders by octets.
  public static func < (left: RoleName, right: RoleName) -> Bool { left.text < right.text }

  /// The name as it is, for texts that are made visible later.
  public var description: String { text.text }
}

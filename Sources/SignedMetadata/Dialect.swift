internal import StrictJSON

/// Which of the two forms of The Update Framework a repository is written in: what differs between them is asked here, and nowhere else.
///
/// Source: reference/security.md, section 2.
public enum Dialect: Sendable, Hashable {
  /// TUF 1.0: <https://theupdateframework.github.io/specification/>.
  case tuf
  /// Notary version 1, as Docker Content Trust uses it.
  case notary

  /// The word in `_type`; never compared without regard to case.
  func typeName(of role: RoleName) -> JSONString {
    switch (self, role) {
    case (.tuf, .root): "root"
    case (.tuf, .timestamp): "timestamp"
    case (.tuf, .snapshot): "snapshot"
    case (.tuf, _): "targets"
    case (.notary, .root): "Root"
    case (.notary, .timestamp): "Timestamp"
    case (.notary, .snapshot): "Snapshot"
    case (.notary, _): "Targets"
    }
  }

  /// The name under which snapshot and timestamp list the metadata of a role.
  func listedName(of role: RoleName) -> JSONString {
    switch self {
    case .tuf: JSONString(role.text.text + ".json")
    case .notary: role.text
    }
  }

  /// Whether snapshot and timestamp give versions; where they do not, they give hashes and lengths.
  var listsVersions: Bool { self == .tuf }
}

internal import Crypto
public import StrictJSON

/// A role that may speak for some of the targets of another one.
public struct Delegation: Sendable {
  /// The role.
  public let name: RoleName
  /// The keys that count for it.
  public let keys: RoleKeys
  /// Whether a search that it matches ends with it.
  public let isTerminating: Bool
  /// The names that it may speak for: patterns in TUF, beginnings in Notary.
  public let paths: [JSONString]
  /// Beginnings of SHA-256 digests of names, in hexadecimal digits.
  let hashPrefixes: [JSONString]
  private let dialect: Dialect

  init(_ value: JSON, _ listed: KeyList, of role: RoleName, _ dialect: Dialect) throws(MetadataError) {
    let fields = try FieldReader(
      value, "delegation", of: role, dialect,
      known: ["name", "keyids", "threshold", "terminating", "paths", "path_hash_prefixes"])
    name = RoleName(try fields.string("name"))
    keys = try listed.roleKeys(fields)
    self.dialect = dialect
    switch dialect {
    case .tuf:
      guard !name.isTopLevel, !name.text.text.isEmpty else { throw fields.error("a delegation to \(name)") }
      guard let terminating = fields["terminating"]?.boolean else {
        throw fields.error("delegation.terminating must be true or false")
      }
      isTerminating = terminating
      guard (fields["paths"] == nil) != (fields["path_hash_prefixes"] == nil) else {
        throw fields.error("a delegation has either paths or path_hash_prefixes")
      }
    case .notary:
      guard Self.isNotaryName(name, under: role) else { throw fields.error("a delegation cannot be called \(name)") }
      isTerminating = false
    }
    paths = try fields["paths"] == nil ? [] : fields.strings(try fields.arrayOrNull("paths"), "paths")
    hashPrefixes =
      try dialect == .notary || fields["path_hash_prefixes"] == nil
      ? [] : fields.strings(try fields.array("path_hash_prefixes"), "path_hash_prefixes")
  }

  /// A direct child of its delegator, of lower-case letters, digits, `-`, `_` and `/`, shorter than 256 octets.
  private static func isNotaryName(_ name: RoleName, under parent: RoleName) -> Bool {
    let (text, start) = (name.text.text, parent.text.text + "/")
    guard text.utf8.count < 256, text.utf8.starts(with: start.utf8) else { return false }
    let rest = text.utf8.dropFirst(start.utf8.count)
    return !rest.isEmpty
      && rest.allSatisfy { octet in
        switch octet {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
          UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }

  /// Whether it may speak for a target.
  public func covers(_ target: JSONString) -> Bool {
    switch dialect {
    case .notary: return paths.contains { target.text.utf8.starts(with: $0.text.utf8) }
    case .tuf:
      guard hashPrefixes.isEmpty else {
        let digest = Hex.text(SHA256.hash(data: target.octets))
        return hashPrefixes.contains { digest.utf8.starts(with: $0.text.utf8) }
      }
      return paths.contains { PathPattern.matches(target.octets, $0.octets) }
    }
  }
}

public import SignedMetadata
public import StrictJSON

/// A role that may speak for some of the targets of another one, to be signed by that one.
///
/// Source: reference/docker-content-trust.md, section 2, "Delegations".
public struct DelegationDraft: Hashable, Sendable {
  /// The role.
  public let name: RoleName
  /// The keys that count for it, in the order in which they are named.
  public var keys: [ListedKey]
  /// How many must sign; at least 1.
  public var threshold: Int
  /// Beginnings of the names that it may speak for; none means no name at all.
  public var paths: [JSONString]

  /// A new delegation.
  public init(_ name: RoleName, keys: [ListedKey], threshold: Int = 1, paths: [JSONString]) {
    (self.name, self.keys, self.threshold, self.paths) = (name, keys, threshold, paths)
  }

  /// A delegation that was read, to be changed.
  public init(_ delegation: Delegation) {
    name = delegation.name
    keys = delegation.keys.keys.map { ListedKey($0) }
    (threshold, paths) = (delegation.keys.threshold, delegation.paths)
  }

  /// Its entry; notary-server leaves an empty list of paths away.
  var form: JSON {
    var members: [JSON.Member] = [
      .init("keyids", JSON(keys.map(\.id.description))), .init("name", .string(name.text)),
    ]
    if !paths.isEmpty { members.append(.init("paths", .array(paths.map { .string($0) }))) }
    members.append(.init("threshold", JSON(threshold)))
    return .object(members)
  }
}

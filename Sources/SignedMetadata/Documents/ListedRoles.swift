/// Which keys a document of Notary names for which roles, whether the document counts or not.
///
/// Neither signatures nor expiry are looked at: this says whose keys are meant, and never decides about a target.
public struct ListedRoles: Sendable {
  /// The roles in the order in which they are listed, each with its keys.
  public let roles: [(name: RoleName, keys: RoleKeys)]

  /// The roles of a root.
  ///
  /// - Throws: `MetadataError` where it is none, or over the limits.
  public init(root octets: [UInt8], limits: MetadataLimits = MetadataLimits()) throws(MetadataError) {
    let document = try RootDocument(
      Envelope(octets, of: .root, .notary, limit: limits.stated, limits), limits)
    roles = RoleName.topLevel.map { ($0, document.keys(of: $0)) }
  }

  /// The roles that the targets of a role delegate to.
  ///
  /// - Throws: `MetadataError` where they are none, or over the limits.
  public init(
    targets octets: [UInt8], of role: RoleName, limits: MetadataLimits = MetadataLimits()
  ) throws(MetadataError) {
    let document = try TargetsDocument(
      Envelope(octets, of: role, .notary, limit: limits.stated, limits), limits)
    roles = document.delegations.map { ($0.name, $0.keys) }
  }
}

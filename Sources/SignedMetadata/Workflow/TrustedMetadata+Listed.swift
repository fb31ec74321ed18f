internal import StrictJSON

extension TrustedMetadata {
  /// The request for the document that the snapshot lists for a role; nil where it lists none.
  public func request(listed role: RoleName) -> MetadataRequest? {
    guard let file = snapshot?[role] else { return nil }
    return .listed(role, file, isConsistent: root.isConsistent, dialect, limits)
  }

  /// The request for whatever document the server has of a role, listed or not; only Notary's serve one.
  public func request(latest role: RoleName) -> MetadataRequest {
    MetadataRequest(role: role, address: "\(role.text.text).json", limit: limits.unstated(role))
  }

  /// The targets that the snapshot lists for a role that does not count: expired, or signed by too few of its keys.
  ///
  /// The snapshot vouches for the octets alone. For whoever is to sign them anew, and for nobody who wants to know what is signed.
  ///
  /// - Throws: `MetadataError`.
  public func unsignedTargets(_ octets: [UInt8], of role: RoleName) throws(MetadataError) -> TargetsDocument {
    try listed(role).check(octets, of: role)
    return try TargetsDocument(Envelope(octets, of: role, dialect, limit: limits.stated, limits), limits)
  }
}

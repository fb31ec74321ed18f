public import SignedMetadata
public import TrustModel

/// That a repository's metadata, as it is kept here, names a key for a role.
public struct KeyUse: Hashable, Sendable {
  /// The repository.
  public let repository: Repository
  /// The role.
  public let role: RoleName
  /// The key as the metadata lists it: for x509 keys under another identifier than that of its file.
  public let key: MetadataKey

  /// The identifier that names the file.
  public var fileID: KeyID { key.canonicalID }
  /// Until when the certificate of an x509 key counts.
  public var certificateExpires: Timestamp? { key.certificates.first?.notAfter }
}

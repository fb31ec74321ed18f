public import SignedMetadata
public import TrustModel

/// A root that a server shows, of a repository that nothing is kept of and nothing is pinned for: whether it is trusted from now on, is
/// for a person to say.
public struct FirstUseOffer: Error, Sendable {
  /// The repository.
  public let repository: Repository
  /// Who shows it.
  public let server: MetadataSource
  /// The version of the root.
  public let version: Int64
  /// When it expires.
  public let expires: Timestamp
  /// The keys that sign it.
  public let keys: [MetadataKey]
  /// What tells these keys and their threshold from others: who agrees, agrees to them, and to no others that are shown later.
  public let identity: String

  /// What is offered of a root.
  public init(_ root: FirstRoot, of repository: Repository, from server: MetadataSource) {
    (self.repository, self.server) = (repository, server)
    (version, expires) = (root.document.head.version, root.document.head.expires)
    (keys, identity) = (root.keys, root.identity)
  }
}

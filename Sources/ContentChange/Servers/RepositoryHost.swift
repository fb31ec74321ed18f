public import ContentSigning
public import SignedMetadata

/// Where a repository is published: a Notary server, or a folder behind any web server.
public protocol RepositoryHost {
  /// What it is called, for messages.
  var name: String { get }

  /// Publishes documents all at once, or none of them.
  ///
  /// - Throws: `PublishingError`.
  func publish(_ documents: [PublishedDocument]) throws(PublishingError)

  /// The public half of the key that the host itself signs a role with, the timestamp or the snapshot; one is made where there is none.
  ///
  /// - Parameter isNew: whether a key is wanted that takes the place of the one that is used now.
  /// - Throws: `PublishingError`.
  func ownKey(of role: RoleName, isNew: Bool) throws(PublishingError) -> ListedKey

  /// The version of a document that the host still has of a role, also of one that was taken away; nil where it has none.
  ///
  /// It takes only higher ones, also under new keys, where notary itself gives up. Nothing is verified: it counts for nothing else.
  ///
  /// - Throws: `PublishingError`.
  func heldVersion(of role: RoleName) throws(PublishingError) -> Int64?

  /// Deletes everything that the host has of the repository.
  ///
  /// - Throws: `PublishingError`.
  func deleteRepository() throws(PublishingError)
}

extension RepositoryHost {
  /// None: a host that keeps nothing of what was taken away.
  public func heldVersion(of role: RoleName) throws(PublishingError) -> Int64? { nil }
}

/// A document of a role, as it is to be published.
public struct PublishedDocument: Hashable, Sendable {
  /// The role.
  public let role: RoleName
  /// The octets, as they are to be served.
  public let octets: [UInt8]

  /// A document.
  public init(_ role: RoleName, _ octets: [UInt8]) {
    (self.role, self.octets) = (role, octets)
  }
}

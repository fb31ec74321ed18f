public import ContentSigning
public import ContentTrust
public import SignedMetadata
public import Stores
public import TrustModel

/// A folder as the host of a repository: the same files as behind a Notary server, for any web server to serve.
///
/// What a server does by itself is done here with keys of the user: the timestamp, and the snapshot where it is not sent. What a
/// notary-server would refuse is refused. A reader sees the state before or the one after as a whole, whenever it looks and wherever a
/// publication ends. Source: reference/docker-content-trust.md, section 4, "Upload check".
public struct FolderHost: RepositoryHost {
  let folder: RepositoryFolder
  let repository: Repository
  let keys: LocalHostKeys
  let now: Timestamp

  /// A host that signs with these keys.
  ///
  /// - Parameter now: the moment from which on what it signs counts.
  public init(_ folder: RepositoryFolder, for repository: Repository, signing keys: LocalHostKeys, at now: Timestamp) {
    (self.folder, self.repository, self.keys, self.now) = (folder, repository, keys, now)
  }

  /// The address of the folder.
  public var name: String { folder.address }

  /// Publishes the documents with a new timestamp, all at once.
  public func publish(_ documents: [PublishedDocument]) throws(PublishingError) {
    guard !documents.isEmpty else { return }
    try replace(standingOn: nil) { (published) throws(PublishingError) in
      try UploadCheck(published).check(documents)
      return documents
    }
  }

  /// Signs a new timestamp over what was read, and over a new snapshot where there is one.
  ///
  /// - Parameter reading: verified as of a moment at which it counted.
  /// - Throws: `PublishingError`; `overtaken` where the folder holds something else now.
  public func renew(_ reading: RepositoryReading, snapshot: PublishedDocument? = nil) throws(PublishingError) {
    try replace(standingOn: reading) { (published) throws(PublishingError) in
      let documents = snapshot.map { [$0] } ?? []
      try UploadCheck(published).check(documents)
      return documents
    }
  }

  /// The public half of the key that signs the timestamp or the snapshot.
  public func ownKey(of role: RoleName, isNew: Bool) throws(PublishingError) -> ListedKey {
    guard role == .timestamp || role == .snapshot else {
      throw .refused(code: "INVALID_ROLE", "nobody but its owner signs the role \(role)")
    }
    let published = PublishedState(folder, repository, at: now)
    let current = published.root?.document.keys(of: role).keys ?? []
    if !isNew, let key = current.first(where: { keys.holds($0.canonicalID) }) { return ListedKey(key) }
    return try keys.spareKey(of: role, repository, besides: published.formerKeys(of: role))
  }

  /// Deletes the repository: from one moment to the next it is not there.
  public func deleteRepository() throws(PublishingError) {
    try RepositoryTree(folder, repository).remove()
  }

  private func replace(
    standingOn reading: RepositoryReading?,
    _ documents: (PublishedState) throws(PublishingError) -> [PublishedDocument]
  ) throws(PublishingError) {
    // Once before the lock, so that nobody waits for it while a person types a passphrase.
    let earlier = PublishedState(folder, repository, at: now)
    _ = try HostSignatures(self, earlier, try documents(earlier))
    try RepositoryTree(folder, repository).replace { () throws(PublishingError) in
      let published = PublishedState(folder, repository, at: now)
      if let reading, !published.holds(reading) { throw .overtaken("\(folder.address) holds another state now") }
      let signed = try HostSignatures(self, published, try documents(published))
      return TreeChange(signed.documents, keeping: published.listedDigests) { (tree) throws(PublishingError) in
        try signed.prove(in: tree, of: folder, after: published, at: now)
      }
    }
  }
}

public import ContentSigning
internal import ContentTrust
public import SignedMetadata
public import TrustModel

/// A new repository: its keys, and the root that names them.
public struct RepositoryFounding {
  /// The root key.
  public let root: PrivateSigningKey
  /// The certificates of the root key, as PEM text; nil for one that is made.
  public let certificates: [UInt8]?
  /// The targets key.
  public let targets: PrivateSigningKey
  /// The snapshot key; nil where the host signs snapshots.
  public let snapshot: PrivateSigningKey?

  /// A repository by its keys.
  public init(
    root: PrivateSigningKey, certificates: [UInt8]?, targets: PrivateSigningKey, snapshot: PrivateSigningKey?
  ) {
    (self.root, self.certificates, self.targets, self.snapshot) = (root, certificates, targets, snapshot)
  }

  /// The root key as the root lists it.
  ///
  /// - Throws: `SigningKeyError`, or `RepositoryChangeError` where the certificate is not that of the key, or not for the repository.
  public func rootKey(of repository: Repository, at now: Timestamp) throws -> ListedKey {
    guard let certificates else {
      return ListedKey(root.publicKey, certificates: try RootCertificate(root, for: repository, at: now).text)
    }
    guard let key = try? MetadataKey(notary: root.publicKey.family + "-x509", public: certificates),
      let leaf = key.certificates.first
    else { throw RepositoryChangeError(.usage, "the root certificate is none that docker and notary use") }
    guard key.canonicalID == root.id else {
      throw RepositoryChangeError(
        .mismatch, "the root certificate is that of key \(key.canonicalID), and not of root key \(root.id)")
    }
    guard Self.names(leaf.commonName ?? "", repository) else {
      throw RepositoryChangeError(
        .unfit,
        "the root certificate is for \(VisibleText(leaf.commonName ?? "nobody", limit: 255)), and not for \(repository)"
      )
    }
    guard leaf.notBefore <= now, now < leaf.notAfter else {
      throw RepositoryChangeError(
        .unfit, "the root certificate counts from \(leaf.notBefore.date) until \(leaf.notAfter.date), and not now")
    }
    return ListedKey(key)
  }

  /// Whether the name in a certificate is the repository's, or ends in `*` behind a beginning of it.
  ///
  /// Source: reference/docker-content-trust.md, section 3, "Root validity".
  private static func names(_ name: String, _ repository: Repository) -> Bool {
    guard name.utf8.last == UInt8(ascii: "*") else { return name.utf8.elementsEqual(repository.name.utf8) }
    return repository.name.utf8.starts(with: name.utf8.dropLast())
  }

  /// Who signs each role: these keys, and those of the host.
  ///
  /// - Parameters:
  ///   - rootKey: the root key as the root lists it.
  ///   - host: gives the keys that it signs with itself.
  /// - Throws: `PublishingError`.
  public static func holders(
    root rootKey: ListedKey, targets: ListedKey, snapshot: ListedKey?, from host: any RepositoryHost
  ) throws(PublishingError) -> [RoleName: RootDraft.Holders] {
    let timestamp = try host.ownKey(of: .timestamp, isNew: false)
    let listed: ListedKey
    if let snapshot { listed = snapshot } else { listed = try host.ownKey(of: .snapshot, isNew: false) }
    return [
      .root: .init([rootKey]), .targets: .init([targets]), .snapshot: .init([listed]), .timestamp: .init([timestamp]),
    ]
  }
}

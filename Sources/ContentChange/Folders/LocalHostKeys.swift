public import ContentSigning
internal import ContentTrust
public import SignedMetadata
public import Stores
internal import StrictJSON
public import TrustModel

/// The private keys of a user's folders, for a host that signs with them what a server would sign with its own.
public final class LocalHostKeys: SigningKeySource {
  private let folders: [TrustFolder]
  private let ring: SigningKeyring
  private let passphrases: any PassphraseSource
  private let user: UInt32
  /// The keys that were made in this run, with their files, absolute, without the sysroot.
  public private(set) var made: [(role: String, id: KeyID, file: String)] = []

  /// Keys of these folders, opened by a ring over the same ones; new ones go into the first, and get a passphrase of `passphrases`.
  ///
  /// - Parameter user: the number of the user who writes.
  public init(_ folders: [TrustFolder], ring: SigningKeyring, passphrases: any PassphraseSource, user: UInt32) {
    (self.folders, self.ring, self.passphrases, self.user) = (folders, ring, passphrases, user)
  }

  /// Whether the private half of a key is here.
  public func holds(_ id: KeyID) -> Bool { ring.holds(id) }

  /// Opens a key for a document.
  public func open(
    _ key: ListedKey, for entry: SigningPlan.Entry, of repository: Repository
  ) throws -> PrivateSigningKey {
    let isOwn = SigningKeyHeaders.hasRepository(entry.role.text.text)
    let request = KeyRequest(
      key.canonicalID, role: entry.role.isTopLevel ? entry.role.text.text : "delegation",
      repository: isOwn ? repository.name : nil, purpose: "to sign version \(entry.head.version) of \(entry.role)")
    return try ring.neededKey(request, key.canonicalID)
  }

  /// A key of a role of a repository that no root has named yet: one that was made and never used, or a new one.
  ///
  /// - Parameter named: the keys that roots have named.
  func spareKey(
    of role: RoleName, _ repository: Repository, besides named: Set<KeyID>
  ) throws(PublishingError) -> ListedKey {
    let request = KeyRequest(
      nil, role: role.text.text, repository: repository.name, purpose: "to sign each new \(role), mostly unattended")
    do {
      for folder in folders {
        let ids = try SigningKeySurvey(folder).keys.filter {
          $0.role == request.role && $0.repository == repository.name && $0.problem == nil
        }.compactMap(\.id).filter { !named.contains($0) }
        guard let id = ids.first else { continue }
        return ListedKey(try ring.neededKey(request, id).publicKey)
      }
      return ListedKey(try make(request).publicKey)
    } catch let error as PublishingError {
      throw error
    } catch {
      throw .notSent("\(error)")
    }
  }

  private func make(_ request: KeyRequest) throws -> PrivateSigningKey {
    guard let folder = folders.first else { throw PublishingError.notSent("there is no folder for keys") }
    guard let passphrase = passphrases.newPassphrase(for: request) else {
      throw PublishingError.notSent(
        "nobody gave a passphrase for the new \(request.words): run it on a terminal, or use --passphrase-fd")
    }
    let key = try PrivateSigningKey(new: .p256)
    let file = try SigningKeyFolder(folder, user: user).add(
      key, SigningKeyHeaders(role: request.role, repository: request.repository),
      passphrase: passphrase.isEmpty ? nil : passphrase)
    ring.keep(key)
    made.append((request.role, key.id, file))
    return key
  }
}

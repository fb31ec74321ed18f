public import ContentSigning
internal import ContentTrust
public import SignedMetadata
public import Stores
public import TrustModel

/// The keys of docker's and notary's folders as those that sign documents.
///
/// Whoever is asked for a passphrase is told the role that the key's own file names, and the version that is to be signed.
public final class KeyringSource: SigningKeySource {
  private let ring: SigningKeyring
  private let folders: [TrustFolder]
  /// Those that were found; a key does not go away in a run.
  private var found: Set<KeyID> = []

  /// The keys of a ring over these folders.
  public init(_ ring: SigningKeyring, in folders: [TrustFolder]) {
    (self.ring, self.folders) = (ring, folders)
  }

  /// Whether a file of the key is here, or it was made in this run.
  public func holds(_ id: KeyID) -> Bool {
    if found.contains(id) { return true }
    guard ring.holds(id) else { return false }
    found.insert(id)
    return true
  }

  /// Opens a key for one document, once in a run.
  public func open(
    _ key: ListedKey, for entry: SigningPlan.Entry, of repository: Repository
  ) throws -> PrivateSigningKey {
    let role = statedRole(key.canonicalID) ?? Self.role(entry.role)
    let request = KeyRequest(
      key.canonicalID, role: role, repository: SigningKeyHeaders.hasRepository(role) ? repository.name : nil,
      purpose: "to sign version \(entry.head.version) of \(entry.role)")
    return try ring.neededKey(request, key.canonicalID)
  }

  /// The role that the key's file, or its place, says.
  private func statedRole(_ id: KeyID) -> String? {
    guard let place = (try? SigningKeyPlace.find(id, in: folders)) ?? nil else { return nil }
    guard let file = try? place.read(), let contents = try? SigningKeyFile(file.octets) else { return place.name.role }
    return contents.role ?? place.name.role
  }

  /// As docker writes it: a signer by the bare name.
  private static func role(_ name: RoleName) -> String {
    name.isTopLevel ? name.description : String(name.description.split(separator: "/").last ?? "")
  }
}

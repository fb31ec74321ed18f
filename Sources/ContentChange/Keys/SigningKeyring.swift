public import ContentSigning
internal import ContentTrust
public import SignedMetadata
public import Stores

/// The private keys of docker's and notary's folders, each opened once in a run.
///
/// Keys stay opened in locked memory as long as the ring lives. Nothing is moved or written.
public final class SigningKeyring {
  private let folders: [TrustFolder]
  private let passphrases: any PassphraseSource
  private var opened: [KeyID: PrivateSigningKey] = [:]

  /// A ring over folders, of which the first that has a key counts.
  public init(_ folders: [TrustFolder], passphrases: any PassphraseSource) {
    (self.folders, self.passphrases) = (folders, passphrases)
  }

  /// Opens a key with its passphrase; nil where no folder has it, or where the request names none.
  ///
  /// - Throws: `KeyringError`; never `missing`.
  public func key(_ request: KeyRequest) throws(KeyringError) -> PrivateSigningKey? {
    guard let id = request.id else { return nil }
    if let key = opened[id] { return key }
    guard let place = try SigningKeyPlace.find(id, in: folders) else { return nil }
    let key = try open(place, request)
    guard key.id == id else { throw .otherKey(id, file: place.file, holds: key.id) }
    opened[id] = key
    return key
  }

  /// The same for whoever cannot go on without it.
  ///
  /// - Throws: `KeyringError`.
  public func neededKey(_ request: KeyRequest, _ id: KeyID) throws(KeyringError) -> PrivateSigningKey {
    var request = request
    request.id = id
    guard let key = try key(request) else { throw .missing(id, folders: folders.map(\.path)) }
    return key
  }

  /// Whether a file of the key is in one of the folders; false where they cannot be looked into.
  public func holds(_ id: KeyID) -> Bool {
    opened[id] != nil || ((try? SigningKeyPlace.find(id, in: folders)) ?? nil) != nil
  }

  /// Takes a key that was made in this run, so that nobody is asked for the passphrase that they have just given.
  public func keep(_ key: PrivateSigningKey) { opened[key.id] = key }

  private func open(_ place: SigningKeyPlace, _ request: KeyRequest) throws(KeyringError) -> PrivateSigningKey {
    let file = try place.read()
    do {
      let block = try PEMKeyBlock(file.octets)
      return try OpenedKey(block, file: place.file, for: request, asking: passphrases).key
    } catch let error as SigningKeyFileError {
      throw .unusable(file: place.file, .file(error))
    } catch let error as KeyringError {
      throw error
    } catch {
      throw .unusable(file: place.file, .file(.structure))
    }
  }
}

public import ContentSigning
internal import ContentTrust
internal import SignedMetadata
internal import Stores
public import TrustModel

/// The work of making a first root key: the key, a copy that is proved, and taking the key off this machine.
///
/// Each step does one thing and leaves nothing half done; what is not called is not written. Source: DESIGN, "What must always hold".
public struct RootKeyWork: Sendable {
  /// Where the key is to lie.
  public let folder: SigningKeyFolder

  /// Work in a folder.
  public init(_ folder: SigningKeyFolder) { self.folder = folder }

  /// Makes a key, seals it, writes it and proves that its file opens.
  ///
  /// - Throws: `RootKeyError`; nothing is left of a key that was not written whole.
  public func make(_ kind: PrivateSigningKey.Kind, _ passphrase: SecretOctets) throws(RootKeyError) -> MadeRootKey {
    let key: PrivateSigningKey
    do throws(SigningKeyError) {
      key = try PrivateSigningKey(new: kind)
    } catch {
      throw .making(error)
    }
    do throws(KeyFolderError) {
      let file = try folder.add(key, SigningKeyHeaders(role: "root", repository: nil), passphrase: passphrase)
      return MadeRootKey(key, file: file)
    } catch {
      throw .folder(error)
    }
  }

  /// Writes a copy into a new file of mode 0600, reads it back, and opens it with the passphrase.
  ///
  /// - Throws: `RootKeyError`; a copy that does not prove itself is taken away again.
  public func copy(
    _ made: MadeRootKey, to path: String, _ passphrase: SecretOctets
  ) throws(RootKeyError) -> RootKeyCopy {
    let text: SecretOctets
    do throws(KeyringError) {
      guard let place = try SigningKeyPlace.find(made.id, in: [folder.folder]) else {
        throw .missing(made.id, folders: [folder.folder.path])
      }
      text = try ExportedKeyText(place).text
    } catch {
      throw .keyring(error)
    }
    do throws(KeyFolderError) {
      try KeyOutputFile.write(text, to: path, mode: 0o600)
    } catch {
      throw .folder(error)
    }
    do throws(RootKeyError) {
      try prove(made, path, passphrase)
    } catch {
      KeyOutputFile.remove(path)
      throw error
    }
    return RootKeyCopy(
      made, path: path, isBeside: FileSystemNumber.isSame(path, folder.folder.sysroot.located(made.file)))
  }

  /// Takes the key off this machine, once the copy has opened again just now.
  ///
  /// - Throws: `RootKeyError`; the key is where it was, then.
  public func remove(_ made: MadeRootKey, keeping copy: RootKeyCopy, _ passphrase: SecretOctets) throws(RootKeyError) {
    guard copy.id == made.id else { throw .otherKey(copy.path) }
    try prove(made, copy.path, passphrase)
    let place: SigningKeyPlace?
    do throws(KeyringError) {
      place = try SigningKeyPlace.find(made.id, in: [folder.folder])
    } catch {
      throw .keyring(error)
    }
    guard let place else { return }
    do throws(KeyFolderError) {
      try folder.remove(place)
    } catch {
      throw .folder(error)
    }
  }

  /// Reads a file as somebody would who has lost this machine, and opens the key in memory.
  private func prove(_ made: MadeRootKey, _ path: String, _ passphrase: SecretOctets) throws(RootKeyError) {
    let keys: [ImportedKey]
    do throws(KeyImportError) {
      keys = try ImportedKey.all(in: path, role: nil, repository: nil, passphrases: OnePassphrase(passphrase)).keys
    } catch {
      throw .copy(error)
    }
    guard keys.count == 1, keys[0].opened.key.id == made.id, keys[0].headers.role == "root" else {
      throw .otherKey(path)
    }
  }
}

/// The one passphrase that a person has just chosen.
private struct OnePassphrase: PassphraseSource {
  private let octets: SecretOctets

  init(_ octets: SecretOctets) { self.octets = octets }

  func passphrase(for request: KeyRequest, attempt: Int) -> SecretOctets? { attempt == 1 ? octets : nil }
  func newPassphrase(for request: KeyRequest) -> SecretOctets? { nil }
  func origin(for request: KeyRequest, attempt: Int) -> String? { "the passphrase of this key" }
}

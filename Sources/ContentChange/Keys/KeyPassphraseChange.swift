internal import ContentSigning
internal import ContentTrust
internal import SignedMetadata
internal import Stores
public import TrustModel

/// A key that is to get another passphrase, opened with the one that it has.
public struct KeyPassphraseChange: Sendable {
  /// Where it lies.
  public let place: SigningKeyPlace
  /// The key, and the passphrase that it has.
  public let opened: OpenedKey
  /// Role and repository, by its file and its place.
  public let headers: SigningKeyHeaders
  /// What protects it now.
  public let words: String
  private let lines: [Header]

  private struct Header {
    let name: String
    let value: String
  }

  /// Opens the key.
  ///
  /// - Throws: `KeyringError`.
  public init(_ place: SigningKeyPlace, asking passphrases: any PassphraseSource) throws(KeyringError) {
    let file = try place.read()
    do {
      let block = try PEMKeyBlock(file.octets)
      let contents = try SigningKeyFile(block)
      headers = SigningKeyHeaders(
        role: contents.role ?? place.name.role, repository: contents.repository ?? place.name.repository)
      words = "\(contents.protection)"
      // What said how the old form was encrypted is no longer so; everything else stays.
      let ended = ["Proc-Type", "DEK-Info"]
      lines = block.headers.filter { !ended.contains($0.name) }.map { Header(name: $0.name, value: $0.value) }
      let request = KeyRequest(
        place.id, role: headers.role ?? "", repository: headers.repository, purpose: "to give it another passphrase")
      opened = try OpenedKey(block, file: place.file, for: request, asking: passphrases)
    } catch let error as KeyringError {
      throw error
    } catch let error as SigningKeyFileError {
      throw .unusable(file: place.file, .file(error))
    } catch {
      throw .unusable(file: place.file, .memory)
    }
    self.place = place
    guard opened.key.id == place.id else { throw .otherKey(place.id, file: place.file, holds: opened.key.id) }
  }

  /// Puts the new file in the place of the old one.
  ///
  /// - Throws: `KeyFolderError`; the old file is as it was, then.
  public func apply(_ passphrase: SecretOctets?, by user: UInt32) throws(KeyFolderError) {
    try SigningKeyFolder(place.folder, user: user).replace(
      place, with: opened.key, headers: lines.map { ($0.name, $0.value) }, passphrase: passphrase)
  }
}

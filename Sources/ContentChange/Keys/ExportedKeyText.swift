public import ContentSigning
public import ContentTrust
internal import SignedMetadata
internal import Stores
public import TrustModel

/// The file of a key as `notary key export` gives it: as it lies, with headers that say where it belongs.
public struct ExportedKeyText: Sendable {
  /// The text.
  public private(set) var text: SecretOctets
  /// The file as it lies.
  public let original: SecretOctets
  /// PKCS#8 as it is encrypted; nil where it is not, or in another form.
  let encryptedOctets: [UInt8]?
  /// What protects it.
  public let protection: KeyProtection
  /// Role and repository.
  public let headers: SigningKeyHeaders

  /// The text for a key, from its file; `path`, and whatever an older layout has in the file's place alone, is added.
  ///
  /// - Throws: `KeyringError`.
  public init(_ place: SigningKeyPlace) throws(KeyringError) {
    let file = try place.read()
    let contents: SigningKeyFile
    do throws(SigningKeyFileError) {
      let block = try PEMKeyBlock(file.octets)
      contents = try SigningKeyFile(block)
      encryptedOctets = contents.form == .encryptedPKCS8 ? block.body.withArray { Array($0[...]) } : nil
    } catch {
      throw .unusable(file: place.file, .file(error))
    }
    if let id = contents.id, id != place.id { throw .otherKey(place.id, file: place.file, holds: id) }
    headers = SigningKeyHeaders(
      role: contents.role ?? place.name.role, repository: contents.repository ?? place.name.repository)
    protection = contents.protection
    var added = contents.path == nil ? ["path: \(place.id)"] : []
    if contents.role == nil, let role = headers.role { added.append("role: \(role)") }
    if contents.repository == nil, let repository = headers.repository { added.append("gun: \(repository)") }
    original = unsafe file.octets.withUnsafeBytes { unsafe SecretOctets($0) }
    text = unsafe file.octets.withUnsafeBytes { unsafe Self.text($0, adding: added) }
  }

  /// The same key under a passphrase, for a copy of one that has none.
  ///
  /// - Throws: `KeyFolderError.sealing`.
  public func sealed(_ key: PrivateSigningKey, _ passphrase: SecretOctets) throws(KeyFolderError) -> ExportedKeyText {
    var copy = self
    do throws(SigningKeyError) {
      let lines = headers.lines + [("path", key.id.description)]
      copy.text = try SealedKeyFile(key, headers: lines, passphrase: passphrase).text
    } catch {
      throw .sealing(error)
    }
    return copy
  }

  /// Adds header lines behind those that are there.
  private static func text(_ octets: UnsafeRawBufferPointer, adding headers: [String]) -> SecretOctets {
    let newline = UInt8(ascii: "\n")
    let first = unsafe octets.firstIndex(of: newline) ?? octets.count - 1
    var at = first + 1
    var hasHeaders = false
    while at < octets.count {
      let end = unsafe octets[at...].firstIndex(of: newline) ?? octets.count
      guard unsafe octets[at..<end].contains(UInt8(ascii: ":")) else { break }
      hasHeaders = true
      at = end + 1
    }
    let lines = headers.map { $0 + "\n" }.joined() + (hasHeaders || headers.isEmpty ? "" : "\n")
    return unsafe SecretOctets(octets[..<at], Array(lines.utf8), octets[at...])
  }
}

public import ContentSigning
internal import ContentTrust
internal import DurableFiles
internal import Glibc
public import SignedMetadata
public import Stores
public import TrustModel

/// Writes files of signing keys where docker and notary look for them: `private/ID.key` of a trust folder.
///
/// 0600 from the first octet in folders 0700; each file is written whole, read back and opened before it gets its name, never over
/// another one unless that is asked for; one process at a time. Source: reference/docker-content-trust.md, section 1; DESIGN, "What must
/// always hold", rule 2.
public struct SigningKeyFolder: Sendable {
  /// The trust folder.
  public let folder: TrustFolder
  let user: UInt32

  /// The name of a key in the making, which docker and notary do not look at.
  static let temporaryName = StorePath.temporaryPrefix + "key"
  /// How long another process is waited for, in tenths of a second.
  static let patience = 100

  /// A folder, written by the user with that number.
  public init(_ folder: TrustFolder, user: UInt32) { (self.folder, self.user) = (folder, user) }

  /// Where the file of a key gets its place, absolute, without the sysroot.
  public func file(of id: KeyID) -> String { "\(folder.path)/private/\(id).key" }

  /// Adds a key, and proves that its file opens.
  ///
  /// - Parameter passphrase: nil for a file that whoever reads it can use.
  /// - Returns: the file, absolute, without the sysroot.
  /// - Throws: `KeyFolderError.exists` where a file of the key is there, in whatever layout; nothing is left of one that was not placed.
  @discardableResult
  public func add(
    _ key: PrivateSigningKey, _ headers: SigningKeyHeaders, passphrase: SecretOctets?,
    rounds: Int = SealedKeyFile.rounds
  ) throws(KeyFolderError) -> String {
    let text = try Self.seal(key, headers.lines, passphrase, rounds)
    try write { (directory) throws(KeyFolderError) in
      if let place = try Self.found(key.id, in: folder) { throw .exists(key.id, file: place.file) }
      try make(text, key, passphrase, in: directory)
      try placing(key.id) { () throws(WriteError) in
        try directory.place(Self.temporaryName, in: directory, as: "\(key.id).key")
      }
    }
    return file(of: key.id)
  }

  /// Replaces the file of a key by the same key under another passphrase; the old one goes only when the new one has been read back
  /// and opened.
  ///
  /// - Throws: `KeyFolderError`; the old file is as it was, then.
  public func replace(
    _ place: SigningKeyPlace, with key: PrivateSigningKey, headers: [(name: String, value: String)],
    passphrase: SecretOctets?, rounds: Int = SealedKeyFile.rounds
  ) throws(KeyFolderError) {
    let text = try Self.seal(key, headers, passphrase, rounds)
    try write { (directory) throws(KeyFolderError) in
      guard let now = try Self.found(key.id, in: folder), now.isSame(as: place) else {
        throw .changed(file: place.file)
      }
      try make(text, key, passphrase, in: directory)
      try placing(key.id) { () throws(WriteError) in
        let home = try directory.descend(Array(place.parts.dropFirst().dropLast()), mode: 0o700)
        try directory.move(Self.temporaryName, to: home, as: place.parts.last ?? "")
        try home.sync()
      }
    }
  }

  /// Removes the file of a key.
  ///
  /// - Throws: `KeyFolderError`.
  public func remove(_ place: SigningKeyPlace) throws(KeyFolderError) {
    try write { (directory) throws(KeyFolderError) in
      guard let now = try Self.found(place.id, in: folder), now.isSame(as: place) else {
        throw .changed(file: place.file)
      }
      try placing(place.id) { () throws(WriteError) in
        let home = try directory.descend(Array(place.parts.dropFirst().dropLast()), mode: 0o700)
        try home.remove(place.parts.last ?? "")
        try home.sync()
      }
    }
  }

  private static func seal(
    _ key: PrivateSigningKey, _ headers: [(name: String, value: String)], _ passphrase: SecretOctets?, _ rounds: Int
  ) throws(KeyFolderError) -> SecretOctets {
    do throws(SigningKeyError) {
      return try SealedKeyFile(key, headers: headers, passphrase: passphrase, rounds: rounds).text
    } catch {
      throw .sealing(error)
    }
  }

  static func found(_ id: KeyID, in folder: TrustFolder) throws(KeyFolderError) -> SigningKeyPlace? {
    do throws(KeyringError) {
      return try SigningKeyPlace.find(id, in: [folder])
    } catch {
      throw .reading(error)
    }
  }
}

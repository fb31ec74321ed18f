internal import ContentSigning
internal import ContentTrust
internal import DurableFiles
internal import Glibc
internal import SignedMetadata
internal import Stores
internal import TrustModel

extension SigningKeyFolder {
  /// Checks that the folder is this user's and closed to others, without writing anything.
  ///
  /// - Throws: `KeyFolderError`.
  public func check() throws(KeyFolderError) {
    let shown = folder.sysroot.located(folder.path)
    let owner: UInt32?
    let status: FileStatus?
    do throws(StoreError) {
      owner = try folder.owner()
      status = try folder.keyFiles().folders.first?.status
    } catch {
      throw .reading(.store(error))
    }
    if let owner, owner != user { throw .owner(shown, owner) }
    if let status, status.mode & 0o022 != 0 { throw .open(shown + "/private", status.octalMode) }
  }

  /// Runs `body` in the folder `private`, which is made where it is missing, while no other process writes keys there.
  ///
  /// What an interrupted write has left is removed before and after: nothing was ever told of such a file.
  func write(_ body: (borrowing WritableDirectory) throws(KeyFolderError) -> Void) throws(KeyFolderError) {
    try check()
    var failure: KeyFolderError?
    do throws(WriteError) {
      let top = try WritableDirectory.make(folder.path, below: folder.sysroot.path, mode: 0o700)
      let directory = try top.descend(["private"], mode: 0o700)
      let lock = try wait(for: directory)
      defer { lock.hold() }
      try directory.removeLeftovers(prefix: StorePath.temporaryPrefix)
      do throws(KeyFolderError) {
        try body(directory)
      } catch {
        failure = error
      }
      if failure == nil { try directory.sync() } else { try? directory.remove(Self.temporaryName) }
    } catch {
      throw .writing(error)
    }
    if let failure { throw failure }
  }

  /// Puts a name in its place.
  func placing(_ id: KeyID, _ body: () throws(WriteError) -> Void) throws(KeyFolderError) {
    do throws(WriteError) {
      try body()
    } catch .exists {
      throw .exists(id, file: file(of: id))
    } catch {
      throw .writing(error)
    }
  }

  /// Writes the file under its temporary name, reads it back and opens it.
  func make(
    _ text: SecretOctets, _ key: PrivateSigningKey, _ passphrase: SecretOctets?,
    in directory: borrowing WritableDirectory
  ) throws(KeyFolderError) {
    do throws(WriteError) {
      try directory.create(Self.temporaryName, mode: 0o600) { (file) throws(WriteError) in
        try Self.write(text, to: file, at: directory.path + "/" + Self.temporaryName)
      }
    } catch {
      throw .writing(error)
    }
    do throws(KeyringError) {
      try prove(key, passphrase)
    } catch {
      throw .proof(error)
    }
  }

  private static func write(_ text: SecretOctets, to file: CInt, at path: String) throws(WriteError) {
    var failure: WriteError?
    unsafe text.withUnsafeBytes { octets in
      do throws(WriteError) {
        unsafe try WritableDirectory.write(octets, to: file, at: path)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  private func prove(_ key: PrivateSigningKey, _ passphrase: SecretOctets?) throws(KeyringError) {
    let path = folder.path + "/private/" + Self.temporaryName
    let opened: PrivateSigningKey
    do {
      let file = try folder.secret(at: ["private", Self.temporaryName])
      opened = try PrivateSigningKey(PEMKeyBlock(file.octets), passphrase: passphrase)
    } catch let error as StoreError {
      throw .store(error)
    } catch let error as SigningKeyError {
      throw .unusable(file: path, error)
    } catch let error as SigningKeyFileError {
      throw .unusable(file: path, .file(error))
    } catch {
      throw .unusable(file: path, .memory)
    }
    guard opened.id == key.id else { throw .otherKey(key.id, file: path, holds: opened.id) }
  }

  private func wait(for directory: borrowing WritableDirectory) throws(WriteError) -> FileLock {
    for _ in 0..<Self.patience {
      if let lock = try directory.lockIfFree() { return lock }
      usleep(100_000)
    }
    throw .system(directory.path, "another process has been writing keys for \(Self.patience / 10) seconds")
  }
}

internal import ContentChange
internal import ContentSigning
internal import ContentTrust
internal import ReadCommands
internal import SignedMetadata
internal import Stores
internal import TrustModel
internal import TrustVerify

/// Seals the private keys of a backup that have no passphrase where they lie: a backup holds no open key.
struct BackupSealing {
  let passphrases: Passphrases

  /// The collection with every key sealed, and what should be known of it.
  ///
  /// - Throws: `CommandFailure` where nobody gives a passphrase.
  func seal(_ collection: BackupCollection) throws -> (BackupCollection, notes: [String]) {
    var sealed: [Int: [UInt8]] = [:]
    var notes: [String] = []
    for (number, file, octets) in collection.privateKeys {
      guard let text = try text(file, octets) else { continue }
      sealed[number] = text
      notes.append(
        "\(file.store.rawValue)/\(file.path) has no passphrase here; in the backup it has the one that was given")
    }
    return (sealed.isEmpty ? collection : collection.replacing(sealed), notes)
  }

  /// The sealed text of a key that is open; nil for every other file.
  private func text(_ file: BackupManifest.File, _ octets: [UInt8]) throws -> [UInt8]? {
    let name = SigningKeyName(file.path.components)
    let key: PrivateSigningKey
    let headers: [(name: String, value: String)]
    do {
      let block = try PEMKeyBlock(KeyText.buffer(octets))
      guard try SigningKeyFile(block).protection == .none else { return nil }
      headers = block.headers.map { ($0.name, $0.value) }
      key = try PrivateSigningKey(block)
    } catch {
      // What is no key is kept as it is, and named as a problem.
      return nil
    }
    let role = headers.first { $0.name == "role" }?.value ?? name.role ?? ""
    let request = KeyRequest(key.id, role: role, purpose: "for its copy in the backup: the key here has none")
    guard let passphrase = passphrases.newPassphrase(for: request), !passphrase.isEmpty else {
      throw CommandFailure(
        .declined,
        "no backup was made: the \(request.words) in \(file.store.rawValue)/\(file.path) has no passphrase, and a backup holds no open key: run it "
          + "on a terminal, or use --passphrase-fd, or give the key one by "
          + ShellText.line(["keyreeve", "content", "key", "passwd", "\(key.id)"]))
    }
    do throws(SigningKeyError) {
      return Array(try SealedKeyFile(key, headers: headers, passphrase: passphrase).text)
    } catch {
      throw CommandFailure(
        .failed, "no backup was made: \(file.store.rawValue)/\(file.path) cannot be sealed: \(error)")
    }
  }
}

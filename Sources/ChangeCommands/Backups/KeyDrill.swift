internal import ContentChange
internal import ContentSigning
internal import ContentTrust
internal import ReadCommands
internal import SignedMetadata
internal import Stores
internal import TrustModel
internal import TrustVerify

/// Opens the private keys of a backup in memory, as somebody would who has lost the machine: nothing is written.
struct KeyDrill {
  let passphrases: any PassphraseSource

  /// What comes of each key.
  func run(_ archive: BackupArchive) -> [DrilledKey] {
    archive.files.compactMap { file, octets in
      let directory = archive.manifest.directories[file.store] ?? ""
      guard StorePlace(file.store, in: directory, file.path)?.isPrivateKey == true else { return nil }
      return drilled(file, octets)
    }
  }

  private func drilled(_ file: BackupManifest.File, _ octets: [UInt8]) -> DrilledKey {
    let name = SigningKeyName(file.path.components)
    // Two folders may hold a key of the same name.
    let path = file.store == .contentTrust ? "\(file.path)" : "\(file.store.rawValue)/\(file.path)"
    do {
      let block = try PEMKeyBlock(KeyText.buffer(octets))
      let contents = try SigningKeyFile(block)
      let headers = SigningKeyHeaders(
        role: contents.role ?? name.role, repository: contents.repository ?? name.repository)
      return tried(block, path, name, headers)
    } catch {
      return DrilledKey(path: path, role: "role not known", outcome: .fails, words: "\(error)")
    }
  }

  private func tried(
    _ block: borrowing PEMKeyBlock, _ path: String, _ name: SigningKeyName, _ headers: SigningKeyHeaders
  ) -> DrilledKey {
    let request = KeyRequest(
      name.id, role: headers.role ?? "", repository: headers.repository,
      purpose: "to try the backup (an empty line leaves it out)")
    func result(_ outcome: DrilledKey.Outcome, _ words: String? = nil) -> DrilledKey {
      DrilledKey(path: path, role: headers.words, outcome: outcome, words: words)
    }
    do throws(KeyringError) {
      let opened = try OpenedKey(block, file: path, for: request, asking: passphrases)
      guard let id = name.id, id != opened.key.id else { return result(.opens) }
      return result(.fails, "it holds key \(opened.key.id), not the one that its name says")
    } catch .locked {
      return result(.untried, "nobody gave its passphrase")
    } catch .unusable(_, let error) {
      return result(.fails, "\(error)")
    } catch .wrongPassphrase(_, _, let origins) {
      return result(.fails, "the passphrase is wrong (from \(origins.joined(separator: ", then ")))")
    } catch {
      return result(.fails, "\(error)")
    }
  }
}

/// The text of a key's file that was read among other files.
enum KeyText {
  /// The text in memory that is wiped.
  static func buffer(_ octets: [UInt8]) throws(SigningKeyFileError) -> SecretBuffer {
    guard var buffer = SecretBuffer(capacity: octets.count) else { throw .memory }
    for octet in octets where !buffer.append(octet) { throw .memory }
    return buffer
  }
}

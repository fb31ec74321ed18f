internal import ContentChange
internal import ContentSigning
internal import ContentTrust
internal import ReadCommands
internal import SignedMetadata
internal import Stores
internal import TrustModel

/// A key for a role of a repository: a new one, one that is here, one out of a file, or the server's.
struct RoleKeyOffer {
  let session: PublishingSession
  let role: RoleName
  let protection: NewPassphraseOptions

  /// The server's own key, a new one; of a folder, one that is made here.
  ///
  /// For a plan that is only shown the server makes none.
  func server() throws -> KeyReplacementKey {
    if session.hostKeys != nil { return try made() }
    guard !session.publishing.dryRun else {
      return KeyReplacementKey(listed: ListedKey(try PrivateSigningKey(new: .ed25519).publicKey), unfiled: nil)
    }
    return KeyReplacementKey(listed: try session.host.ownKey(of: role, isNew: true), unfiled: nil)
  }

  /// A key that is made here, with a passphrase that whoever knows one is asked for.
  func made(_ kind: PrivateSigningKey.Kind = .p256) throws -> KeyReplacementKey {
    let request = KeyRequest(
      nil, role: headers.role ?? "", repository: headers.repository,
      purpose: "for a key that takes the place of the old one")
    // Nobody is asked for a passphrase of a key that is only shown in a plan.
    let passphrase =
      session.publishing.dryRun ? nil : try protection.passphrase(for: request, from: session.passphrases.newPassphrase)
    let key = try PrivateSigningKey(new: kind)
    // Whoever publishes into a folder signs with it at once.
    if session.hostKeys != nil, !session.publishing.dryRun { session.ring.keep(key) }
    return try listed(key, unfiled: passphrase)
  }

  /// A key of one of the folders by its identifier, or one out of a file.
  func given(_ text: String) throws -> KeyReplacementKey {
    if let id = KeyID(text) { return try here(id) }
    let file = try ImportedKey.all(
      in: text, role: headers.role, repository: headers.repository, passphrases: session.passphrases)
    guard file.keys.count == 1, let imported = file.keys.first else {
      throw CommandFailure(.usage, "\(VisibleText(text)) holds \(file.keys.count) keys: one is wanted for \(role)")
    }
    for note in file.notes { Output.complain("note: \(note)") }
    if session.ring.holds(imported.opened.key.id) { return try here(imported.opened.key.id) }
    return try listed(imported.opened.key, unfiled: imported.opened.passphrase)
  }

  /// A key of one of the folders.
  func here(_ id: KeyID) throws -> KeyReplacementKey {
    let request = KeyRequest(
      id, role: headers.role ?? "", repository: headers.repository, purpose: "to make it the key of \(role)")
    let key = try session.ring.neededKey(request, id)
    return KeyReplacementKey(listed: try listing(key), unfiled: nil)
  }

  /// A new certificate for a key that is here.
  func renewed(_ old: ListedKey) throws -> KeyReplacementKey { try here(old.canonicalID) }

  private var headers: SigningKeyHeaders {
    SigningKeyHeaders(role: role.description, repository: session.repository.name)
  }

  private func listed(_ key: PrivateSigningKey, unfiled passphrase: SecretOctets?) throws -> KeyReplacementKey {
    KeyReplacementKey(listed: try listing(key), unfiled: UnfiledKey(key, headers, passphrase: passphrase))
  }

  /// Root keys are listed with a certificate.
  private func listing(_ key: PrivateSigningKey) throws -> ListedKey {
    guard role == .root else { return ListedKey(key.publicKey) }
    let certificate = try RootCertificate(key, for: session.repository, at: session.now)
    return ListedKey(key.publicKey, certificates: certificate.text)
  }
}

/// The new key of a replacement.
struct KeyReplacementKey {
  let listed: ListedKey
  let unfiled: UnfiledKey?

  /// In the place of others.
  func replacing(_ old: [ListedKey], of role: RoleName) -> KeyReplacement {
    KeyReplacement(role, old: old, new: listed, unfiled: unfiled)
  }
}

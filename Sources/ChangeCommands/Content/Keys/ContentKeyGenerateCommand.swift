internal import ArgumentParser
internal import ContentChange
internal import ContentSigning
internal import ContentTrust
internal import ReadCommands
internal import Stores
internal import TrustModel

/// `keyreeve content key generate`: a new private key where docker and notary look for it.
struct ContentKeyGenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Make a private key for root, a repository, or a signer.",
    discussion: """
      The key lies in docker's folder, encrypted so that docker and notary open it, with \(SealedKeyFile.rounds) rounds of \
      key derivation. Passphrases come from --passphrase-fd, $CREDENTIALS_DIRECTORY (files content-trust.ID and \
      content-trust.ROLE), docker's and notary's variables, or the terminal, in this order.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var keys: SigningKeyOptions
  @OptionGroup var protection: NewPassphraseOptions

  @Option(help: ArgumentHelp("root, targets, snapshot, or the name of a signer.", valueName: "role"))
  var role = "root"

  @Option(help: ArgumentHelp("The repository of a targets or snapshot key.", valueName: "gun"))
  var gun: String?

  @Option(help: "ecdsa-p256, ecdsa-p384, ed25519 or rsa.")
  var type = PrivateSigningKey.Kind.p256

  @Option(
    help: ArgumentHelp(
      "Write the public half into this new file, which docker trust signer add takes.", valueName: "file"))
  var output: String?

  func validate() throws {
    guard SigningKeyHeaders.isRole(role) else {
      throw ValidationError("--role '\(VisibleText(role, limit: 80))' is no name of a role")
    }
    guard role != "root" || type != .ed25519 else {
      throw ValidationError("docker and notary make no certificate for an ed25519 root key: take ecdsa-p256")
    }
    guard role != "timestamp" else { throw ValidationError("the key of a timestamp is made by the server") }
    guard SigningKeyHeaders.hasRepository(role) else {
      if gun != nil { throw ValidationError("--gun: a \(role) key belongs to no repository") }
      return
    }
    guard let gun else { throw ValidationError("a \(role) key belongs to one repository: add --gun") }
    guard let name = try? Repository(gun), name.name.utf8.elementsEqual(gun.utf8) else {
      throw ValidationError(
        "--gun '\(VisibleText(gun, limit: 300))' is no whole name of a repository: docker.io/library/alpine")
    }
  }

  func run() throws {
    let folder = try keys.keyFolder(options)
    let headers = SigningKeyHeaders(role: role, repository: gun)
    if keys.dryRun {
      let row = KeyChangeReport.Row(
        action: .added, id: nil, headers: headers, algorithm: type.rawValue,
        file: folder.folder.path + "/private/ID.key", copy: output)
      return try KeyChangeReport(verb: "generate", isDryRun: true, rows: [row]).print(options)
    }
    let row = try make(headers, in: folder)
    try KeyChangeReport(verb: "generate", isDryRun: false, rows: [row]).print(options)
  }

  private func make(_ headers: SigningKeyHeaders, in folder: SigningKeyFolder) throws -> KeyChangeReport.Row {
    let request = KeyRequest(nil, role: role, repository: gun, purpose: "for a key that is made now")
    let passphrase = try protection.passphrase(for: request, from: keys.passphrases().newPassphrase)
    let key: PrivateSigningKey
    do throws(SigningKeyError) {
      key = try PrivateSigningKey(new: type)
    } catch {
      throw CommandFailure(.failed, "no key was made: \(error)")
    }
    let log = SigningKeyLog(options, folder: keys.folder)
    return try withReasons {
      if let output { try KeyOutputFile.write(PublicKeyText.text(key, role: role), to: output, mode: 0o644) }
      do {
        let file = try log.record(
          "generate", key.id, headers, file: folder.file(of: key.id), back: log.removal(key.id)
        ) { try folder.add(key, headers, passphrase: passphrase) }
        return KeyChangeReport.Row(
          action: .added, id: key.id, headers: headers, algorithm: key.publicKey.algorithm, file: file, copy: output,
          notes: notes(passphrase))
      } catch {
        if let output { KeyOutputFile.remove(output) }
        throw error
      }
    }
  }

  private func notes(_ passphrase: SecretOctets?) -> [String] {
    let loss =
      role == "root"
      ? "without it nothing that it signs can ever be changed: keep a copy, by keyreeve backup FILE"
      : "a copy of it is kept by keyreeve backup FILE"
    let isSigner = role != "root" && !SigningKeyHeaders.hasRepository(role)
    let kind =
      isSigner && type == .ed25519
      ? "docker and notary add no signer with an ed25519 key; keyreeve reads its signatures" : nil
    return [NewPassphraseOptions.remark(passphrase), kind, loss].compactMap { $0 }
  }
}

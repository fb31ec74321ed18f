internal import ArgumentParser
internal import ContentChange
internal import ContentSigning
internal import ContentTrust
internal import ReadCommands
internal import TrustModel

/// `keyreeve content key passwd`: another passphrase for a key, or the same one made harder to guess.
struct ContentKeyPasswdCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "passwd", abstract: "Give a private key another passphrase.",
    discussion: """
      The new file is written beside the old one, read back and opened, and only then takes its place. Copies and backups keep \
      the old passphrase. Variables hold the old passphrase where there is one; the new one is asked for, or comes from --passphrase-fd (its second \
      line) or $CREDENTIALS_DIRECTORY.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var keys: SigningKeyOptions
  @OptionGroup var protection: NewPassphraseOptions

  @Flag(help: "Keep the passphrase, and only make guessing it slower: \(SealedKeyFile.rounds) rounds.")
  var harden = false

  @Argument(help: "The identifier of the key, or its first digits.")
  var id: String

  func validate() throws {
    if harden, protection.isPlain { throw ValidationError("--harden and --no-passphrase exclude each other") }
  }

  func run() throws {
    // Nothing secret is held any more when the report goes out.
    let row = try row(keys.place(of: id, options))
    try KeyChangeReport(verb: "passwd", isDryRun: keys.dryRun, rows: [row]).print(options)
  }

  private func row(_ place: SigningKeyPlace) throws -> KeyChangeReport.Row {
    try withReasons {
      try SigningKeyFolder(place.folder, user: Environment.userID).check()
      let passphrases = keys.passphrases()
      let change = try KeyPassphraseChange(place, asking: passphrases)
      let passphrase = keys.dryRun ? nil : try passphrase(change, passphrases)
      if !keys.dryRun {
        try SigningKeyLog(options, folder: keys.folder).record(
          "passwd", place.id, change.headers, file: place.file, back: SigningKeyLog.formerPassphrase
        ) { try change.apply(passphrase, by: Environment.userID) }
      }
      var notes = ["until now: \(change.words)"]
      if !keys.dryRun { notes += [NewPassphraseOptions.remark(passphrase)].compactMap { $0 } }
      if !harden { notes.append("copies and backups of it keep the passphrase that they have") }
      return KeyChangeReport.Row(
        action: .replaced, id: place.id, headers: change.headers, algorithm: change.opened.key.publicKey.algorithm,
        file: place.file, notes: notes)
    }
  }

  private func passphrase(_ change: KeyPassphraseChange, _ passphrases: Passphrases) throws -> SecretOctets? {
    if harden {
      guard let same = change.opened.passphrase else {
        throw CommandFailure(.usage, "--harden: key \(change.place.id) has no passphrase; give it one without --harden")
      }
      return same
    }
    let request = KeyRequest(
      change.place.id, role: change.headers.role ?? "", repository: change.headers.repository,
      purpose: "in place of the one that it has")
    // Of a key that has none, variables cannot hold the old one.
    guard change.opened.passphrase != nil else {
      return try protection.passphrase(for: request, from: passphrases.newPassphrase)
    }
    return try protection.passphrase(for: request, isChange: true, from: passphrases.replacement)
  }
}

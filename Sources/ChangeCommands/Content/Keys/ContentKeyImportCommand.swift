internal import ArgumentParser
internal import ContentChange
internal import ContentSigning
internal import ContentTrust
internal import ReadCommands
internal import SignedMetadata
internal import TrustModel

/// `keyreeve content key import`: keys of other programs and machines, opened and sealed again for docker and notary.
struct ContentKeyImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Take in private keys from files of docker, notary or openssl.",
    discussion: """
      Every key is opened, and sealed again under the same passphrase in the form that docker and notary read. A key that is \
      here already is left as it is. Of several keys either all are taken in or none.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var keys: SigningKeyOptions
  @OptionGroup var protection: NewPassphraseOptions

  @Option(help: ArgumentHelp("The role, in place of the one that the file says.", valueName: "role"))
  var role: String?

  @Option(help: ArgumentHelp("The repository, in place of the one that the file says.", valueName: "gun"))
  var gun: String?

  @Flag(help: "The files are paper copies that were typed back; a typing error is found by its line.")
  var paper = false

  @Argument(help: "Files of keys; - is standard input.")
  var files: [String]

  func validate() throws {
    if let role, !SigningKeyHeaders.isRole(role) {
      throw ValidationError("--role '\(VisibleText(role, limit: 80))' is no name of a role")
    }
    if let role, gun != nil, !SigningKeyHeaders.hasRepository(role) {
      throw ValidationError("--gun: a \(VisibleText(role, limit: 80)) key belongs to no repository")
    }
    if files.count(where: { $0 == "-" }) > 1 { throw ValidationError("standard input is read once") }
    if files.contains("-"), keys.passphraseOptions.descriptor == 0 {
      throw ValidationError("standard input holds the key: give passphrases by another descriptor")
    }
  }

  func run() throws {
    // Nothing secret is held any more when the report goes out.
    let report = try report(in: keys.keyFolder(options))
    try report.print(options)
  }

  private func report(in folder: SigningKeyFolder) throws -> KeyChangeReport {
    try withReasons {
      let passphrases = keys.passphrases()
      var notes: [String] = []
      var found: [(file: String, key: ImportedKey)] = []
      for file in files {
        let read =
          paper
          ? try ImportedKey.paper(file, role: role, repository: gun, passphrases: passphrases)
          : try ImportedKey.all(in: file, role: role, repository: gun, passphrases: passphrases)
        found += read.keys.map { (file, $0) }
        notes += read.notes
      }
      let drafts = try draft(found, folder, passphrases)
      if !keys.dryRun { try write(drafts, folder) }
      return KeyChangeReport(verb: "import", isDryRun: keys.dryRun, rows: drafts.map(\.row), notes: notes)
    }
  }

  /// A key that is to be written, or is here already.
  private struct Draft {
    let key: PrivateSigningKey
    let passphrase: SecretOctets?
    let row: KeyChangeReport.Row
  }

  private func draft(
    _ found: [(file: String, key: ImportedKey)], _ folder: SigningKeyFolder, _ passphrases: Passphrases
  ) throws -> [Draft] {
    var drafts: [Draft] = []
    for (file, imported) in found {
      let key = imported.opened.key
      if let here = try SigningKeyPlace.find(key.id, in: [folder.folder]) {
        drafts.append(Draft(key: key, passphrase: nil, row: try kept(here, imported)))
      } else if let twin = drafts.first(where: { $0.key.id == key.id }) {
        throw CommandFailure(.usage, "key \(twin.key.id) is in the files twice, and nothing was imported")
      } else {
        let passphrase = try passphrase(imported, passphrases)
        drafts.append(Draft(key: key, passphrase: passphrase, row: row(imported, file, folder, passphrase)))
      }
    }
    return drafts
  }

  private func passphrase(_ imported: ImportedKey, _ passphrases: Passphrases) throws -> SecretOctets? {
    if let given = imported.opened.passphrase, !protection.isPlain { return given }
    let request = KeyRequest(
      imported.opened.key.id, role: imported.headers.role ?? "", repository: imported.headers.repository,
      purpose: "for its file here: the one that was read has none")
    return try protection.passphrase(for: request, from: passphrases.newPassphrase)
  }

  private func row(
    _ imported: ImportedKey, _ file: String, _ folder: SigningKeyFolder, _ passphrase: SecretOctets?
  ) -> KeyChangeReport.Row {
    let key = imported.opened.key
    var notes = ["read from \(file == "-" ? "standard input" : VisibleText(file).description): \(imported.words)"]
    if let obstacle = imported.obstacleToDocker {
      notes.append("as it was, docker and notary could not open it: \(obstacle)")
    }
    if let stated = imported.statedRole {
      notes.append(
        "its file says the role \(VisibleText(stated, limit: 80)); it is kept for \(VisibleText(imported.headers.words, limit: 400))"
      )
    }
    notes += [NewPassphraseOptions.remark(passphrase)].compactMap { $0 }
    return KeyChangeReport.Row(
      action: .added, id: key.id, headers: imported.headers, algorithm: key.publicKey.algorithm,
      file: folder.file(of: key.id), notes: notes)
  }

  /// A key that is here stays as it is, and where its role is another one that is said loudly.
  private func kept(_ here: SigningKeyPlace, _ imported: ImportedKey) throws -> KeyChangeReport.Row {
    let there = try ExportedKeyText(here).headers
    guard there.role == nil || there == imported.headers else {
      throw CommandFailure(
        .declined,
        "key \(here.id) is here already as \(VisibleText(there.words, limit: 400)), in \(VisibleText(here.file)), and not as "
          + "\(VisibleText(imported.headers.words, limit: 400)): nothing was imported, and no role is changed by an import"
      )
    }
    return KeyChangeReport.Row(
      action: .kept, id: here.id, headers: there, algorithm: imported.opened.key.publicKey.algorithm, file: here.file,
      notes: ["it is here already, and was left as it is, with the passphrase that it has here"])
  }

  private func takeBack(_ place: SigningKeyPlace, _ folder: SigningKeyFolder) throws {
    let headers = (try? ExportedKeyText(place).headers) ?? SigningKeyHeaders(role: nil, repository: nil)
    try SigningKeyLog(options, folder: keys.folder).record(
      "remove", place.id, headers, file: place.file, back: "the import that it came by failed: import it again"
    ) { try folder.remove(place) }
  }

  /// Writes all, or takes back what was written.
  private func write(_ drafts: [Draft], _ folder: SigningKeyFolder) throws {
    var written: [SigningKeyPlace] = []
    for draft in drafts where draft.row.action == .added {
      do {
        let log = SigningKeyLog(options, folder: keys.folder)
        try log.record("import", draft.key.id, draft.row.headers, file: draft.row.file, back: log.removal(draft.key.id))
        {
          _ = try folder.add(draft.key, draft.row.headers, passphrase: draft.passphrase)
        }
        if let place = try? SigningKeyPlace.find(draft.key.id, in: [folder.folder]) { written.append(place) }
      } catch {
        for place in written { try? takeBack(place, folder) }
        throw error
      }
    }
  }
}

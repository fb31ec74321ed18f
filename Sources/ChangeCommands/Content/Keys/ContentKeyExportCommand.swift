internal import ArgumentParser
internal import ContentChange
internal import ContentSigning
internal import ContentTrust
internal import ReadCommands
internal import Stores
internal import TrustModel

/// `keyreeve content key export`: the file of a key as `notary key import` and this program read it.
struct ContentKeyExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Give out a private key, encrypted as it is, for another machine.",
    discussion: "The passphrase is not asked for, and stays the same. A key without one gets one in the copy.")

  @OptionGroup var options: CommonOptions
  @OptionGroup var keys: SigningKeyOptions
  @OptionGroup var protection: NewPassphraseOptions

  @Option(help: ArgumentHelp("Write a new file, 0600; else the key goes to standard output.", valueName: "file"))
  var output: String?

  @Flag(help: "Give a paper copy: lines that can be typed back, each with a checksum, by import --paper.")
  var paper = false

  @Argument(help: "The identifier of the key, or its first digits.")
  var id: String

  func validate() throws {
    if options.json, output == nil { throw ValidationError("--json needs --output: a key is no part of a document") }
    if paper, protection.isPlain { throw ValidationError("--paper and --no-passphrase exclude each other") }
    if protection.isPlain, output == nil { throw ValidationError("--no-passphrase needs --output") }
    if keys.dryRun, output == nil { throw ValidationError("--dry-run needs --output: nothing else is written") }
  }

  func run() throws {
    let place = try keys.place(of: id, options)
    if paper { return try writePaper(place) }
    try withReasons {
      var exported = try ExportedKeyText(place)
      var notes: [String] = []
      if exported.protection != .none, protection.isPlain {
        throw CommandFailure(
          .usage,
          "--no-passphrase: key \(place.id) has a passphrase, which its copy keeps; to take it away: "
            + ShellText.line(["keyreeve", "content", "key", "passwd", "\(place.id)", "--no-passphrase"]))
      }
      if exported.protection == .none, protection.isPlain {
        notes.append("it has no passphrase: whoever reads the copy can sign with it")
      } else if exported.protection == .none {
        exported = try sealed(place, exported)
        notes.append("the copy has a passphrase; the key's own file has none")
      }
      guard let output else { return try write(exported) }
      if !keys.dryRun { try KeyOutputFile.write(exported.text, to: output, mode: 0o600) }
      let row = KeyChangeReport.Row(
        action: .exported, id: place.id, headers: exported.headers, algorithm: nil, file: place.file, copy: output,
        notes: notes)
      try KeyChangeReport(verb: "export", isDryRun: keys.dryRun, rows: [row]).print(options)
    }
  }

  private func writePaper(_ place: SigningKeyPlace) throws {
    let copy = try withReasons { try PaperKey(place) }
    let text = copy.lines.map { $0 + "\n" }.joined()
    guard let output else {
      guard Output.write(Array(text.utf8), to: 1) else {
        throw CommandFailure(.failed, "standard output takes no more")
      }
      return
    }
    if !keys.dryRun {
      try withReasons { try KeyOutputFile.write(SecretOctets(Array(text.utf8)), to: output, mode: 0o600) }
    }
    let row = KeyChangeReport.Row(
      action: .exported, id: place.id, headers: copy.headers, algorithm: nil, file: place.file, copy: output,
      notes: ["typed back by: " + ShellText.line(["keyreeve", "content", "key", "import", "--paper", "FILE"])])
    try KeyChangeReport(verb: "export", isDryRun: keys.dryRun, rows: [row]).print(options)
  }

  private func sealed(_ place: SigningKeyPlace, _ exported: ExportedKeyText) throws -> ExportedKeyText {
    let passphrases = keys.passphrases()
    let request = KeyRequest(
      place.id, role: exported.headers.role ?? "", repository: exported.headers.repository,
      purpose: "for the copy of it")
    let passphrase = try protection.passphrase(for: request, from: passphrases.newPassphrase)
    guard let key = try SigningKeyring([place.folder], passphrases: passphrases).key(request), let passphrase else {
      throw KeyringError.missing(place.id, folders: [place.folder.path])
    }
    return try exported.sealed(key, passphrase)
  }

  private func write(_ exported: ExportedKeyText) throws {
    // Encrypted: no secret stays behind in the array.
    guard Output.write(Array(exported.text), to: 1) else {
      throw CommandFailure(.failed, "standard output takes no more")
    }
  }
}

internal import ArgumentParser
internal import ContentChange
internal import ReadCommands
internal import SignedMetadata
internal import Stores
internal import TrustModel

/// The options that every command takes that opens or writes signing keys.
struct SigningKeyOptions: ParsableArguments {
  @Option(
    name: .customLong("trust-dir"),
    help: ArgumentHelp("The folder of docker or notary; docker's own by default.", valueName: "dir"))
  var folder: String?

  @OptionGroup var passphraseOptions: PassphraseOptions

  @Flag(name: .customLong("dry-run"), help: "Show what would be done, and change nothing.")
  var dryRun = false

  /// Everybody who may know a passphrase.
  func passphrases() -> Passphrases { passphraseOptions.passphrases() }

  /// The folder that keys are written to, once it is known to take them.
  func keyFolder(_ options: CommonOptions) throws -> SigningKeyFolder {
    let folders = try options.trustFolders(named: folder)
    let keys = SigningKeyFolder(folders[0], user: Environment.userID)
    try withReasons { try keys.check() }
    return keys
  }

  /// The file of a key by its identifier, or by the beginning of it.
  func place(of text: String, _ options: CommonOptions) throws -> SigningKeyPlace {
    let folders = try options.trustFolders(named: folder)
    let shown = VisibleText(text, limit: 80)
    let digits = text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    guard digits, (Self.fewestDigits...64).contains(text.utf8.count) else {
      throw CommandFailure(
        .usage,
        "'\(shown)' is no identifier of a key: 64 hexadecimal digits, or at least the first \(Self.fewestDigits)")
    }
    var found: [SigningKeyPlace] = []
    try withReasons {
      for folder in folders {
        found += try SigningKeyPlace.all(in: folder).filter { $0.id.description.utf8.starts(with: text.utf8) }
      }
    }
    let ids = Set(found.map(\.id)).sorted()
    guard ids.count <= 1 else {
      throw CommandFailure(
        .usage, "'\(shown)' begins \(ids.count) keys: \(ids.map(\.description).joined(separator: ", "))")
    }
    guard let place = found.first else {
      let paths = folders.map { "\(VisibleText($0.path))/private" }.joined(separator: " or in ")
      throw CommandFailure(
        .notFound, "there is no key \(shown) in \(paths): keyreeve content key list shows those that are")
    }
    return place
  }

  private static let fewestDigits = 7
}

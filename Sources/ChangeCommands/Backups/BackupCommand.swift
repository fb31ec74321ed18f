public import ArgumentParser
internal import ContentChange
internal import ReadCommands
internal import Stores
internal import TrustChange
internal import TrustModel
internal import TrustVerify

/// `keyreeve backup`: trusted keys, content-trust keys and configuration in one file, or the check of such a file.
public struct BackupCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Keep trusted keys, content-trust keys and pins in one file, or check such a file.",
    discussion: """
      Of content trust docker's folder is kept, and notary's own (~/.notary) where there is one. The file is made readable by its owner alone, written, read back and compared. Private keys stay encrypted as they \
      are; those without a passphrase get one in the backup. With --check every private key is opened in memory with the \
      passphrases that are given, so that a backup is known to be of use before it is needed.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var passphraseOptions: PassphraseOptions

  @Flag(name: .long, help: "Check the backup in the file, and change nothing.")
  var check = false

  @Argument(help: "The backup; it must not exist yet.")
  var file: String

  /// A command, filled in by the parser.
  public init() {}

  /// Refuses standard output.
  public func validate() throws {
    guard file != "-" else {
      throw ValidationError("a backup holds private keys and is read back: name a file, not standard output")
    }
  }

  private func collect() throws -> BackupCollection {
    do throws(BackupError) {
      return try BackupCollection(
        options.stores, program: "keyreeve \(ReadCommandList.version)", host: Environment.hostName,
        at: SystemClock.now)
    } catch {
      throw CommandFailure(error.reason, "no backup was made: \(error)")
    }
  }

  /// Collects, writes, reads back.
  public func run() throws {
    if check {
      let drill = KeyDrill(passphrases: passphraseOptions.passphrases())
      return try BackupCheck(file, options).run(drill: drill.run)
    }
    let output = Output(options)
    let found = try collect()
    guard !found.archive.manifest.files.isEmpty else {
      throw CommandFailure(
        .notFound, "there is nothing to keep: no trusted keys, no content-trust keys, no configuration")
    }
    let (collection, sealed) = try BackupSealing(passphrases: passphraseOptions.passphrases()).seal(found)
    let problems = BackupProblem.all(in: collection.archive)
    let warnings =
      sealed + collection.omissions.map { "\($0.file) is not kept: \($0.problem)" }
      + collection.notes
      + problems.map { "\($0.store.rawValue)/\($0.path) \($0.problem); it is kept as it is" }
    for warning in warnings { output.message("warning: \(warning)") }
    try withReasons { try BackupFile.write(collection.archive, to: file) }
    let document = BackupDocument(file, collection.archive, problems: problems, warnings: warnings)
    try output.result(document.document) { _ in
      document.lines + [
        "written, read back and found whole; to prove it again: "
          + (["keyreeve", "backup", "--check", VisibleText(file).description] + options.machineArguments)
          .joined(separator: " ")
      ]
    }
  }
}

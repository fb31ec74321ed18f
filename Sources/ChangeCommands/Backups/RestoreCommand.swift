public import ArgumentParser
internal import ReadCommands
internal import Stores
internal import TrustChange
internal import TrustModel
internal import TrustVerify

/// `keyreeve restore`: brings back what a backup holds.
public struct RestoreCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Bring back the files of a backup; shows its plan first, and asks.",
    discussion: """
      Each store is restored wholly or not at all, as a change of its own that undo takes back. Files that are not in \
      the backup stay. Content-trust metadata never goes back to an older version.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var change: ChangeOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only this store (trusted-keys, content-trust, notary-trust or configuration); may be given again.",
      valueName: "store"))
  var only: [Store] = []

  @Flag(
    name: .long,
    help: "Overwrite private keys with other contents, keys that are switched off, and newer copies of keys.")
  var force = false

  @Flag(name: .long, help: "Restore without a question.")
  var yes = false

  @Argument(help: "The backup.")
  var file: String

  /// A command, filled in by the parser.
  public init() {}

  /// Plans, asks and applies.
  public func run() throws {
    let archive = try BackupCheck.archive(file)
    let stores = only.isEmpty ? Store.allCases : only
    try withReasons {
      let runner = ChangeRunner(options, change)
      let places = stores.contains(.trustedKeys) ? Self.keys(in: archive) : []
      let planner = runner.planner { key in places.contains { $0.concerns(key.file) } }
      let plan = try planner.restore(archive, from: file, to: options.stores, stores: stores, force: force)
      try RestoreRunner(plan: plan, file: file, options: options, change: change).run(isAgreed: yes, with: runner)
    }
  }

  private static func keys(in archive: BackupArchive) -> [KeyLocation] {
    archive.manifest.files(of: .trustedKeys).compactMap { file in
      archive.manifest.directories[.trustedKeys].flatMap { StorePlace(.trustedKeys, in: $0, file.path)?.key }
    }
  }
}

extension Store: ExpressibleByArgument {}

public import ArgumentParser
internal import ContentTrust
internal import Stores
internal import TrustModel

/// `keyreeve content inventory`: where content trust is in use on this machine.
public struct ContentInventoryCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "inventory", abstract: "Show where content trust is in use on this machine, and what ends when.",
    discussion: """
      Variables, configuration, what docker and notary have kept, and keys; below the folders that are named also the \
      Dockerfiles, compose files, units, scripts and build pipelines that set or use it, by file and line. Of \
      passphrases only the names of variables are shown. Links are not followed.
      """)

  @OptionGroup var options: CommonOptions

  @Argument(help: ArgumentHelp("Folders to look through.", valueName: "dir"))
  var folders: [String] = []

  @Option(
    name: .customLong("trust-dir"),
    help: ArgumentHelp("The folder of docker or notary to look at.", valueName: "dir"))
  var folder: String?

  /// The most folders that are named.
  static let folderLimit = 100

  /// A command, filled in by the parser.
  public init() {}

  /// Refuses too many folders.
  public func validate() throws {
    guard folders.count <= Self.folderLimit else {
      throw ValidationError("at most \(Self.folderLimit) folders at once")
    }
  }

  /// Looks, and prints what there is.
  public func run() throws {
    var inventory = try TrustInventory(options, folder: folder)
    for folder in folders { try inventory.look(through: folder) }
    try Output(options).result(inventory.document) { InventoryText(inventory, $0).lines }
  }
}

public import ArgumentParser
internal import ContentTrust
internal import ReadCommands
internal import Stores
internal import StrictJSON
internal import TrustModel

/// `keyreeve content refresh`: a new timestamp for repositories that lie in a folder.
public struct ContentRefreshCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "refresh",
    abstract: "Renew the timestamp of a repository that lies in a folder, without a person.",
    discussion: """
      A Notary server renews its timestamps by itself; for a folder this does. Nothing is done while more than half of \
      a timestamp's 14 days remains. The snapshot is renewed with it in the half year before it expires, where its key \
      is here. Passphrases come from --passphrase-fd, $CREDENTIALS_DIRECTORY (content-trust.timestamp), variables, or \
      the terminal.
      """)

  /// The most repositories that one command takes.
  static let limit = 10_000

  @OptionGroup var options: CommonOptions

  @Argument(
    help: ArgumentHelp("The repositories.", valueName: "gun"), transform: Repository.argument)
  var repositories: [Repository] = []

  @Flag(help: "Every repository in the folder.")
  var all = false

  @OptionGroup var place: MetadataPlaceOptions

  @Flag(help: "Renew also what has more than half of its life left.")
  var force = false

  @Flag(name: .customLong("dry-run"), help: "Say what would be renewed, and do nothing.")
  var dryRun = false

  @Flag(name: .customLong("print-unit"), help: "Print a systemd service and timer that do this, and do nothing.")
  var printUnit = false

  @Option(
    name: .customLong("passphrase-fd"),
    help: ArgumentHelp("Read passphrases from this descriptor, a line each.", valueName: "number"))
  var descriptor: Int?

  /// A command, filled in by the parser.
  public init() {}

  var server: String? { place.server }
  var folder: String? { place.folder }
  var allowsFirstUse: Bool { place.allowsFirstUse }

  /// Refuses what names nothing, or everything twice.
  public func validate() throws {
    guard all != !repositories.isEmpty else { throw ValidationError("name repositories, or --all of a folder") }
    guard repositories.count <= Self.limit else {
      throw ValidationError("at most \(Self.limit) repositories at once")
    }
    if all, server == nil { throw ValidationError("--all needs --server file:///DIR, which says of which folder") }
  }

  /// Renews each one; what fails for one does not keep the others from it.
  public func run() throws {
    if printUnit { return try self.printUnits() }
    let refresh = try RepositoryRefresh(self)
    var rows: [RefreshedRepository] = []
    var failure: CommandFailure?
    for repository in try named() {
      do {
        rows.append(try refresh.run(repository))
      } catch let error as CommandFailure {
        failure = failure ?? error
        rows.append(RefreshedRepository(repository, problem: error.description))
        Output.complain(given.completing("\(repository) was not renewed: \(error.description)"))
      }
    }
    try Output(options).result([
      "schema": "keyreeve.refresh/1", "dryRun": .bool(dryRun), "repositories": .array(rows.map(\.document)),
    ]) { _ in rows.filter { $0.problem == nil }.map(\.line) }
    if let failure { throw CommandEnd(failure.reason) }
  }

  /// The repositories that are meant.
  private func named() throws -> [Repository] {
    guard all else { return repositories }
    let found: [Repository]
    do {
      guard case .folder(let folder) = try MetadataSource(server ?? "", on: options.machine) else {
        throw CommandFailure(
          .usage, "--all takes a folder, as --server file:///DIR: a server renews its timestamps by itself")
      }
      found = try folder.repositories()
    } catch let error as CommandFailure {
      throw error
    } catch {
      throw CommandFailure(error is StoreError ? .failed : .usage, "\(error)")
    }
    if found.isEmpty { Output(options).message("note: there is no repository in \(VisibleText(server ?? ""))") }
    return found
  }
}

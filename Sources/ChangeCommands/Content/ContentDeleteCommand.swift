internal import ArgumentParser
internal import ContentChange
internal import ContentTrust
internal import ReadCommands
internal import SignedMetadata
internal import Stores
internal import StrictJSON
internal import TrustModel

/// `keyreeve content delete`: removes what is kept of a repository here, and on the server where that is asked for.
struct ContentDeleteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Remove what is kept of a repository here; with --remote, on the server as well.",
    discussion:
      "Private keys are never removed. What goes is listed first, and the name of the repository is to be typed.")

  @OptionGroup var options: CommonOptions
  @OptionGroup var publishing: PublishingOptions

  @Flag(help: "Delete all data of the repository on the server, for everybody.")
  var remote = false

  @Option(help: ArgumentHelp("The name of the repository again, where nobody can be asked.", valueName: "gun"))
  var confirm: String?

  func validate() throws {
    if publishing.yes {
      throw ValidationError("--yes does not do here: --confirm takes the name of the repository again")
    }
  }

  func run() throws {
    try withReasons {
      let session = try PublishingSession(options, publishing)
      let folder = RepositoryCopy(session.folder, user: Environment.userID)
      let record = SeenVersions.path(of: session.repository)
      let hasRecord = (try? options.state.contents(of: record, limit: SeenVersions.octetLimit)) != nil
      let files = try folder.files(of: session.repository) + (hasRecord ? [options.state.place + "/" + record] : [])
      guard remote || !files.isEmpty else {
        throw CommandFailure(
          .notFound, "nothing is kept of \(session.repository) here; --remote deletes what the server has")
      }
      let plan =
        files.map { "remove \(VisibleText($0))" }
        + (remote ? ["delete \(session.repository) on \(session.host.name), for everybody"] : [])
      if !publishing.dryRun {
        try confirm(plan, session.repository)
        if remote { try deleteRemote(session) }
        try folder.remove(session.repository)
        if hasRecord { try RepositoryCopy.removeRecord(record, in: options.state) }
      }
      try report(files, plan, session)
    }
  }

  /// A server's word alone proves nothing: it must have had the repository, and have it no more.
  private func deleteRemote(_ session: PublishingSession) throws {
    let request = MetadataRequest.latestRoot(MetadataLimits())
    switch session.answer(request) {
    case .octets, .longer: break
    case .absent: throw CommandFailure(.notFound, "\(session.host.name) has no \(session.repository)")
    case .unreachable(let cause):
      throw CommandFailure(.failed, "\(session.host.name) was not asked to delete anything: \(cause)")
    }
    do throws(PublishingError) {
      try session.host.deleteRepository()
    } catch {
      throw CommandFailure(
        .failed,
        "\(session.host.name): \(error.ofDeletion); nothing was removed here: look at it by keyreeve content inspect"
          + " \(session.repository)")
    }
    guard case .absent = session.answer(request) else {
      throw CommandFailure(
        .failed,
        "\(session.host.name) says that it deleted \(session.repository), and does not answer as if it had: nothing was"
          + " removed here; look at it by keyreeve content inspect \(session.repository)")
    }
  }

  private func confirm(_ plan: [String], _ repository: Repository) throws {
    if let confirm {
      guard let named = try? Repository(confirm), named == repository else {
        throw CommandFailure(.usage, "--confirm names another repository: nothing was deleted")
      }
      return
    }
    for line in plan { Output.complain(line) }
    guard Environment.canAsk else {
      throw CommandFailure(.declined, "there is nobody to ask: to delete what is listed, add --confirm \(repository)")
    }
    Output.complain("Nothing brings it back. Type the name of the repository to go on:")
    guard let answer = readLine(), answer.utf8.elementsEqual(repository.name.utf8) else {
      throw CommandFailure(.declined, "that is not its name: nothing was deleted")
    }
  }

  private func report(_ files: [String], _ plan: [String], _ session: PublishingSession) throws {
    let document: JSON = [
      "schema": "keyreeve.content-deletion/1", "repository": JSON(session.repository.name),
      "server": JSON(remote ? session.host.name : nil), "files": JSON(files), "dryRun": .bool(publishing.dryRun),
      "applied": .bool(!publishing.dryRun),
    ]
    try Output(options).result(document) { _ in
      plan.map { (publishing.dryRun ? "would " : "done: ") + $0 }
        + (publishing.dryRun ? ["dry run: nothing was deleted"] : [])
    }
  }
}

internal import ArgumentParser
internal import ContentTrust
internal import Fetch
internal import SignedMetadata
internal import Stores
internal import StrictJSON
internal import TrustModel
internal import TrustVerify

/// What every command takes that reads a repository of content trust.
struct ContentOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("The repository, as docker writes it.", valueName: "gun"), transform: Repository.argument)
  var repository: Repository

  @Option(
    help: ArgumentHelp(
      "The server of signed metadata; by default as configured for the registry, DOCKER_CONTENT_TRUST_SERVER, or the registry itself.",
      valueName: "url"
    ))
  var server: String?

  @Flag(help: "Ask no server: what was kept counts until it expires.")
  var offline = false

  @Option(
    name: .customLong("at"), help: ArgumentHelp("Judge as of this moment.", valueName: "time"),
    transform: Timestamp.argument)
  var moment: Timestamp?

  @Flag(
    name: .customLong("trust-on-first-use"),
    help: "Take the first root that the server shows, where none was kept and none is pinned.")
  var allowsFirstUse = false

  @Option(
    name: .customLong("trust-dir"),
    help: ArgumentHelp("The folder of docker or notary with what was kept.", valueName: "dir"))
  var folder: String?

  /// The repository as it is now, and the server that was asked.
  ///
  /// - Throws: `CommandFailure`.
  func read(
    _ common: CommonOptions, _ wanted: Set<RoleName>? = nil, keeping keeper: ContentKeeper? = nil
  ) throws -> (RepositoryReading, NotaryServer?) {
    let now = moment ?? SystemClock.now
    let folder = try trustFolder(common)
    let ground = try ContentGround(repository, in: folder, common, allowsFirstUse: allowsFirstUse)
    do {
      guard !offline else {
        return (
          try RepositoryReader.offline(repository, from: ground.kept, pins: ground.pins, at: now).read(wanted), nil
        )
      }
      let servers = try ContentServers(common)
      let server = try servers.server(of: repository, named: server, in: folder)
      common.progress("asking \(server) for \(repository)")
      let client = MetadataClient(
        server, for: repository, with: Fetcher(try servers.settings(for: server)), credentials: servers.credentials)
      let question = FirstUseQuestion(
        repository: repository, server: server, isLasting: keeper != nil && moment == nil)
      let reader = RepositoryReader(
        repository, from: ground.kept, pins: ground.pins, at: now, agrees: question.agrees
      ) { client.answer($0) }
      var reading = try reader.read(wanted) { refused in
        if let cause = refused.offline { Output.complain("note: \(server) could not be asked: \(cause)") }
        _ = keep(ContentLesson(refused.advance, from: ground.documents, floors: ground.floors), by: keeper)
      }
      reading.keeping = keep(ContentLesson(reading, from: ground.documents, floors: ground.floors), by: keeper)
      if let cause = reading.offline { Output.complain("warning: \(cause); what was kept here counts instead") }
      return (reading, server)
    } catch let error as MetadataError {
      throw failure(error, ground)
    } catch let error as AddressError {
      throw CommandFailure(.usage, "\(error)")
    }
  }

  private func trustFolder(_ common: CommonOptions) throws -> TrustFolder {
    if let folder { return TrustFolder(sysroot: .machine, path: try TrustFolderPath.absolute(folder)) }
    guard let place = common.stores.directory(of: .contentTrust) else {
      throw CommandFailure(.usage, "DOCKER_CONFIG is no absolute path: name the folder by --trust-dir")
    }
    return TrustFolder(sysroot: common.machine, path: place)
  }

  private func failure(_ error: MetadataError, _ ground: ContentGround) -> CommandFailure {
    switch error.rule {
    case .unagreed where Environment.canAsk: return CommandFailure(.declined, "\(repository): nothing was trusted")
    case .unagreed:
      return CommandFailure(
        .declined,
        "\(repository): \(error); compare the key with its owner, then pin it by [repository \(repository)] root-key in"
          + " /etc/keyreeve/*.conf, or add --trust-on-first-use")
    case .withheld, .rollback, .anchor:
      return CommandFailure(error.reason, "\(repository): \(error)\(ground.wayToBeginAnew(error))")
    case .absent where error.role == .root:
      return CommandFailure(.unsigned, "the server has no trust data for \(repository)")
    case .absent:
      return CommandFailure(
        .stale,
        "the server has no \(error.role) metadata for \(repository), though it was signed before: it may hide it")
    case .unreachable where offline:
      return CommandFailure(.failed, "nothing was kept of \(repository) here, and --offline asks no server")
    case .unreachable(let cause): return CommandFailure(.failed, "\(repository): \(cause)")
    default: return CommandFailure(error.reason, "\(repository): \(error)")
    }
  }
}

extension CommonOptions {
  /// Says what is being done where that was asked for.
  func progress(_ text: @autoclosure () -> String) { Output(self).progress(text()) }
}

extension Repository {
  /// Reads a repository.
  @Sendable static func argument(_ text: String) throws -> Repository {
    do {
      return try Repository(text)
    } catch {
      throw ValidationError("\(error)")
    }
  }
}

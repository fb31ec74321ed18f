public import ContentTrust
internal import Fetch
public import SignedMetadata
public import Stores
public import TrustModel
internal import TrustVerify

/// Reads repositories of content trust for one user: from what was kept in one folder, and from the servers.
public struct ContentReader {
  /// The folder of docker or notary.
  public let folder: TrustFolder
  /// The server or folder that is named; nil for the one that configuration says.
  public var server: String?
  /// Whether no server is asked.
  public var offline = false
  /// The moment that is judged; nil for now.
  public var moment: Timestamp?
  /// Whether the first root that is seen is taken.
  public var allowsFirstUse = false
  /// Whether what has expired is read all the same, for whoever signs it anew.
  public var readsAged = false
  /// Who says whether a first root is trusted; nil for the person at the terminal.
  public var agrees: ((FirstUseOffer) -> Bool)?
  /// Connections that are kept from one repository to the next; nil for one of its own for each.
  var connections: ServerConnections?
  /// Why nothing that was learned is kept, where nobody keeps it.
  public var whyNothingIsKept = "this program changes nothing"
  let keeper: ContentKeeper?
  let common: CommonOptions

  /// A reader for a folder, docker's own where none is named; what is learned is handed to `keeper`.
  ///
  /// - Throws: `CommandFailure` where there can be no such folder.
  public init(_ common: CommonOptions, folder: String? = nil, keeping keeper: ContentKeeper? = nil) throws {
    (self.common, self.keeper) = (common, keeper)
    if let folder {
      self.folder = try TrustFolderPath.folder(folder, on: common.machine)
      return
    }
    guard let place = common.stores.directory(of: .contentTrust) else {
      throw CommandFailure(.usage, "DOCKER_CONFIG is no absolute path: name the folder by --trust-dir")
    }
    self.folder = TrustFolder(sysroot: common.machine, path: place)
  }

  /// A reader for a folder that was found already.
  public init(_ common: CommonOptions, in folder: TrustFolder, keeping keeper: ContentKeeper? = nil) {
    (self.common, self.folder, self.keeper) = (common, folder, keeper)
  }

  /// The repository as it is now, and the server that was asked.
  ///
  /// - Throws: `CommandFailure`.
  public func read(
    _ repository: Repository, _ wanted: Set<RoleName>? = nil
  ) throws -> (RepositoryReading, MetadataSource?) {
    let notary = try notary()
    let ground = try ContentGround(
      repository, in: folder, common, notary: notary.pins, allowsFirstUse: allowsFirstUse)
    let now = moment ?? present(ground.floors, of: repository)
    do {
      guard !offline else {
        var reading = try RepositoryReader.offline(repository, from: ground.kept, pins: ground.pins, at: now).read(
          wanted)
        reading.keptSince = ground.keptSince
        return (reading, nil)
      }
      var servers = try ContentServers(common, notary: notary)
      servers.connections = connections
      let server = try servers.source(of: repository, named: server, in: folder)
      common.progress("asking \(server) for \(repository)")
      let answer = try servers.answers(from: server, of: repository)
      let aged = readsAged ? AgedAnswers(answer, from: server) : nil
      let reader = RepositoryReader(
        repository, from: ground.kept, pins: ground.pins, at: now, allowing: aged?.allowance ?? .none,
        agrees: { isAgreed(FirstUseOffer($0, of: repository, from: server)) }
      ) { aged?.answer($0) ?? answer($0) }
      var reading = try reader.read(wanted) { refused in
        if let cause = refused.offline { Output.complain("note: \(server) could not be asked: \(cause)") }
        _ = keep(ContentLesson(refused.advance, from: ground.documents, floors: ground.floors))
      }
      reading.keeping = keep(ContentLesson(reading, from: ground.documents, floors: ground.floors))
      if reading.offline != nil { reading.keptSince = ground.keptSince }
      if let cause = reading.offline { Output.complain("warning: \(cause); what was kept here counts instead") }
      return (reading, server)
    } catch let error as MetadataError {
      var failure = failure(error, of: repository, ground)
      failure.cause = error
      throw failure
    } catch let error as AddressError {
      throw CommandFailure(.usage, "\(error)")
    }
  }

  /// The same without a word on what is not kept, for whoever reads it again later.
  ///
  /// - Throws: `CommandFailure`.
  public func readSilently(_ repository: Repository) throws -> RepositoryReading {
    try Report.silently { try read(repository).0 }
  }

  /// The server or folder of a repository.
  ///
  /// - Throws: `CommandFailure`.
  public func source(of repository: Repository) throws -> MetadataSource {
    do {
      return try ContentServers(common, notary: try notary()).source(of: repository, named: server, in: folder)
    } catch let error as AddressError {
      throw CommandFailure(.usage, "\(error)")
    }
  }

  /// What answers requests about a repository, wherever it is read.
  ///
  /// - Throws: `CommandFailure`.
  public func answers(of repository: Repository) throws -> (MetadataRequest) -> MetadataUpdate.Answer {
    try ContentServers(common, notary: try notary()).answers(from: try source(of: repository), of: repository)
  }

  private func isAgreed(_ offer: FirstUseOffer) -> Bool {
    if let agrees { return agrees(offer) }
    return FirstUseQuestion(offer: offer, isLasting: keeper != nil && moment == nil).isAgreed
  }

  /// What notary says of itself: of trust, and of its server.
  private func notary() throws -> NotaryConfiguration {
    do {
      return try NotaryConfiguration(sysroot: common.machine) { Environment[$0] }
    } catch {
      throw CommandFailure(.failed, "\(error)")
    }
  }

  /// Now; where the clock says a moment before something was learned, it went back, and that moment counts.
  private func present(_ floors: VersionFloors, of repository: Repository) -> Timestamp {
    let now = SystemClock.now
    guard let seen = floors.seen, seen > now else { return now }
    Output.complain(
      "warning: the clock went back: something of \(repository) was learned on \(seen), and what expires is judged by"
        + " that moment; set the clock of this machine")
    return seen
  }

  private func failure(_ error: MetadataError, of repository: Repository, _ ground: ContentGround) -> CommandFailure {
    switch error.rule {
    case .unagreed where Environment.canAsk:
      return CommandFailure(.declined, "\(repository): \(otherFolder(of: repository))nothing was trusted")
    case .unagreed:
      return CommandFailure(
        .declined,
        "\(repository): \(error); \(otherFolder(of: repository))compare the key with its owner, then pin it by [repository \(repository)] root-key in"
          + " /etc/keyreeve/*.conf, or add --trust-on-first-use")
    case .withheld, .rollback, .anchor:
      return CommandFailure(
        error.reason,
        "\(repository): \(error); \(ground.wayToBeginAnew(error) ?? error.nextStep(for: repository) ?? "")")
    case .absent where offline:
      return CommandFailure(
        .failed,
        "nothing that can be read is kept here of the \(error.role) metadata of \(repository): the server has to be asked"
      )
    case .absent where error.role == .root:
      return CommandFailure(
        .unsigned,
        "the server has no trust data for \(repository): nobody has signed it there; --server asks another one")
    case .absent:
      return CommandFailure(
        .stale,
        "the server has no \(error.role) metadata for \(repository), though it was signed before: it may hide it; tell who runs it"
      )
    case .unreachable where offline && error.role == .root:
      return CommandFailure(.failed, "nothing is kept of \(repository) here: the server has to be asked")
    case .unreachable where offline:
      return CommandFailure(
        .failed,
        "what is kept of \(repository) here is not whole, its \(error.role) metadata above all: the server has to be asked"
      )
    case .unreachable(let cause): return CommandFailure(.failed, "\(repository): \(cause)")
    case .expired where error.role == .timestamp && (try? source(of: repository))?.server == nil && !offline:
      return CommandFailure(
        error.reason,
        "\(repository): \(error); whoever holds its keys mends it: keyreeve content \(mending(repository, ground)) \(repository)"
      )
    default:
      let next = error.nextStep(for: repository).map { "; \($0)" } ?? ""
      return CommandFailure(error.reason, "\(repository): \(error)\(next)")
    }
  }
}

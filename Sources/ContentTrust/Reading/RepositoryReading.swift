public import SignedMetadata
public import TrustModel

/// A repository as it is now: its trusted metadata, its roles, and on what grounds they are trusted.
public struct RepositoryReading: Sendable {
  /// The repository.
  public let repository: Repository
  /// The update, finished.
  public internal(set) var update: MetadataUpdate
  /// On what grounds the root is trusted.
  public internal(set) var grounds: FirstTrust
  /// The root that was trusted first, where none was kept.
  public let firstRoot: [UInt8]?
  /// The roles that were read, the top-level targets first.
  public internal(set) var roles: [DelegationWalk.Role] = []
  /// The roles that do not count, and why.
  public internal(set) var passedOver: [MetadataError] = []

  /// When what was kept came in, as its timestamp's file says; nil where nothing was kept, or the server has answered.
  public var keptSince: Timestamp?
  /// When it was frozen, where it was read from a freeze: it is judged as of that moment.
  public internal(set) var frozen: Timestamp?
  /// What became of what was learned.
  public var keeping = ContentKeeping.unchanged

  /// The trusted metadata.
  public var trusted: TrustedMetadata { update.trusted }
  /// What has expired and was read all the same; always empty where nothing was allowed.
  public var aged: [MetadataError] { trusted.aged.values.sorted { $0.role < $1.role } }
  /// What is worth keeping.
  public var advance: Advance { update.advance }
  /// Why the server could not be asked, where what was kept served in its place.
  public var offline: String? { update.offline }
}

/// Reads a repository: from what was kept, and from a server.
public struct RepositoryReader {
  private let repository: Repository
  private let kept: KeptMetadata
  private let pins: TrustPins
  private let now: Timestamp
  private let allowance: AgeAllowance
  private let agrees: (FirstRoot) -> Bool
  private let answer: (MetadataRequest) -> MetadataUpdate.Answer

  /// A reader; `answer` asks the server, `agrees` a person about a first root that nothing is pinned for.
  ///
  /// - Parameter allowance: what may have expired; for whoever signs anew or looks for what must be, never for a verdict.
  public init(
    _ repository: Repository, from kept: KeptMetadata, pins: TrustPins, at now: Timestamp,
    allowing allowance: AgeAllowance = .none,
    agrees: @escaping (FirstRoot) -> Bool = { _ in false },
    answer: @escaping (MetadataRequest) -> MetadataUpdate.Answer
  ) {
    (self.repository, self.kept, self.pins, self.now) = (repository, kept, pins, now)
    self.allowance = allowance
    (self.agrees, self.answer) = (agrees, answer)
  }

  /// A reader that asks nobody: what was kept counts until it expires.
  public static func offline(
    _ repository: Repository, from kept: KeptMetadata, pins: TrustPins, at now: Timestamp
  ) -> RepositoryReader {
    RepositoryReader(repository, from: kept, pins: pins, at: now) { _ in .unreachable("nobody was asked") }
  }

  /// Reads the top-level metadata and the roles that lead to `wanted`, or all roles.
  ///
  /// - Parameter salvage: takes an update that was refused, where a root was trusted here already: what it has learned before is good,
  ///   newer roots above all.
  /// - Throws: `MetadataError`.
  public func read(
    _ wanted: Set<RoleName>? = nil, salvage: (MetadataUpdate) -> Void = { _ in }
  ) throws(MetadataError) -> RepositoryReading {
    var reading = try begin()
    var step = reading.update.start()
    while case .fetch(let request) = step { step = reading.update.take(answer(request)) }
    if case .failed(let error) = step {
      if reading.grounds == .kept { salvage(reading.update) }
      throw error
    }
    try checkPins(&reading)
    var walk = DelegationWalk(to: wanted, deciding: wanted ?? Set(TagQuestion.dockerRoles))
    var next = walk.start(in: &reading.update)
    while case .fetch(let request) = next { next = walk.take(answer(request), in: &reading.update) }
    if case .failed(let error) = next { throw error }
    (reading.roles, reading.passedOver) = (walk.roles, walk.passedOver)
    return reading
  }

  /// An update from the root that was kept, or from one that may be trusted now.
  private func begin() throws(MetadataError) -> RepositoryReading {
    do throws(MetadataError) {
      let update = try MetadataUpdate(
        .notary, of: repository, from: kept, mayServeKept: true, allowing: allowance, at: now)
      return RepositoryReading(repository: repository, update: update, grounds: .kept, firstRoot: nil)
    } catch  where error.rule == .absent {
      let (root, grounds) = try anchoredRoot()
      let kept = KeptMetadata(root: root.octets, floors: kept.floors)
      let update = try MetadataUpdate(
        .notary, of: repository, from: kept, mayServeKept: false, allowing: allowance, at: now)
      return RepositoryReading(repository: repository, update: update, grounds: grounds, firstRoot: root.octets)
    }
  }

  /// The pins hold for the root that the reading ends with: one that was kept too, and newer ones.
  private func checkPins(_ reading: inout RepositoryReading) throws(MetadataError) {
    guard !pins.pins.isEmpty else { return }
    let root = try FirstRoot(reading.update.rootOctets, of: repository, at: nil)
    if let grounds = try pins.pinned(root, of: repository, at: now) { reading.grounds = grounds }
  }

  private func anchoredRoot() throws(MetadataError) -> (FirstRoot, FirstTrust) {
    if let root = rememberedRoot() { return (root, .remembered) }
    if let named = pins.startingRoot { return try startingRoot(named.octets, named.place) }
    return try newRoot()
  }

  /// The root that configuration names, of whatever age: newer ones are followed from it, at least to the version that was
  /// seen here before.
  private func startingRoot(_ octets: [UInt8], _ place: String) throws(MetadataError) -> (FirstRoot, FirstTrust) {
    let root: FirstRoot
    do throws(MetadataError) {
      root = try FirstRoot(octets, of: repository, at: nil)
    } catch {
      throw MetadataError(
        .root, .anchor("the file that \(VisibleText(place)) names is no root of \(repository): \(error)"))
    }
    return (root, .pinned(place))
  }

  /// The root that was trusted here last, where it is no longer kept: its version and its keys are known.
  private func rememberedRoot() -> FirstRoot? {
    guard let floor = kept.floors.floors[.root],
      case .octets(let octets) = answer(.root(version: floor.version, MetadataLimits())),
      let root = try? FirstRoot(octets, of: repository, at: nil),
      root.document.head.version == floor.version, root.identity == floor.keys
    else { return nil }
    return root
  }

  /// A root that nobody here has trusted, on the grounds that there are; never one older than what was trusted.
  private func newRoot() throws(MetadataError) -> (FirstRoot, FirstTrust) {
    let root = try firstRoot()
    guard let floor = kept.floors.floors[.root] else {
      return (root, try pins.grounds(for: root, of: repository, at: now, agrees: agrees))
    }
    let version = root.document.head.version
    guard version >= floor.version else {
      throw MetadataError(.root, .rollback(seen: floor.version, offered: version))
    }
    if let grounds = try pins.pinned(root, of: repository, at: now) { return (root, grounds) }
    throw MetadataError(
      .root,
      .anchor(
        "version \(floor.version) was trusted here before, and nothing proves that \(root.keyNames) of version \(version) follows from it"
      ))
  }

  private func firstRoot() throws(MetadataError) -> FirstRoot {
    let limits = MetadataLimits()
    switch answer(.latestRoot(limits)) {
    case .octets(let octets):
      // A certificate that has ended says who the owner was, who may give it another one.
      return try FirstRoot(octets, of: repository, limits: limits, at: allowance == .none ? now : nil)
    case .absent:
      throw MetadataError(.root, kept.floors.floors[.root].map { .withheld(seen: $0.version) } ?? .absent)
    case .longer(let limit): throw MetadataError(.root, .tooLong(limit: limit))
    case .unreachable(let cause): throw MetadataError(.root, .unreachable(cause))
    }
  }
}

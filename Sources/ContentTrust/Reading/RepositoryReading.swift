public import SignedMetadata
public import TrustModel

/// A repository as it is now: its trusted metadata, its roles, and on what grounds they are trusted.
public struct RepositoryReading: Sendable {
  /// The repository.
  public let repository: Repository
  /// The update, finished.
  public internal(set) var update: MetadataUpdate
  /// On what grounds the root is trusted.
  public let grounds: FirstTrust
  /// The root that was trusted first, where none was kept.
  public let firstRoot: [UInt8]?
  /// The roles that were read, the top-level targets first.
  public internal(set) var roles: [DelegationWalk.Role] = []
  /// The roles that do not count, and why.
  public internal(set) var passedOver: [MetadataError] = []

  /// The trusted metadata.
  public var trusted: TrustedMetadata { update.trusted }
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
  private let answer: (MetadataRequest) -> MetadataUpdate.Answer

  /// A reader; `answer` asks the server.
  public init(
    _ repository: Repository, from kept: KeptMetadata, pins: TrustPins, at now: Timestamp,
    answer: @escaping (MetadataRequest) -> MetadataUpdate.Answer
  ) {
    (self.repository, self.kept, self.pins, self.now, self.answer) = (repository, kept, pins, now, answer)
  }

  /// A reader that asks nobody: what was kept counts until it expires.
  public static func offline(
    _ repository: Repository, from kept: KeptMetadata, pins: TrustPins, at now: Timestamp
  ) -> RepositoryReader {
    RepositoryReader(repository, from: kept, pins: pins, at: now) { _ in .unreachable("nobody was asked") }
  }

  /// Reads the top-level metadata and the roles that lead to `wanted`, or all roles.
  ///
  /// - Throws: `MetadataError`; what was learned before is lost with it, so that the next reading begins where this one did.
  public func read(_ wanted: Set<RoleName>? = nil) throws(MetadataError) -> RepositoryReading {
    var reading = try begin()
    var step = reading.update.start()
    while case .fetch(let request) = step { step = reading.update.take(answer(request)) }
    if case .failed(let error) = step { throw error }
    var walk = DelegationWalk(to: wanted)
    var next = walk.start(in: &reading.update)
    while case .fetch(let request) = next { next = walk.take(answer(request), in: &reading.update) }
    (reading.roles, reading.passedOver) = (walk.roles, walk.passedOver)
    return reading
  }

  /// An update from the root that was kept, or from one that may be trusted now.
  private func begin() throws(MetadataError) -> RepositoryReading {
    do throws(MetadataError) {
      let update = try MetadataUpdate(.notary, of: repository, from: kept, mayServeKept: true, at: now)
      return RepositoryReading(repository: repository, update: update, grounds: .kept, firstRoot: nil)
    } catch  where error.rule == .absent {
      let root = try firstRoot()
      let grounds = try pins.grounds(for: root, of: repository, at: now)
      let update = try MetadataUpdate(
        .notary, of: repository, from: KeptMetadata(root: root.octets), mayServeKept: false, at: now)
      return RepositoryReading(repository: repository, update: update, grounds: grounds, firstRoot: root.octets)
    }
  }

  private func firstRoot() throws(MetadataError) -> FirstRoot {
    let limits = MetadataLimits()
    switch answer(.latestRoot(limits)) {
    case .octets(let octets): return try FirstRoot(octets, of: repository, limits: limits, at: now)
    case .absent: throw MetadataError(.root, .absent)
    case .unreachable(let cause): throw MetadataError(.root, .unreachable(cause))
    }
  }
}

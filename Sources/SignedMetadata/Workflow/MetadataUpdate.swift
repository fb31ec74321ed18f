public import TrustModel

/// Brings the trusted metadata up to date: roots one by one, then timestamp, snapshot and targets.
///
/// A state machine without I/O: it says what to fetch and takes the answer. Source: TUF 1.0.34, section 5.
public struct MetadataUpdate: Sendable {
  /// What comes next.
  public enum Step: Sendable {
    /// This document is needed; `take` is called with what came of it.
    case fetch(MetadataRequest)
    /// Everything is up to date.
    case finished
    /// The update ends here; what came before is in `advance` and stays good.
    case failed(MetadataError)
  }

  /// What came of a request.
  public enum Answer: Sendable {
    /// The document.
    case octets([UInt8])
    /// The server says that it does not have it.
    case absent
    /// It is longer than the request allows, and was not read to its end.
    case longer(than: Int)
    /// Nobody knows whether it exists.
    case unreachable(String)
  }

  private enum Phase { case root, timestamp, snapshot, targets, latestRoot(MetadataError), ended }

  /// What is trusted now.
  public private(set) var trusted: TrustedMetadata
  /// What is worth keeping.
  public private(set) var advance: Advance
  /// The targets of the top-level role, once they are up to date.
  public private(set) var targets: TargetsDocument?
  /// Why the server could not be asked, where what was kept served in its place.
  public private(set) var offline: String?
  /// The octets of the root that is trusted now.
  public private(set) var rootOctets: [UInt8]

  private var phase = Phase.root
  private var rotations = 0
  private var hasAskedLatest = false
  private let kept: KeptMetadata
  private let mayServeKept: Bool
  var loaded: [LoadedRole: TargetsDocument] = [:]
  var fetched: [RoleName: [UInt8]] = [:]

  /// A role under the delegator that led to it: another delegator may name other keys.
  struct LoadedRole: Hashable {
    let role: RoleName
    let delegator: RoleName?
  }

  /// An update that begins with what was kept from last time.
  ///
  /// - Parameter mayServeKept: whether, with the server out of reach, what was kept counts until it expires, as Notary has it.
  public init(
    _ dialect: Dialect, of repository: Repository? = nil, from kept: KeptMetadata, mayServeKept: Bool = false,
    limits: MetadataLimits = MetadataLimits(), allowing allowance: AgeAllowance = .none, at now: Timestamp
  ) throws(MetadataError) {
    guard let root = kept[.root] else { throw MetadataError(.root, .absent) }
    trusted = try TrustedMetadata(
      root: root, dialect, of: repository, floors: kept.floors, limits: limits, allowing: allowance, at: now)
    (advance, rootOctets) = (Advance(kept.floors), root)
    (self.kept, self.mayServeKept) = (kept, mayServeKept)
  }

  /// The first step.
  public mutating func start() -> Step { nextRoot() }

  /// Takes the answer to the last request.
  public mutating func take(_ answer: Answer) -> Step {
    do throws(MetadataError) {
      switch phase {
      case .root: return try takeRoot(answer)
      case .timestamp: return try takeTimestamp(answer)
      case .snapshot:
        let octets = try octets(answer, .snapshot)
        try trusted.takeSnapshot(octets)
        advance.add(.snapshot, octets)
        return try beginTargets()
      case .targets:
        let octets = try octets(answer, .targets)
        try finish(octets, isLocal: false)
        return .finished
      case .latestRoot(let refusal): return try takeLatestRoot(answer, after: refusal)
      case .ended: return .finished
      }
    } catch {
      return fail(error)
    }
  }

  private mutating func fail(_ error: MetadataError) -> Step {
    if mayAskLatest(error) {
      (phase, hasAskedLatest) = (.latestRoot(error), true)
      return .fetch(.latestRoot(trusted.limits))
    }
    phase = .ended
    advance.floors = trusted.floors
    return .failed(error)
  }

  private func octets(_ answer: Answer, _ role: RoleName) throws(MetadataError) -> [UInt8] {
    switch answer {
    case .octets(let octets): return octets
    case .absent: throw MetadataError(role, .absent)
    case .longer(let limit): throw longer(role, limit)
    case .unreachable(let cause): throw MetadataError(role, .unreachable(cause))
    }
  }

  /// A document that is longer than what is signed for it was altered; one of no stated length is too long.
  private func longer(_ role: RoleName, _ limit: Int) -> MetadataError {
    let stated =
      role == .snapshot ? (try? trusted.currentTimestamp())?.snapshot.length : (try? trusted.listed(role))?.length
    guard ![.root, .timestamp].contains(role), let length = stated, length == limit else {
      return MetadataError(role, .tooLong(limit: limit))
    }
    return MetadataError(role, .length(expected: length, offered: length + 1))
  }

  // MARK: Root

  private mutating func nextRoot() -> Step {
    guard rotations < trusted.limits.rotations else { return beginTimestamp() }
    phase = .root
    return .fetch(.root(version: trusted.root.head.version + 1, trusted.limits))
  }

  private mutating func takeRoot(_ answer: Answer) throws(MetadataError) -> Step {
    switch answer {
    case .octets(let octets):
      try trusted.takeRoot(octets)
      advance.add(.root, octets)
      rootOctets = octets
      rotations += 1
      return nextRoot()
    case .absent: return beginTimestamp()
    case .longer(let limit): throw longer(.root, limit)
    case .unreachable(let cause):
      guard mayServeKept else { throw MetadataError(.root, .unreachable(cause)) }
      offline = cause
      return beginTimestamp()
    }
  }

  /// Whether what was refused may be due to a root that the server has lost on the way to the latest one.
  private func mayAskLatest(_ error: MetadataError) -> Bool {
    switch (phase, error.rule) {
    case (_, .unreachable), (.root, _), (.latestRoot, _), (.ended, _): false
    default: trusted.dialect == .notary && !hasAskedLatest && offline == nil
    }
  }

  /// With a newer root that its keys stand behind, everything below it begins once more.
  private mutating func takeLatestRoot(_ answer: Answer, after refusal: MetadataError) throws(MetadataError) -> Step {
    guard case .octets(let octets) = answer, try trusted.takeLatestRoot(octets) else { throw refusal }
    advance.restart(with: octets)
    rootOctets = octets
    return beginTimestamp()
  }

  // MARK: Timestamp

  private mutating func beginTimestamp() -> Step {
    phase = .timestamp
    do throws(MetadataError) {
      try trusted.checkRoot()
      // One that its keys no longer stand behind, or that is damaged, is as good as none.
      if let octets = kept[.timestamp] { _ = try? trusted.takeTimestamp(octets, isLocal: true) }
      guard offline == nil else { return try beginSnapshot() }
      return .fetch(.timestamp(trusted.limits))
    } catch {
      return fail(error)
    }
  }

  private mutating func takeTimestamp(_ answer: Answer) throws(MetadataError) -> Step {
    if mayServeKept, case .unreachable(let cause) = answer {
      offline = cause
    } else {
      let octets = try octets(answer, .timestamp)
      if try trusted.takeTimestamp(octets) { advance.add(.timestamp, octets) }
    }
    return try beginSnapshot()
  }

  // MARK: Snapshot and targets

  private mutating func beginSnapshot() throws(MetadataError) -> Step {
    phase = .snapshot
    let listed = try trusted.currentTimestamp().snapshot
    if let octets = kept[.snapshot], (try? trusted.takeSnapshot(octets, isLocal: true)) != nil {
      return try beginTargets()
    }
    return try request(.snapshot, listed)
  }

  private mutating func beginTargets() throws(MetadataError) -> Step {
    phase = .targets
    // What was kept may have been halved between root and snapshot; what a server shows may not.
    if offline == nil { try trusted.checkListing(of: rootOctets) }
    let listed = try trusted.listed(.targets)
    if let octets = kept[.targets], (try? finish(octets, isLocal: true)) != nil { return .finished }
    return try request(.targets, listed)
  }

  func request(_ role: RoleName, _ listed: ListedFile) throws(MetadataError) -> Step {
    if let offline { throw MetadataError(role, .unreachable(offline)) }
    return .fetch(
      .listed(
        role, listed, isConsistent: trusted.root.isConsistent, trusted.dialect, trusted.limits))
  }

  private mutating func finish(_ octets: [UInt8], isLocal: Bool) throws(MetadataError) {
    let document = try trusted.takeTargets(
      octets, of: .targets, by: trusted.root.keys(of: .targets), isLocal: isLocal)
    if !isLocal { advance.add(.targets, octets) }
    targets = document
    loaded[LoadedRole(role: .targets, delegator: nil)] = document
    advance.floors = trusted.floors
    phase = .ended
  }

  // MARK: Delegations

  /// A delegated role under its delegator: at once where it is here already, else by a request.
  mutating func open(_ delegation: Delegation, of delegator: RoleName) throws(MetadataError) -> Opening {
    let place = LoadedRole(role: delegation.name, delegator: delegator)
    if let document = loaded[place] { return .document(document) }
    let listed = try trusted.listed(delegation)
    if let octets = fetched[delegation.name] {
      return .document(try take(octets, of: delegation, under: place, isLocal: false))
    }
    if let octets = kept[delegation.name],
      let document = try? take(octets, of: delegation, under: place, isLocal: true)
    {
      return .document(document)
    }
    switch try request(delegation.name, listed) {
    case .fetch(let request): return .request(request)
    case .finished, .failed: throw MetadataError(delegation.name, .absent)
    }
  }

  /// Takes the document of a delegated role that was asked for.
  mutating func take(
    _ answer: Answer, of delegation: Delegation, under delegator: RoleName
  ) throws(MetadataError) -> TargetsDocument {
    let octets = try octets(answer, delegation.name)
    let place = LoadedRole(role: delegation.name, delegator: delegator)
    let document = try take(octets, of: delegation, under: place, isLocal: false)
    fetched[delegation.name] = octets
    advance.add(delegation.name, octets)
    return document
  }

  private mutating func take(
    _ octets: [UInt8], of delegation: Delegation, under place: LoadedRole, isLocal: Bool
  ) throws(MetadataError) -> TargetsDocument {
    let document = try trusted.takeTargets(octets, of: delegation.name, by: delegation.keys, isLocal: isLocal)
    loaded[place] = document
    advance.floors = trusted.floors
    return document
  }

  /// What opening a role comes to.
  enum Opening {
    case document(TargetsDocument)
    case request(MetadataRequest)
  }
}

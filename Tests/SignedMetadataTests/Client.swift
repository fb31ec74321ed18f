import SignedMetadata
import StrictJSON
import Synchronization
import TrustModel

/// A client with what it keeps: updates from a made repository, and stores what an update says is worth keeping.
final class Client: Sendable {
  private let files = Mutex<[RoleName: [UInt8]]>([:])
  private let floors = Mutex(VersionFloors())

  init(root: [UInt8]?) {
    files.withLock { $0[.root] = root }
  }

  /// What is kept of a role.
  subscript(role: RoleName) -> [UInt8]? {
    get { files.withLock { $0[role] } }
    set { files.withLock { $0[role] = newValue } }
  }

  var kept: KeptMetadata {
    KeptMetadata(floors: floors.withLock { $0 }) { self[$0] }
  }

  /// What an update came to.
  struct Outcome {
    var error: MetadataError?
    var requests: [String] = []
    var stored: [RoleName] = []
    var update: MetadataUpdate?
  }

  /// Updates, and keeps what came.
  func update(
    from repository: MadeRepository, limits: MetadataLimits = MetadataLimits(), at now: Timestamp = MadeRepository.now,
    reaching: Bool = true
  ) -> Outcome {
    var outcome = Outcome()
    do throws(MetadataError) {
      var update = try MetadataUpdate(
        repository.dialect, from: kept, mayServeKept: repository.dialect == .notary, limits: limits, at: now)
      var step = update.start()
      while case .fetch(let request) = step {
        outcome.requests.append(request.address)
        step = update.take(reaching ? repository.answer(request) : .unreachable("no route to host"))
      }
      if case .failed(let error) = step { outcome.error = error }
      store(update.advance, &outcome)
      outcome.update = update
    } catch {
      outcome.error = error
    }
    return outcome
  }

  private func store(_ advance: Advance, _ outcome: inout Outcome) {
    for (role, octets) in advance.documents {
      self[role] = octets
      outcome.stored.append(role)
    }
    floors.withLock { $0 = advance.floors }
  }

  /// Keeps what a walk after an update has learned.
  func keep(_ update: MetadataUpdate) {
    var outcome = Outcome()
    store(update.advance, &outcome)
  }

  /// Searches for a target after an update.
  func find(_ target: JSONString, in repository: MadeRepository) -> (step: TargetSearch.Step, visited: [String]) {
    guard var update = update(from: repository).update else { return (.notFound, []) }
    return Self.find(target, in: repository, &update)
  }

  static func find(
    _ target: JSONString, in repository: MadeRepository, _ update: inout MetadataUpdate
  ) -> (step: TargetSearch.Step, visited: [String]) {
    var search = TargetSearch(for: target)
    var visited: [String] = []
    var step = search.start(in: &update)
    while case .fetch(let request) = step {
      visited.append(request.role.description)
      step = search.take(repository.answer(request), in: &update)
    }
    return (step, visited)
  }
}

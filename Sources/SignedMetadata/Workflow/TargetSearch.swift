public import StrictJSON

/// The search for one target through the delegations, in preorder, depth first.
///
/// Source: TUF 1.0.34, section 5.6.7; reference/security.md, rows T-43 to T-46.
public struct TargetSearch: Sendable {
  /// What comes next.
  public enum Step: Sendable {
    /// This document is needed.
    case fetch(MetadataRequest)
    /// The target, and the role that signs it.
    case found(ListedFile, by: RoleName)
    /// Nobody signs it.
    case notFound
    /// The search ends here.
    case failed(MetadataError)
  }

  private let target: JSONString
  private var waiting: [(delegation: Delegation, delegator: RoleName)] = []
  private var visited: Set<RoleName> = []
  private var asked: (delegation: Delegation, delegator: RoleName)?

  /// A search for a target.
  public init(for target: JSONString) {
    self.target = target
  }

  /// Begins with the targets of an update that is finished.
  public mutating func start(in update: inout MetadataUpdate) -> Step {
    guard let targets = update.targets else { return .failed(MetadataError(.targets, .absent)) }
    visited = [.targets]
    return look(into: targets, of: .targets) ?? goOn(in: &update)
  }

  /// Takes the answer to the last request.
  public mutating func take(_ answer: MetadataUpdate.Answer, in update: inout MetadataUpdate) -> Step {
    guard let (delegation, delegator) = asked else { return .notFound }
    asked = nil
    do throws(MetadataError) {
      let document = try update.take(answer, of: delegation, under: delegator)
      return look(into: document, of: delegation.name) ?? goOn(in: &update)
    } catch {
      return .failed(error)
    }
  }

  private mutating func goOn(in update: inout MetadataUpdate) -> Step {
    while let next = waiting.popLast() {
      guard !visited.contains(next.delegation.name) else { continue }
      // 5.6.7.1: what goes beyond the limit is not asked.
      guard visited.count <= update.trusted.limits.visitedRoles else { return .notFound }
      visited.insert(next.delegation.name)
      do throws(MetadataError) {
        switch try update.open(next.delegation, of: next.delegator) {
        case .request(let request):
          asked = next
          return .fetch(request)
        case .document(let document):
          if let step = look(into: document, of: next.delegation.name) { return step }
        }
      } catch {
        return .failed(error)
      }
    }
    return .notFound
  }

  /// The target where this role signs it; else its delegations are put before all that wait.
  private mutating func look(into document: TargetsDocument, of role: RoleName) -> Step? {
    if let file = document.targets[target] { return .found(file, by: role) }
    var matching: [Delegation] = []
    for delegation in document.delegations where delegation.covers(target) {
      matching.append(delegation)
      if delegation.isTerminating {
        // 5.6.7.2.1: whatever waited before is not asked any more.
        waiting = []
        break
      }
    }
    waiting += matching.reversed().map { ($0, role) }
    return nil
  }
}

public import StrictJSON

/// Loads the delegated roles of a Notary repository: all of them, or those that lead to some.
///
/// An expired or under-signed role is passed over with a word, as Notary does, and everything below it. Any other fault of a role that
/// decides ends the walk: whoever withholds it must not make what comes after it count. Source:
/// reference/docker-content-trust.md, sections 2 and 3.
public struct DelegationWalk: Sendable {
  /// What comes next.
  public enum Step: Sendable {
    /// This document is needed.
    case fetch(MetadataRequest)
    /// Everything is loaded.
    case finished
    /// A role that decides cannot be had.
    case failed(MetadataError)
  }

  /// A role with its targets, and the names that it may speak for.
  public struct Role: Sendable {
    /// The role.
    public let name: RoleName
    /// Who delegates to it; nil for the top-level targets.
    public let delegation: Delegation?
    /// Its targets and delegations.
    public let document: TargetsDocument
    /// The delegations that lead to it, the outermost first: each must cover a target that it signs.
    let chain: [Delegation]

    /// Whether it may speak for a target: every delegation that leads to it must cover the name.
    public func mayName(_ target: JSONString) -> Bool { chain.allSatisfy { $0.covers(target) } }
  }

  private let wanted: Set<RoleName>?
  private let deciding: Set<RoleName>
  private var waiting: [(delegation: Delegation, delegator: RoleName, chain: [Delegation])] = []
  private var asked: (delegation: Delegation, delegator: RoleName, chain: [Delegation])?
  private var visited: Set<RoleName> = []

  /// The roles that are loaded, in the order in which Notary asks them.
  public private(set) var roles: [Role] = []
  /// The roles that do not count, and why.
  public private(set) var passedOver: [MetadataError] = []

  /// A walk to every role, or to these and those above them; the `deciding` ones must be had.
  public init(to wanted: Set<RoleName>? = nil, deciding: Set<RoleName> = []) {
    (self.wanted, self.deciding) = (wanted, deciding)
  }

  /// Begins with the targets of an update that is finished.
  public mutating func start(in update: inout MetadataUpdate) -> Step {
    guard let targets = update.targets else { return .finished }
    enter(Role(name: .targets, delegation: nil, document: targets, chain: []))
    return goOn(in: &update)
  }

  /// Takes the answer to the last request.
  public mutating func take(_ answer: MetadataUpdate.Answer, in update: inout MetadataUpdate) -> Step {
    guard let (delegation, delegator, chain) = asked else { return .finished }
    asked = nil
    do throws(MetadataError) {
      let document = try update.take(answer, of: delegation, under: delegator)
      enter(Role(name: delegation.name, delegation: delegation, document: document, chain: chain + [delegation]))
    } catch {
      if let end = passOver(error, delegation.name) { return end }
    }
    return goOn(in: &update)
  }

  /// Goes on without a role; or ends, where that would change what counts.
  private mutating func passOver(_ error: MetadataError, _ role: RoleName) -> Step? {
    passedOver.append(error)
    switch error.rule {
    case .expired, .threshold: return nil
    default: return leads(role, to: deciding) ? .failed(error) : nil
    }
  }

  private mutating func goOn(in update: inout MetadataUpdate) -> Step {
    while !waiting.isEmpty {
      let next = waiting.removeFirst()
      guard visited.count < update.trusted.limits.entries, visited.insert(next.delegation.name).inserted else {
        continue
      }
      do throws(MetadataError) {
        switch try update.open(next.delegation, of: next.delegator) {
        case .request(let request):
          asked = next
          return .fetch(request)
        case .document(let document):
          let (delegation, chain) = (next.delegation, next.chain)
          enter(Role(name: delegation.name, delegation: delegation, document: document, chain: chain + [delegation]))
        }
      } catch  where error.rule == .unlisted {
        // A role that nobody has published into yet.
        continue
      } catch {
        if let end = passOver(error, next.delegation.name) { return end }
      }
    }
    return .finished
  }

  private mutating func enter(_ role: Role) {
    roles.append(role)
    for delegation in role.document.delegations where isWanted(delegation.name) {
      waiting.append((delegation, role.name, role.chain))
    }
  }

  private func isWanted(_ name: RoleName) -> Bool {
    wanted.map { leads(name, to: $0) } ?? true
  }

  /// Whether a role is one of these, or on the way to one.
  private func leads(_ name: RoleName, to roles: Set<RoleName>) -> Bool {
    roles.contains { $0 == name || $0.text.text.utf8.starts(with: (name.text.text + "/").utf8) }
  }
}

public import SignedMetadata
public import TrustModel

/// Keys for what a server would sign by itself, and whoever publishes into a folder signs here, of which too few are here.
public struct AbsentHostKeys {
  /// The roles, in their order.
  public let roles: [RoleName]
  private let holders: [RoleName: RoleKeys]
  private let repository: Repository
  private let holds: (KeyID) -> Bool

  /// Those of these roles that too few keys are here for.
  public init(_ holders: [RoleName: RoleKeys], of repository: Repository, holding holds: @escaping (KeyID) -> Bool) {
    (self.holders, self.repository, self.holds) = (holders, repository, holds)
    roles = holders.filter { $0.value.keys.count(where: { holds($0.canonicalID) }) < $0.value.threshold }.keys.sorted()
  }

  /// What is missing, and what brings it back or puts another one in its place: a clause.
  public var words: String {
    let missing = roles.compactMap { role in
      holders[role].map { keys in
        let held = keys.keys.count { holds($0.canonicalID) }
        return "\(keys.threshold) of the keys of \(role) must sign, and \(held) are here"
      }
    }
    let names = roles.flatMap { holders[$0]?.keys ?? [] }.map { "\($0.canonicalID)" }.joined(separator: ", ")
    let options = roles.map { " --role=\($0)" }.joined()
    return missing.joined(separator: "; ")
      + "; import one of \(names) by keyreeve content key import FILE, or run this where it is; where it is lost, whoever holds the"
      + " root's keys puts a new one in its place by keyreeve content repair \(repository)\(options)"
  }
}

public import ContentSigning
public import SignedMetadata
public import StrictJSON
internal import TrustModel

extension RepositoryDraft {
  /// Whether every delegation that leads to a role covers a name.
  public func mayName(_ role: RoleName, _ name: JSONString) -> Bool {
    var role = role
    while let delegator = role.delegator {
      guard let delegation = roles[delegator]?.delegations.first(where: { $0.name == role }),
        delegation.paths.contains(where: { name.text.utf8.starts(with: $0.text.utf8) })
      else { return false }
      role = delegator
    }
    return role == .targets
  }

  /// How many keys of a role are here.
  func held(_ role: RoleName, _ holds: (KeyID) -> Bool) -> Int {
    holders(of: role)?.keys.count { holds($0.canonicalID) } ?? 0
  }

  /// The roles that docker signs a tag into with the keys that are here: where there are delegations, each direct one of targets whose
  /// key is here and whose paths cover the name; else targets itself.
  ///
  /// Source: docker's `GetSignableRoles`; reference/docker-content-trust.md, section 6, "push".
  ///
  /// - Throws: `RepositoryChangeError` where no path of theirs covers the name, or too few keys of those whose paths do are here.
  public func signableRoles(
    for name: JSONString, holding holds: (KeyID) -> Bool
  ) throws(RepositoryChangeError) -> [RoleName] {
    let delegations = roles[.targets]?.delegations ?? []
    guard !delegations.isEmpty else { return [.targets] }
    let signable = delegations.filter { mayName($0.name, name) && held($0.name, holds) >= $0.threshold }
    guard signable.isEmpty else { return signable.map(\.name) }
    throw refusal(of: name, delegations, holds)
  }

  /// Signs a name into a role.
  ///
  /// - Throws: `RepositoryChangeError` where nobody delegates to it, its paths do not cover the name, or its list was not read.
  public mutating func sign(
    _ name: JSONString, as target: TargetsDraft.Target, in role: RoleName
  ) throws(RepositoryChangeError) {
    guard holders(of: role) != nil else { throw .noRole(role, of: repository) }
    if let problem = SignedName.problem(name) { throw .name("the name", name, problem) }
    guard mayName(role, name) else { throw .outside(name, role) }
    guard !isUnread(role) else { throw .unread(role) }
    changeTargets(of: role) { $0.set(name, to: target) }
  }

  /// Takes a name from every role that holds it, or from one.
  ///
  /// - Returns: the roles that held it.
  /// - Throws: `RepositoryChangeError` where none did.
  @discardableResult
  public mutating func revoke(
    _ name: JSONString, from wanted: [RoleName] = []
  ) throws(RepositoryChangeError) -> [RoleName] {
    for role in wanted where holders(of: role) == nil { throw .noRole(role, of: repository) }
    for role in wanted where isUnread(role) { throw .unread(role) }
    let holding = roles.keys.sorted().filter { wanted.isEmpty || wanted.contains($0) }
      .filter { roles[$0]?.holds(name) == true }
    guard !holding.isEmpty else {
      let words =
        wanted.isEmpty
        ? "is signed by no role"
        : "is not signed by \(wanted.map { RepositoryChangeError.shown($0) }.joined(separator: " or "))"
      throw RepositoryChangeError(.notFound, "\(VisibleText(name.text, limit: 255)) of \(repository) \(words)")
    }
    for role in holding { changeTargets(of: role) { $0.set(name, to: nil) } }
    return holding
  }

  /// Signs a role anew as it is, so that it counts (again).
  ///
  /// - Throws: `RepositoryChangeError`.
  public mutating func witness(_ role: RoleName) throws(RepositoryChangeError) {
    guard role == .targets || !role.isTopLevel, holders(of: role) != nil else { throw .noRole(role, of: repository) }
    guard !isUnread(role) else { throw .unread(role) }
    guard roles[role] != nil else {
      throw RepositoryChangeError(
        .notFound, "\(RepositoryChangeError.shown(role)) has signed nothing yet: there is nothing to sign anew")
    }
    renew(role)
  }
}

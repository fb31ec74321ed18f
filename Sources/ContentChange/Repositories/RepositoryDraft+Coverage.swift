public import ContentSigning
public import ContentTrust
public import SignedMetadata
public import StrictJSON

/// Names that a role lists and that its paths have come to leave out: they stand in its list, and nobody takes them.
public struct UncoveredNames: Hashable, Sendable {
  /// The role.
  public let role: RoleName
  /// The names, in their order; never empty.
  public let names: [JSONString]
}

extension RepositoryDraft {
  /// Whether a role may speak for every name, so that none need be looked at.
  func mayNameAll(_ role: RoleName) -> Bool { mayName(role, "") }

  /// How many names a role signs that every delegation which leads to it covers: those that count.
  func coveredCount(_ role: RoleName) -> Int {
    guard let list = roles[role] else { return 0 }
    return mayNameAll(role) ? list.count : list.names.count { mayName(role, $0) }
  }

  /// What a role, and those below it, signed until now and list on, but may not speak for any more.
  ///
  /// - Parameter reading: the repository as it was read.
  public func uncovered(in role: RoleName, since reading: RepositoryReading) -> [UncoveredNames] {
    reading.roles.filter { $0.name == role || $0.name.isBelow(role) }.compactMap { former in
      guard let list = roles[former.name], !mayNameAll(former.name) else { return nil }
      let names = former.document.targets.keys.filter {
        former.mayName($0) && list.holds($0) && !mayName(former.name, $0)
      }
      return names.isEmpty ? nil : UncoveredNames(role: former.name, names: names.sorted())
    }
  }
}

internal import ContentTrust
internal import SignedMetadata
internal import TrustModel

extension RepairNeeds {
  /// Keys that may be lost, or only elsewhere.
  func absent(_ role: RoleName, _ held: RoleKeys) -> Need? {
    let ids = held.keys.map(\.canonicalID).filter { !keys.holds($0) }
    let end = reading.roles.first?.document.head.expires
    guard let words = end.flatMap({ ending($0, "it") }) else {
      guard canChangeRoot, let next = replacing(role, ids) else { return nil }
      let names = ids.map { "\($0)" }.joined(separator: ", ")
      return Need(role: role, words: "not here: \(names)", cure: .nothing(next: next))
    }
    guard canChangeRoot else {
      return Need(
        role: role, words: "\(words), and its keys are not here, nor are the root's, which could replace them",
        cure: .nobody)
    }
    return Need(role: role, words: "\(words), and its keys are not here", cure: .nobody(next: replacing(role, ids)))
  }

  /// The command that puts a new key in the place of the first of those that are lost.
  func replacing(_ role: RoleName, _ ids: [KeyID]) -> [String]? {
    let name = reading.repository.name
    guard ids.count != 1 else { return ["keyreeve", "content", "repair", name, "--role", role.description] }
    return ids.first.map {
      ["keyreeve", "content", "key", "rotate", name, role.description, "--replace", $0.description]
    }
  }
}

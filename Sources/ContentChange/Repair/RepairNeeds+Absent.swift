internal import ContentSigning
internal import ContentTrust
internal import SignedMetadata
internal import TrustModel

extension RepairNeeds {
  /// What comes in the place of a key that is held here.
  static func madeHere(_ stranded: [KeyID]) -> RepairPlan.NewKey {
    stranded.count == 1 ? .stranded(stranded[0]) : .made
  }

  /// Keys that are not here are replaced where a rotation has surely lost them, or where the role was named.
  func lost(
    _ role: RoleName, _ held: RoleKeys, stranded: ([KeyID]) -> RepairPlan.NewKey, isCertain: Bool = false
  ) -> Need? {
    let candidates = keys.stranded[role] ?? []
    // What a folder would need of a server is never lost by a rotation: the key may only be elsewhere.
    let isStranded = !candidates.isEmpty && (role == .targets || !keys.isFolder)
    guard isCertain || isStranded || only.contains(role) else { return absent(role, held) }
    let names = held.keys.map { "\($0.canonicalID)" }.joined(separator: ", ")
    guard canChangeRoot else {
      return Need(
        role: role, words: "its key \(names) is not here, and neither is the root's, which could replace it",
        cure: .nobody)
    }
    let old = held.keys.filter { !keys.holds($0.canonicalID) }.map { ListedKey($0) }
    guard old.count == 1 else {
      return Need(
        role: role, words: "\(old.count) of its keys are not here, which are replaced one by one",
        cure: .nobody(next: replacing(role, old.map(\.canonicalID))))
    }
    return Need(role: role, words: "its key \(names) is not here", cure: .replacement(old: old, stranded(candidates)))
  }

  /// Keys that may be lost, or only elsewhere.
  func absent(_ role: RoleName, _ held: RoleKeys) -> Need? {
    let ids = held.keys.map(\.canonicalID).filter { !keys.holds($0) }
    guard let words = end(role).flatMap({ ending($0, "it") }) else {
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

  /// When the document of a role ends; of a timestamp, which never lives long, only once it has.
  private func end(_ role: RoleName) -> Timestamp? {
    switch role {
    case .snapshot: reading.trusted.snapshot?.head.expires
    case .timestamp: reading.trusted.timestamp.map(\.head.expires).flatMap { $0 < reading.trusted.now ? $0 : nil }
    default: reading.roles.first?.document.head.expires
    }
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

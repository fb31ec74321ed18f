internal import ContentSigning
internal import ContentTrust
internal import SignedMetadata
internal import TrustModel

/// What of a repository needs mending, and what cures it.
struct RepairNeeds {
  /// What helps.
  enum Cure {
    case renewal
    case replacement(old: [ListedKey], RepairPlan.NewKey)
    /// Nothing that can be done from here, or only by another command.
    case nobody(next: [String]?)
    /// Nothing is wrong yet; the command that helps where keys are lost.
    case nothing(next: [String])

    static let nobody = Cure.nobody(next: nil)
  }

  struct Need {
    let role: RoleName
    let words: String
    let cure: Cure
  }

  let reading: RepositoryReading
  let keys: RepairPlan.Keys
  private let only: RoleName?
  private let until: Timestamp

  init(_ reading: RepositoryReading, _ keys: RepairPlan.Keys, only: RoleName?, until: Timestamp) {
    (self.reading, self.keys, self.only, self.until) = (reading, keys, only, until)
  }

  /// Everything, each role at most once.
  var all: [Need] {
    [root, targets, snapshot ?? timestamp].compactMap { $0 } + delegations
  }

  private func holders(_ role: RoleName) -> RoleKeys { reading.trusted.root.keys(of: role) }

  private func isHeld(_ role: RoleKeys) -> Bool {
    role.keys.count { keys.holds($0.canonicalID) } >= role.threshold
  }

  var canChangeRoot: Bool { isHeld(holders(.root)) }

  func ending(_ end: Timestamp, _ what: String) -> String? {
    guard end < until else { return nil }
    return end < reading.trusted.now ? "\(what) expired on \(end.date)" : "\(what) expires on \(end.date)"
  }

  /// A certificate that ends is given anew for the same key; a root that ends is signed anew.
  private var root: Need? {
    let role = holders(.root)
    let certificates = role.keys.compactMap { key in
      key.certificates.first.flatMap { ending($0.notAfter, "the certificate of key \(key.canonicalID)") }.map {
        (key, $0)
      }
    }
    let words = certificates.first?.1 ?? ending(reading.trusted.root.head.expires, "it")
    guard let words else { return nil }
    guard canChangeRoot else { return Need(role: .root, words: "\(words), and its keys are not here", cure: .nobody) }
    guard let (key, _) = certificates.first(where: { keys.holds($0.0.canonicalID) }) else {
      return Need(role: .root, words: words, cure: certificates.isEmpty ? .renewal : .nobody)
    }
    let old = ListedKey(key)
    let isOver = role.keys.contains { ($0.certificates.first?.notAfter ?? reading.trusted.now) < reading.trusted.now }
    let hint = isOver ? " (notary-server takes no other root once it has ended)" : ""
    return Need(role: .root, words: words + hint, cure: .replacement(old: [old], .certificate(old)))
  }

  private var targets: Need? {
    let role = holders(.targets)
    if isHeld(role) {
      guard let end = reading.roles.first?.document.head.expires, let words = ending(end, "it") else { return nil }
      return Need(role: .targets, words: words, cure: .renewal)
    }
    return lost(.targets, role, stranded: { $0.count == 1 ? .stranded($0[0]) : .made })
  }

  /// The server signs its own snapshot anew by itself; one that is to be signed here needs its key.
  private var snapshot: Need? {
    let role = holders(.snapshot)
    if isHeld(role) {
      guard let end = reading.trusted.snapshot?.head.expires, let words = ending(end, "it") else { return nil }
      return Need(role: .snapshot, words: words, cure: .renewal)
    }
    guard let server = keys.serverSnapshot, !role.keys.contains(where: { $0.id == server }) else { return nil }
    return lost(.snapshot, role, stranded: { _ in .server }, isCertain: true)
  }

  private var timestamp: Need? {
    guard let end = reading.trusted.timestamp?.head.expires, end < reading.trusted.now else { return nil }
    // Of a folder, the keys of both are the owner's: a new snapshot brings a new timestamp.
    guard isHeld(holders(.timestamp)), isHeld(holders(.snapshot)) else {
      return Need(
        role: .timestamp, words: "it expired on \(end.date), and only its server signs it anew", cure: .nobody)
    }
    return Need(role: .snapshot, words: "its timestamp expired on \(end.date)", cure: .renewal)
  }

  /// Keys that are not here are replaced where a rotation has surely lost them, or where the role was named.
  private func lost(
    _ role: RoleName, _ held: RoleKeys, stranded: ([KeyID]) -> RepairPlan.NewKey, isCertain: Bool = false
  ) -> Need? {
    let candidates = keys.stranded[role] ?? []
    guard isCertain || !candidates.isEmpty || only == role else { return role == .targets ? absent(role, held) : nil }
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

  private var delegations: [Need] {
    reading.roles.dropFirst().compactMap { role in
      guard let words = ending(role.document.head.expires, "it"), let delegation = role.delegation else { return nil }
      guard isHeld(delegation.keys) else {
        return Need(
          role: role.name, words: "\(words), and its keys are not here: its signer signs it anew", cure: .nobody)
      }
      return Need(role: role.name, words: words, cure: .renewal)
    }
  }
}

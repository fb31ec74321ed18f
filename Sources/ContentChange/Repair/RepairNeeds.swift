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
    /// Whether it has ended, so that nothing of the repository counts before it is signed anew.
    var isOver = false

    var isCurable: Bool {
      switch cure {
      case .renewal, .replacement: true
      case .nobody, .nothing: false
      }
    }
  }

  let reading: RepositoryReading
  let keys: RepairPlan.Keys
  let only: Set<RoleName>
  private let until: Timestamp

  init(_ reading: RepositoryReading, _ keys: RepairPlan.Keys, only: Set<RoleName>, until: Timestamp) {
    (self.reading, self.keys, self.only, self.until) = (reading, keys, only, until)
  }

  /// Everything, each role at most once.
  var all: [Need] {
    let (snapshot, timestamp) = (snapshot, timestamp)
    // A new snapshot brings a new timestamp, where there is a key for it.
    let isSeparate = snapshot == nil || keys.isFolder && timestamp?.role == .timestamp
    return [root, targets, snapshot, isSeparate ? timestamp : nil].compactMap { $0 } + delegations
  }

  private func isOver(_ end: Timestamp?) -> Bool { end.map { $0 < reading.trusted.now } ?? false }

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
    let end = reading.trusted.root.head.expires
    guard let (key, _) = certificates.first(where: { keys.holds($0.0.canonicalID) }) else {
      return Need(
        role: .root, words: words, cure: certificates.isEmpty ? .renewal : .nobody,
        isOver: certificates.isEmpty && self.isOver(end))
    }
    let old = ListedKey(key)
    let isOver = role.keys.contains { self.isOver($0.certificates.first?.notAfter) }
    let hint = isOver ? " (notary-server takes no other root once it has ended)" : ""
    return Need(
      role: .root, words: words + hint, cure: .replacement(old: [old], .certificate(old)),
      isOver: isOver || self.isOver(end))
  }

  private var targets: Need? {
    let role = holders(.targets)
    if isHeld(role) {
      guard let end = reading.roles.first?.document.head.expires, let words = ending(end, "it") else { return nil }
      return Need(role: .targets, words: words, cure: .renewal, isOver: isOver(end))
    }
    return lost(.targets, role, stranded: Self.madeHere)
  }

  /// The server signs its own snapshot anew by itself; one that is to be signed here needs its key.
  private var snapshot: Need? {
    let role = holders(.snapshot)
    if isHeld(role) {
      guard let end = reading.trusted.snapshot?.head.expires, let words = ending(end, "it") else { return nil }
      return Need(role: .snapshot, words: words, cure: .renewal, isOver: isOver(end))
    }
    if keys.isFolder { return lost(.snapshot, role, stranded: Self.madeHere) }
    guard let server = keys.serverSnapshot, !role.keys.contains(where: { $0.id == server }) else { return nil }
    return lost(.snapshot, role, stranded: { _ in .server }, isCertain: true)
  }

  private var timestamp: Need? {
    let role = holders(.timestamp)
    if keys.isFolder, !isHeld(role) { return lost(.timestamp, role, stranded: Self.madeHere) }
    guard let end = reading.trusted.timestamp?.head.expires, end < reading.trusted.now else { return nil }
    // Of a folder, the keys of both are the owner's: a new snapshot brings a new timestamp.
    guard isHeld(role), isHeld(holders(.snapshot)) else {
      let who =
        keys.isFolder
        ? "the key of the snapshot is not here: keyreeve content refresh \(reading.repository) renews it"
        : "only its server signs it anew"
      return Need(role: .timestamp, words: "it expired on \(end.date), and \(who)", cure: .nobody)
    }
    return Need(role: .snapshot, words: "its timestamp expired on \(end.date)", cure: .renewal, isOver: true)
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

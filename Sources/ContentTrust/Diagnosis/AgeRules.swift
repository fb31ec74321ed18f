internal import SignedMetadata
internal import TrustModel

/// Rules for what has expired, or soon will.
struct AgeRules {
  let reading: RepositoryReading
  let ground: RepositoryDiagnosis.Ground

  private var repository: Repository { reading.repository }
  private var now: Timestamp { reading.trusted.now }
  private var root: RootDocument { reading.trusted.root }

  var findings: [ContentFinding] {
    let delegated = reading.roles.compactMap { role -> ContentFinding? in
      let keys = role.delegation?.keys ?? root.keys(of: .targets)
      return document(role.name, role.document.head.expires, keys)
    }
    return [document(.root, root.head.expires, root.keys(of: .root)), snapshot, timestamp].compactMap { $0 }
      + certificates
      + delegated
  }

  private func document(_ role: RoleName, _ end: Timestamp, _ keys: RoleKeys) -> ContentFinding? {
    finding("", "\(VisibleText(role.description)) metadata of \(repository)", role, end, keys)
  }

  /// The server signs its own anew by itself; what has expired all the same, it has no key for.
  private var snapshot: ContentFinding? {
    guard let end = reading.trusted.snapshot?.head.expires else { return nil }
    let keys = root.keys(of: .snapshot)
    guard ground.reaches(keys) || end < now else { return nil }
    return document(.snapshot, end, ground.reaches(keys) ? keys : root.keys(of: .root))
  }

  /// A server signs it anew every two weeks; that of a folder is its owner's, and is said to have expired only when it has.
  private var timestamp: ContentFinding? {
    guard let end = reading.trusted.timestamp?.head.expires, end < now else { return nil }
    // Without the snapshot's key a new timestamp is all that can be made.
    let fix = ground.isFolder && !ground.reaches(root.keys(of: .snapshot)) ? ContentFinding.refresh(repository) : nil
    return finding(
      "", "timestamp metadata of \(repository)", .snapshot, end, root.keys(of: .timestamp), fix: fix)
  }

  private var certificates: [ContentFinding] {
    let keys = root.keys(of: .root)
    return keys.keys.compactMap { key in
      guard let end = key.certificates.first?.notAfter else { return nil }
      return finding(
        "certificate-", "the certificate of root key \(key.canonicalID) of \(repository)", .root, end, keys)
    }
  }

  /// Nothing is taken beside what has expired: one command mends all of it.
  ///
  /// - Parameters:
  ///   - keys: those that sign it anew.
  ///   - fix: another command than that one.
  private func finding(
    _ prefix: String, _ what: String, _ role: RoleName, _ end: Timestamp, _ keys: RoleKeys, fix: [String]? = nil
  ) -> ContentFinding? {
    guard end < ground.until else { return nil }
    let isOver = end < now
    let words = "\(what) \(isOver ? "expired" : "expires") on \(isOver ? end.description : end.date)"
    let (id, severity): (String, Finding.Severity) = isOver ? ("expired", .error) : ("expires-soon", .warning)
    guard ground.reaches(keys) else {
      let ids = keys.keys.map { "\($0.canonicalID)" }.joined(separator: ", ")
      return ContentFinding(
        prefix + id, severity, repository, role: role,
        "\(words): keyreeve content repair \(repository), where \(keys.threshold) of the keys \(ids) are, mends it")
    }
    return ContentFinding(
      prefix + id, severity, repository, role: role, words, fix: fix ?? ContentFinding.repair(repository))
  }
}

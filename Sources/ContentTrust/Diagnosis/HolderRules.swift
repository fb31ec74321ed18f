internal import SignedMetadata
internal import TrustModel

/// Rules for who can sign: roles without enough keys, keys that are not here, roles that do not count.
struct HolderRules {
  let reading: RepositoryReading
  let ground: RepositoryDiagnosis.Ground

  private var repository: Repository { reading.repository }

  private var roles: [(name: RoleName, keys: RoleKeys)] {
    let root = reading.trusted.root
    return RoleName.topLevel.map { ($0, root.keys(of: $0)) }
      + reading.roles.flatMap { $0.document.delegations.map { ($0.name, $0.keys) } }
  }

  var findings: [ContentFinding] { roles.compactMap { unreachable($0.name, $0.keys) } + missing + passedOver }

  /// A role that nobody can sign for, wherever his keys are.
  private func unreachable(_ role: RoleName, _ keys: RoleKeys) -> ContentFinding? {
    let count = Self.count(keys)
    guard count < keys.threshold else { return nil }
    let name = VisibleText(role.description)
    let what =
      count == 0
      ? "\(name) of \(repository) has no key: nobody can sign into it"
      : "\(name) of \(repository) has \(count) key\(count == 1 ? "" : "s"), and \(keys.threshold) must sign: nobody can"
    return ContentFinding(
      count == 0 ? "no-keys" : "threshold", .warning, repository, role: role,
      "\(what); a key is added by keyreeve content delegation add \(repository) \(name) FILE, and the role removed by"
        + " keyreeve content delegation remove \(repository) \(name)"
        + (count == 0 ? "" : "; where no other key is to come, fewer may be asked for"),
      fix: lowering(role, to: count))
  }

  private static func count(_ keys: RoleKeys) -> Int { Set(keys.keys.map(\.canonicalID)).count }

  /// The command that asks a delegated role for as many keys as it has; nil where it has none.
  private func lowering(_ role: RoleName, to count: Int) -> [String]? {
    guard count > 0, !role.isTopLevel else { return nil }
    return [
      "keyreeve", "content", "delegation", "add", repository.name, role.description, "--threshold=\(count)",
    ]
  }

  /// Keys of the owner's that are not here, where the owner's others are: signers have their own elsewhere.
  private var missing: [ContentFinding] {
    let root = reading.trusted.root
    let own: [RoleName] = [.root, .targets]
    guard own.contains(where: { ground.reaches(root.keys(of: $0)) }) || RotationRules.hasStranded(reading, ground)
    else {
      return [
        ContentFinding(
          "no-key-here", .note, repository, "no key of the owner of \(repository) is here: it can be read, not changed")
      ]
    }
    let absent = own.filter { !ground.reaches(root.keys(of: $0)) }.compactMap { role -> ContentFinding? in
      let keys = root.keys(of: role)
      let words = words(role, keys)
      // Root keys are best kept elsewhere.
      if role == .root {
        return ContentFinding(
          "missing-key", .note, repository, role: role, "\(words): without them no key can be changed")
      }
      guard !RotationRules.hasStranded(reading, ground) else { return nil }
      return lost(role, keys, words)
    }
    return absent + unhosted
  }

  /// Keys for what a server would sign by itself: without them nothing can be published into a folder, and no timestamp renewed.
  private var unhosted: [ContentFinding] {
    let root = reading.trusted.root
    let roles = [RoleName.snapshot, .timestamp].filter { !ground.reaches(root.keys(of: $0)) }
    guard ground.isFolder else { return [] }
    return roles.map { role in
      let keys = root.keys(of: role)
      let what = words(role, keys) + ": nothing can be published, and no timestamp renewed"
      return lost(role, keys, what, .error, with: roles)
    }
  }

  private func words(_ role: RoleName, _ keys: RoleKeys) -> String {
    let absent = keys.keys.filter { !ground.holds($0.canonicalID) }.map { "\($0.canonicalID)" }
    return
      "\(keys.threshold) of the keys of \(role) of \(repository) must sign, and of them are not here: \(absent.joined(separator: ", "))"
  }

  /// Only the root's keys bring another one in the place of a lost one.
  ///
  /// - Parameter roles: those that are replaced together, since none of them is published without the others.
  private func lost(
    _ role: RoleName, _ keys: RoleKeys, _ words: String, _ severity: Finding.Severity = .warning,
    with roles: [RoleName]? = nil
  ) -> ContentFinding {
    let imported = "\(words): keyreeve content key import FILE brings one"
    guard ground.reaches(reading.trusted.root.keys(of: .root)) else {
      return ContentFinding(
        "missing-key", severity, repository, role: role,
        "\(imported); the root's keys, which could put a new one in their place, are not here either")
    }
    let absent = keys.keys.map(\.canonicalID).filter { !ground.holds($0) }
    let fix =
      absent.count == 1
      ? ContentFinding.repair(repository, roles ?? [role])
      : absent.first.map { ContentFinding.rotate(repository, role, replacing: $0) }
    return ContentFinding(
      "missing-key", severity, repository, role: role,
      "\(imported); where they are lost, a new one takes their place", fix: fix)
  }

  /// The keys of a role that another one names; nil where none that counts does.
  private func keys(of role: RoleName) -> RoleKeys? { roles.first { $0.name == role }?.keys }

  private var passedOver: [ContentFinding] {
    reading.passedOver.map { error in
      let name = error.role.description
      guard case .threshold = error.rule else {
        return ContentFinding(
          "role-refused", .error, repository, role: error.role,
          "\(repository): \(error): it does not count; tell its owner")
      }
      if let keys = keys(of: error.role), Self.count(keys) < keys.threshold {
        let count = Self.count(keys)
        return ContentFinding(
          "under-signed", .error, repository, role: error.role,
          "\(repository): \(error): it does not count, and cannot with \(count) key\(count == 1 ? "" : "s"): it needs another key, or a lower threshold",
          fix: lowering(error.role, to: count))
      }
      return ContentFinding(
        "under-signed", .error, repository, role: error.role,
        "\(repository): \(error): it does not count until its keys sign it again",
        fix: ["keyreeve", "content", "witness", repository.name, name])
    }
  }
}

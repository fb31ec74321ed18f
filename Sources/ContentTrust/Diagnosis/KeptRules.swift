internal import SignedMetadata
internal import Stores
internal import StrictJSON
internal import TrustModel

/// Rules for what docker or notary keeps of a repository beside what its server has.
struct KeptRules {
  let reading: RepositoryReading
  let ground: RepositoryDiagnosis.Ground

  private var repository: Repository { reading.repository }

  var findings: [ContentFinding] {
    let kept = versions
    guard kept.contains(where: { $0.kept != nil }) else { return [] }
    let behind = kept.filter { pair in pair.kept.map { $0 < pair.now } ?? true }.map(\.role)
    let ahead = kept.filter { pair in pair.kept.map { $0 > pair.now } ?? false }
    let place = ground.folder.metadata(of: repository)
    var findings = ahead.map { pair in
      ContentFinding(
        "cache-ahead", .warning, repository, role: pair.role, file: place,
        "what is kept of \(VisibleText(pair.role.description)) of \(repository) has version \(pair.kept ?? 0), and its server has \(pair.now): "
          + "after a change of keys that may be right; else tell who runs the server")
    }
    if !behind.isEmpty {
      findings.append(
        ContentFinding(
          "cache-behind", .note, repository, role: behind.first, file: place,
          "what is kept of \(repository) is older than what its server has: \(VisibleText(behind.map(\.description).joined(separator: ", ")))",
          fix: ["keyreeve", "content", "inspect", repository.name]))
    }
    return findings
  }

  /// The versions of each role: kept, and on the server.
  ///
  /// The timestamp is made anew all the time, and says nothing.
  private var versions: [(role: RoleName, kept: Int64?, now: Int64)] {
    var versions: [(RoleName, Int64?, Int64)] = [(.root, kept(.root), reading.trusted.root.head.version)]
    if let snapshot = reading.trusted.snapshot { versions.append((.snapshot, kept(.snapshot), snapshot.head.version)) }
    return versions + reading.roles.map { ($0.name, kept($0.name), $0.document.head.version) }
  }

  private func kept(_ role: RoleName) -> Int64? {
    guard let parts = KeptDocuments.path(of: role),
      let octets = (try? ground.folder.document(parts, of: repository)) ?? nil
    else { return nil }
    let limits = JSONLimits(octets: TrustFolder.documentLimit)
    return (try? JSON.parse(octets, limits: limits))?["signed"]?["version"]?.integer
  }
}

internal import ContentTrust
internal import SignedMetadata
internal import Stores
internal import TrustModel

/// What a folder holds of a repository before a change.
struct PublishedState {
  let folder: RepositoryFolder
  let repository: Repository
  /// The root, good in itself; nil where there is none.
  let root: FirstRoot?
  /// Whether there is a root that cannot be used, and why.
  let rootProblem: String?
  /// The whole as of the last moment at which it counted; nil where it is not whole.
  let reading: RepositoryReading?

  init(_ folder: RepositoryFolder, _ repository: Repository, at now: Timestamp) {
    (self.folder, self.repository) = (folder, repository)
    switch folder.answer(.latestRoot(MetadataLimits()), of: repository) {
    case .absent: (root, rootProblem, reading) = (nil, nil, nil)
    case .octets(let octets):
      do throws(MetadataError) {
        let root = try FirstRoot(octets, of: repository, at: nil)
        (self.root, rootProblem) = (root, nil)
        reading = Self.reading(folder, repository, root, now)
      } catch {
        (root, rootProblem, reading) = (nil, "\(error)", nil)
      }
    case .longer(let limit): (root, rootProblem, reading) = (nil, "root.json has more than \(limit) octets", nil)
    case .unreachable(let cause): (root, rootProblem, reading) = (nil, cause, nil)
    }
  }

  private static func reading(
    _ folder: RepositoryFolder, _ repository: Repository, _ root: FirstRoot, _ now: Timestamp
  ) -> RepositoryReading? {
    let certificates = root.keys.compactMap { $0.certificates.first?.notAfter.advanced(by: -1) }.min() ?? now
    let moment = min(certificates, moment([.root, .timestamp, .snapshot, .targets], in: folder, repository, at: now))
    let reader = RepositoryReader(
      repository, from: KeptMetadata(root: root.octets), pins: TrustPins(), at: moment,
      answer: { folder.answer($0, of: repository) })
    return try? reader.read()
  }

  /// Now, or the last moment at which the documents of all these roles counted by their own word.
  static func moment(
    _ roles: [RoleName], in folder: RepositoryFolder, _ repository: Repository, at now: Timestamp
  ) -> Timestamp {
    let ends = roles.compactMap { head(of: $0, in: folder, repository)?.expires }
    return ends.map { $0.advanced(by: -1) }.min().map { min($0, now) } ?? now
  }

  /// What the document of a role, by its plain name, says of itself; nothing is verified.
  private static func head(of role: RoleName, in folder: RepositoryFolder, _ repository: Repository) -> StatedHead? {
    let limit = MetadataLimits().stated
    guard let path = KeptDocuments.path(of: role), let octets = try? folder.document(path, of: repository, limit: limit)
    else { return nil }
    return StatedHead(octets, limit: limit)
  }

  /// The version of a role's document; 0 where there is none.
  func version(of role: RoleName) -> Int64 {
    if role == .timestamp, let verified = reading?.trusted.timestamp?.head.version { return verified }
    return Self.head(of: role, in: folder, repository)?.version ?? 0
  }

  /// Whether it is what was read.
  func holds(_ other: RepositoryReading) -> Bool {
    guard let reading else { return false }
    return reading.update.rootOctets == other.update.rootOctets
      && reading.trusted.snapshot?.octets == other.trusted.snapshot?.octets
  }

  /// The digests of all documents that belong to it, in hexadecimal digits; nil where it is not whole.
  var listedDigests: Set<String>? {
    guard let trusted = reading?.trusted, let snapshot = trusted.snapshot else { return nil }
    let listed = snapshot.files.values.compactMap(\.sha256Text)
    return Set(listed + [trusted.timestamp?.snapshot.sha256Text].compactMap { $0 })
  }

  /// The keys that any root of the repository has named for a role: none of them is handed out once more.
  func formerKeys(of role: RoleName) -> Set<KeyID> {
    guard let root else { return [] }
    var ids = Set(root.document.keys(of: role).keys.map(\.canonicalID))
    let limits = MetadataLimits()
    let last = root.document.head.version
    for version in max(1, last - Int64(limits.rotations))..<last {
      guard case .octets(let octets) = folder.answer(.root(version: version, limits), of: repository),
        let former = try? FirstRoot(octets, of: repository, at: nil)
      else { continue }
      ids.formUnion(former.document.keys(of: role).keys.map(\.canonicalID))
    }
    return ids
  }
}

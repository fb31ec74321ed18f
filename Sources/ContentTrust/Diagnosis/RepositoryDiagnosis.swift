public import SignedMetadata
public import Stores
public import TrustModel

/// What is wrong with a repository, or soon will be, by what its server shows and what is here for it.
///
/// Nothing is written, and no passphrase asked for.
public struct RepositoryDiagnosis: Sendable {
  /// What a repository is looked at with.
  public struct Ground {
    /// The signing keys of the folders of docker and notary.
    public let surveys: [SigningKeySurvey]
    /// What is remembered of rotations.
    public let record: RotationRecord
    /// The folder with the documents that are kept.
    public let folder: TrustFolder
    /// What ends before that moment is warned of.
    public let until: Timestamp
    /// Whether it lies in a folder: what a server would sign by itself, its owner's keys sign.
    public let isFolder: Bool

    /// The ground of a diagnosis.
    public init(
      surveys: [SigningKeySurvey], record: RotationRecord, folder: TrustFolder, until: Timestamp, isFolder: Bool = false
    ) {
      (self.surveys, self.record, self.folder, self.until) = (surveys, record, folder, until)
      self.isFolder = isFolder
    }

    /// The files of a key.
    func files(of id: KeyID) -> [SigningKeyRecord] {
      surveys.flatMap(\.keys).filter { $0.id == id && $0.problem == nil }
    }

    /// Whether the private half of a key is here.
    func holds(_ id: KeyID) -> Bool { !files(of: id).isEmpty }

    /// Whether enough keys of a role are here.
    func reaches(_ role: RoleKeys) -> Bool { role.keys.count { holds($0.canonicalID) } >= role.threshold }
  }

  /// What was found, the worst first.
  public let findings: [ContentFinding]

  /// The diagnosis of a repository that was read, with what has expired in it.
  public init(_ reading: RepositoryReading, _ ground: Ground) {
    let found =
      AgeRules(reading: reading, ground: ground).findings + HolderRules(reading: reading, ground: ground).findings
      + CoverageRules(reading: reading).findings
      + RotationRules(reading: reading, ground: ground).findings + KeptRules(reading: reading, ground: ground).findings
    findings = found.sorted { $0.severity > $1.severity }
  }

  /// The diagnosis of a repository that could not be read.
  public init(_ repository: Repository, refused error: MetadataError, _ ground: Ground) {
    let lost = ground.record.underWay.map { attempt in
      ContentFinding(
        "rotation-interrupted", .error, repository,
        "\(attempt.words(repository)) was interrupted, and what the server has cannot be read now: keep every key file",
        fix: ContentFinding.repair(repository))
    }
    findings = [Self.refusal(repository, error)] + lost
  }

  private static func refusal(_ repository: Repository, _ error: MetadataError) -> ContentFinding {
    let next = error.nextStep(for: repository).map { "; \($0)" } ?? ""
    let words = "\(repository): \(error)\(next)"
    switch error.rule {
    case .expired:
      return ContentFinding("expired", .error, repository, role: error.role, words)
    case .rollback, .vanished, .withheld, .mixed:
      return ContentFinding("server-behind", .error, repository, role: error.role, words)
    case .unreachable: return ContentFinding("unreachable", .error, repository, role: error.role, words)
    case .unagreed:
      return ContentFinding(
        "not-trusted", .error, repository, role: error.role,
        "\(words); to look at it all the same add --trust-on-first-use")
    case .absent where error.role == .root:
      return ContentFinding("no-trust-data", .error, repository, role: .root, words)
    default: return ContentFinding("refused", .error, repository, role: error.role, words)
    }
  }
}

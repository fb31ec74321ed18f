internal import ContentTrust
internal import Fetch
internal import SignedMetadata
internal import Stores
internal import StrictJSON
internal import TrustModel
internal import TrustVerify

/// A look at one repository, or at all.
struct DoctorRun {
  /// A repository that was looked at.
  struct Patient {
    let repository: Repository
    let server: String?
    let isRead: Bool
  }

  private(set) var patients: [Patient] = []
  private(set) var findings: [ContentFinding] = []

  init(_ command: ContentDoctorCommand, adding others: (Repository, TrustFolder) -> [ContentFinding]) throws {
    try Self.check(server: command.server, on: command.options.machine)
    let folders = try command.options.trustFolders(named: command.folder)
    let surveys = try command.options.surveys(of: folders)
    for repository in try command.repository.map({ [$0] }) ?? Self.all(folders) {
      // Docker's folder counts, and notary's where it alone keeps the repository: its keys lie there, too.
      let other = folders.dropFirst().first { $0.keepsRoot(of: repository) }
      let folder = folders[0].keepsRoot(of: repository) ? folders[0] : other ?? folders[0]
      let start = findings.count
      look(
        at: repository, DiagnosisReader(command, folder: folder),
        folder == folders[0] ? surveys : surveys.filter { $0.folder == folder.path },
        until: SystemClock.now.advanced(by: command.within.seconds))
      findings += others(repository, folder)
      guard folder != folders[0] else { continue }
      let given = GivenOptions(command.options, server: command.server, folder: folder.path)
      for index in start..<findings.count { findings[index] = findings[index].completed(by: given) }
    }
    findings += keys(surveys, of: command.repository)
    findings.sort { $0.severity > $1.severity }
    findings = findings.map { $0.completed(by: command.given, command.within) }
  }

  /// Refuses what is no address of a server or a folder: that says nothing of any repository.
  private static func check(server: String?, on machine: Sysroot) throws {
    do throws(AddressError) {
      if let server { _ = try MetadataSource(server, on: machine) }
    } catch {
      throw CommandFailure(.usage, "\(error)")
    }
  }

  private static func all(_ folders: [TrustFolder]) throws -> [Repository] {
    do {
      return try Set(folders.flatMap { try $0.repositories() }).sorted()
    } catch {
      throw CommandFailure(.failed, "\(error)")
    }
  }

  private mutating func look(
    at repository: Repository, _ reader: DiagnosisReader, _ surveys: [SigningKeySurvey], until: Timestamp
  ) {
    let record: RotationRecord
    do throws(SeenVersions.Damaged) {
      record = try RotationRecord.read(repository, in: reader.common.state)
    } catch {
      findings.append(
        ContentFinding(
          "rotation-record", .error, repository, file: error.file, "\(repository): \(error)",
          fix: RotationRecord.movingAway(error.file)))
      return
    }
    let (outcome, source) = reader.read(repository)
    let isFolder = if case .folder = source { true } else { false }
    let ground = RepositoryDiagnosis.Ground(
      surveys: surveys, record: record, folder: reader.folder, until: until, isFolder: isFolder)
    let isRead = add(outcome, of: repository, ground)
    patients.append(Patient(repository: repository, server: source.map { "\($0)" }, isRead: isRead))
  }

  /// Adds what a reading shows; returns whether there is one.
  private mutating func add(
    _ outcome: DiagnosisReader.Outcome, of repository: Repository, _ ground: RepositoryDiagnosis.Ground
  ) -> Bool {
    switch outcome {
    case .read(let reading):
      if let cause = reading.offline {
        findings.append(
          ContentFinding(
            "unreachable", .warning, repository,
            "\(repository): what was kept here is looked at, since its server did not answer: \(cause)"))
      }
      findings += RepositoryDiagnosis(reading, ground).findings
      return true
    case .refused(let error): findings += RepositoryDiagnosis(repository, refused: error, ground).findings
    case .failed(let failure):
      findings.append(ContentFinding("refused", .error, repository, "\(repository): \(failure)"))
    }
    return false
  }

  /// What is wrong with key files, beside what was said of the repositories that need them; how strongly each is protected is told by
  /// `content key list`.
  private func keys(_ surveys: [SigningKeySurvey], of repository: Repository?) -> [ContentFinding] {
    let said = Set(findings.compactMap(\.key))
    let others: Set<String> = ["missing-key", "no-key-here", "cache", "weak-derivation"]
    return surveys.flatMap { survey in
      survey.findings.filter { finding in
        let isUnused = finding.id == "orphan" || finding.id == SupersededKeys.findingID
        guard !others.contains(finding.id), !(isUnused && finding.key.map(said.contains) == true) else { return false }
        guard let repository, let record = survey.keys.first(where: { $0.file == finding.file }) else { return true }
        return record.uses.contains { $0.repository == repository }
          || record.repository.map { $0.utf8.elementsEqual(repository.name.utf8) } == true
      }.map { finding in
        ContentFinding(
          finding.id, finding.severity, nil, key: finding.key, file: finding.file, finding.message, fix: finding.fix)
      }
    }
  }

  /// A `keyreeve.diagnosis/1` document.
  var document: JSON {
    [
      "schema": "keyreeve.diagnosis/1",
      "repositories": .array(
        patients.map { patient in
          ["repository": JSON(patient.repository.name), "server": JSON(patient.server), "read": .bool(patient.isRead)]
        }),
      "findings": .array(
        findings.map { finding in
          [
            "id": JSON(finding.id), "severity": JSON(finding.severity.rawValue),
            "repository": JSON(finding.repository?.name), "role": JSON(finding.role?.description),
            "key": JSON(finding.key?.description), "file": JSON(finding.file), "message": JSON(finding.message),
            "fix": finding.fix.map { JSON($0) } ?? .null,
          ]
        }),
    ]
  }
}

extension ContentFinding {
  /// The finding with commands that work as they stand.
  fileprivate func completed(by given: GivenOptions, _ within: DiagnosisSpan = .usual) -> ContentFinding {
    let isSoon = id.hasSuffix("expires-soon")
    return ContentFinding(
      id, severity, repository, role: role, key: key, file: file, given.completing(message),
      fix: fix.map { given.completing($0 + (isSoon ? within.option : [])) })
  }
}

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

  init(_ command: ContentDoctorCommand) throws {
    try Self.check(server: command.server, on: command.options.machine)
    let folders = try command.options.trustFolders(named: command.folder)
    let surveys = try folders.map { folder in
      do throws(StoreError) {
        return try SigningKeySurvey(folder)
      } catch {
        throw CommandFailure(.failed, folder.sentence(error))
      }
    }
    let reader = DiagnosisReader(
      common: command.options, server: command.server, folder: folders[0], allowsFirstUse: command.allowsFirstUse)
    for repository in try command.repository.map({ [$0] }) ?? Self.all(folders) {
      look(at: repository, reader, surveys, until: SystemClock.now.advanced(by: command.within.seconds))
    }
    findings += keys(surveys, of: command.repository)
    findings.sort { $0.severity > $1.severity }
    findings = findings.map { $0.completed(by: command.given) }
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
    let ground = RepositoryDiagnosis.Ground(surveys: surveys, record: record, folder: reader.folder, until: until)
    let (outcome, server) = reader.read(repository)
    var isRead = false
    switch outcome {
    case .read(let reading):
      isRead = true
      if let cause = reading.offline {
        findings.append(
          ContentFinding(
            "unreachable", .warning, repository,
            "\(repository): what was kept here is looked at, since its server did not answer: \(cause)"))
      }
      findings += RepositoryDiagnosis(reading, ground).findings
    case .refused(let error): findings += RepositoryDiagnosis(repository, refused: error, ground).findings
    case .failed(let failure):
      findings.append(ContentFinding("refused", .error, repository, "\(repository): \(failure)"))
    }
    patients.append(Patient(repository: repository, server: server, isRead: isRead))
  }

  /// What is wrong with key files, beside what was said of the repositories that need them; how strongly each is protected is told by
  /// `content key list`.
  private func keys(_ surveys: [SigningKeySurvey], of repository: Repository?) -> [ContentFinding] {
    let said = Set(findings.compactMap(\.key))
    let others: Set<String> = ["missing-key", "no-key-here", "cache", "weak-derivation"]
    return surveys.flatMap { survey in
      survey.findings.filter { finding in
        guard !others.contains(finding.id), !(finding.id == "orphan" && finding.key.map(said.contains) == true) else {
          return false
        }
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
  fileprivate func completed(by given: GivenOptions) -> ContentFinding {
    ContentFinding(
      id, severity, repository, role: role, key: key, file: file, given.completing(message),
      fix: fix.map { given.completing($0) })
  }
}

internal import ContentTrust
internal import SignedMetadata
internal import TrustModel

/// One line of the list of private keys: a key that is here for a role, or one that a role needs and that is not here.
struct SigningKeyRow: Sendable {
  let role: String
  let repository: String
  let id: KeyID?
  let held: String
  /// `+` fine, `!` something to look at, `-` not here and nobody's who is known.
  let mark: String
  let until: Timestamp?
  /// The file, where there is one.
  let file: String?
  /// What is known of it, for below the list.
  let facts: [String]
  /// What is wrong, worst first.
  let findings: [SigningKeyFinding]

  /// The rows of a folder: by repository, the root first.
  static func all(_ survey: SigningKeySurvey) -> [SigningKeyRow] {
    let here = survey.keys.flatMap { rows(of: $0, survey) }
    let away = survey.missing.filter(\.isOwnRepository).map { SigningKeyRow($0) }
    return (here + away).sorted { ($0.repository, $0.order, $0.role) < ($1.repository, $1.order, $1.role) }
  }

  private var order: Int { ["root": 0, "targets": 1, "snapshot": 2, "timestamp": 3][role] ?? 4 }

  private static func rows(of record: SigningKeyRecord, _ survey: SigningKeySurvey) -> [SigningKeyRow] {
    guard !record.uses.isEmpty else { return [SigningKeyRow(record, nil, survey)] }
    // A root key stands for all of its repositories in one line.
    let roots = record.uses.filter { $0.role == .root }
    let others = record.uses.filter { $0.role != .root }
    return (roots.first.map { [SigningKeyRow(record, $0, survey, isForAll: roots.count > 1)] } ?? [])
      + others.map { SigningKeyRow(record, $0, survey) }
  }

  private init(_ record: SigningKeyRecord, _ use: KeyUse?, _ survey: SigningKeySurvey, isForAll: Bool = false) {
    role = use?.role.description ?? record.role ?? "not stated"
    repository = isForAll ? "all of yours" : use?.repository.name ?? record.repository ?? "no repository here"
    id = record.id
    let isPlain = record.contents?.protection == KeyProtection.none
    held = record.contents == nil ? "here, cannot be read" : isPlain ? "HERE, NO PASSPHRASE" : "here, encrypted"
    until = use?.certificateExpires
    file = record.file
    findings = survey.findings.filter { $0.file == record.file || $0.key != nil && $0.key == record.id }
      .sorted { $0.severity > $1.severity }
    mark = findings.contains { $0.severity > .note } || role == "root" ? "!" : "+"
    let strength = record.contents?.protection.strength.map { " (\($0.rawValue))" } ?? ""
    facts = [
      record.contents.map {
        "\(record.algorithm ?? "algorithm not known while encrypted"); \($0.protection)\(strength)"
      },
      record.problem,
    ].compactMap(\.self)
  }

  private init(_ missing: MissingKey) {
    role = missing.use.role.description
    (repository, id) = (missing.use.repository.name, missing.use.fileID)
    let isServers = missing.holder == .server
    held = isServers ? "by the server" : "NOT HERE"
    mark = isServers ? "+" : "-"
    (until, file, findings) = (missing.use.certificateExpires, nil, [])
    facts = [
      isServers
        ? "the server signs for this role: its key never leaves it"
        : "nothing can be signed for this role from here: look for it in your backups"
    ]
  }
}

extension KeyID {
  /// The first eight digits in two groups, for a list: never to choose a key by.
  var shown: String {
    let digits = description.prefix(8).uppercased()
    return "\(digits.prefix(4)) \(digits.suffix(4))"
  }
}

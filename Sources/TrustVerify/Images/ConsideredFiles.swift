internal import OpenPGP
internal import Stores
internal import TrustModel

/// Lists, for a verdict, every file of the signers and why it counted or did not.
struct ConsideredFiles {
  let evidence: SignerEvidence
  let name: ImageName?
  let now: Timestamp

  var rows: [ConsideredKey] {
    var seen: Set<KeyFile> = []
    var rows: [ConsideredKey] = []
    for signature in evidence.signatures {
      for (key, report) in signature.files where seen.insert(key.file).inserted {
        rows.append(row(key, report))
      }
    }
    for key in evidence.others where seen.insert(key.file).inserted { rows.append(row(key)) }
    return rows
  }

  /// A file whose key made none of the signatures; its health is what its own packets claim.
  private func row(_ key: LoadedKey) -> ConsideredKey {
    var row = row(key.file)
    guard row.status == .trusted else { return row }
    guard let certificate = key.certificate else {
      (row.status, row.detail) = (.invalid, key.problem)
      return row
    }
    let (status, problem) = KeyFitness.status(of: certificate, nil, failure: nil, at: now)
    row.status = status
    row.detail = status == .trusted ? row.detail ?? "did not make this signature" : problem
    return row
  }

  private func row(_ key: LoadedKey, _ report: SignatureReport) -> ConsideredKey {
    var row = row(key.file)
    guard row.status == .trusted else { return row }
    switch report.status {
    case .keyExpired: row.status = .expired
    case .keyRevoked: row.status = .revoked
    case .keyWeak: row.status = .weak
    case .good: break
    default: row.detail = row.detail ?? report.detail
    }
    if row.status != .trusted { row.detail = report.detail }
    return row
  }

  private func row(_ file: KeyFile) -> ConsideredKey {
    let standing =
      name.flatMap { file.scope.covers($0) ? evidence.rules.standing(of: file, for: $0) : nil }
      ?? evidence.rules.standing(of: file)
    var row = ConsideredKey(
      status: .trusted, fingerprint: file.fingerprint, file: file.path, layer: file.layer, scope: file.scope)
    row.apply(standing)
    if row.status == .trusted, let name, !file.scope.covers(name) {
      row.detail = "trusted for \(file.scope) only, which does not cover \(name)"
    }
    return row
  }
}

extension ConsideredKey {
  /// Writes what the file's place makes of it.
  mutating func apply(_ standing: LayerRules.Standing) {
    switch standing {
    case .counts: break
    case .mask:
      status = .mask
      detail = "switches the distribution's key of this fingerprint off"
    case .overridden(let other):
      (status, by) = (.overridden, other.path)
      detail = "the administrator's file stands before it"
    case .disabled(let mask):
      (status, by) = (.disabled, mask.path)
      detail = "switched off by an empty file"
    case .stray(let problem):
      status = .invalid
      detail = problem
    }
  }
}

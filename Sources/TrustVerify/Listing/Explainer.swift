public import OpenPGP
public import Stores
public import TrustModel

/// Says which keys could vouch for images of a name, and why each other key could not.
public struct Explainer: Sendable {
  private let inventory: KeyInventory

  /// An explainer over the layers; the keys whose scope covers `name` are judged at the moment `now`.
  public init(_ layers: KeyLayers, judge: CertificateJudge = CertificateJudge(), for name: ImageName, at now: Timestamp)
  {
    var inventory = KeyInventory(layers)
    inventory.judge(by: judge, at: now) { $0.file.scope.covers(name) }
    self.inventory = inventory
  }

  /// An explainer over what was already read and judged.
  public init(_ inventory: KeyInventory) {
    self.inventory = inventory
  }

  /// The explanation for `name` at the moment `now`.
  public func explanation(of name: ImageName, at now: Timestamp) -> Explanation {
    var explanation = Explanation(name: name, accepts: [], refuses: [])
    var rows: [String: ConsideredKey] = [:]
    for key in inventory.keys {
      let row = row(key, for: name, at: now)
      let concerns = key.file.scope.covers(name)
      if concerns { rows[row.file] = row }
      if concerns, row.status == .trusted {
        explanation.accepts.append(row)
      } else {
        explanation.refuses.append(row)
      }
    }
    let concerned = inventory.keys.filter { $0.file.scope.covers(name) }
    var trace = ExplanationTrace(concerned, rows: rows, accepted: Set(explanation.accepts.map(\.file)))
    explanation.steps = trace.steps()
    explanation.notes = notes(on: name, at: now)
    return explanation
  }

  private func row(_ key: LoadedKey, for name: ImageName, at now: Timestamp) -> ConsideredKey {
    let file = key.file
    let record = inventory.record(of: key, at: now)
    var row = ConsideredKey(
      status: record.status, fingerprint: file.fingerprint, file: file.path, layer: file.layer, scope: file.scope,
      by: record.by, detail: record.problem)
    guard file.scope.covers(name) else {
      row.detail = row.detail ?? "speaks for \(file.scope) only"
      return row
    }
    let fitness = row.status
    row.detail = record.status == .trusted ? nil : record.problem
    row.by = record.status == .trusted ? nil : record.by
    row.apply(inventory.rules.standing(of: file, for: name))
    switch fitness {
    case .expired: row.detail = record.expires.map { "expired on \($0.date)" } ?? "expired"
    case .revoked: row.detail = record.problem.map { "revoked: \($0)" } ?? "revoked"
    case .weak: row.detail = record.problem.map { "too weak: \($0)" } ?? "too weak"
    default: break
    }
    return row
  }

  /// Where rkt would have decided otherwise (reference/rkt.md, section 1.2).
  private func notes(on name: ImageName, at now: Timestamp) -> [String] {
    var notes: [String] = []
    let host = name.components.first.map(String.init) ?? ""
    let text = name.description
    for scope in Set(inventory.keys.map(\.file.scope)).sorted() {
      guard case .prefix(let prefix) = scope, !scope.covers(name), text.hasPrefix(prefix.description),
        prefix.components.first.map(String.init) == host
      else { continue }
      notes.append("rkt compares text, not path components: it would also take keys of \(prefix) for \(name)")
    }
    for key in inventory.keys where key.file.scope.covers(name) {
      if key.certificate == nil, key.file.nature != .empty {
        notes.append("rkt would refuse every check of \(name) because of \(VisibleText(key.file.path))")
      } else if inventory.record(of: key, at: now).status == .expired {
        notes.append("rkt would accept the expired key in \(key.file.path)")
      }
    }
    for obstacle in inventory.listing.obstacles where obstacle.concerns(name) {
      notes.append("not seen: \(obstacle.error)")
    }
    return notes
  }
}

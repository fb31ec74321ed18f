internal import OpenPGP
internal import Stores
internal import TrustModel
internal import TrustVerify

/// What would be accepted if the files were as a plan wants them.
struct Forecast {
  let inventory: KeyInventory
  let now: Timestamp

  /// For each scope that the edits touch, how many keys vouch for the scope's own name before and afterwards.
  func effects(of edits: [FileEdit], adding certificates: [Fingerprint: Certificate]) -> [Change.Effect] {
    let after = inventory.replacing(
      edits.map { edit in
        switch edit.after {
        case .absent: .init(edit.location, certificate: nil, exists: false)
        case .present(let octets):
          .init(
            edit.location, certificate: octets.isEmpty ? nil : certificates[edit.location.fingerprint] ?? read(octets),
            exists: true)
        }
      })
    return scopes(of: edits).map { scope in
      Change.Effect(
        scope: scope, acceptedBefore: accepted(in: scope, inventory), acceptedAfter: accepted(in: scope, after))
    }
  }

  /// The scopes of the edits, and those below them where a file of the same fingerprint lies: a mask reaches them too.
  private func scopes(of edits: [FileEdit]) -> [Scope] {
    var scopes = Set(edits.map(\.location.scope))
    for edit in edits {
      for key in inventory.keys where key.file.fingerprint == edit.location.fingerprint {
        if edit.location.scope.covers(key.file.scope) { scopes.insert(key.file.scope) }
      }
    }
    return scopes.sorted()
  }

  private func accepted(in scope: Scope, _ inventory: KeyInventory) -> Int {
    var fingerprints: Set<Fingerprint> = []
    for key in inventory.keys {
      guard let certificate = key.certificate, inventory.counts(key, in: scope, at: now) else { continue }
      fingerprints.insert(certificate.fingerprint)
    }
    return fingerprints.count
  }

  private func read(_ octets: [UInt8]) -> Certificate? { try? Certificate.read(octets) }
}

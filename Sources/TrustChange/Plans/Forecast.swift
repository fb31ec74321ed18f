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
      edits.compactMap { edit in
        guard let location = edit.location else { return nil }
        switch edit.after {
        case .absent: return .init(location, certificate: nil, exists: false)
        case .present(let octets):
          return .init(
            location, certificate: octets.isEmpty ? nil : certificates[location.fingerprint] ?? read(octets),
            exists: true)
        }
      })
    return scopes(of: edits.compactMap(\.location)).map { scope in
      Change.Effect(
        scope: scope, acceptedBefore: accepted(in: scope, inventory), acceptedAfter: accepted(in: scope, after))
    }
  }

  /// The scopes of the places, and those below them where a file of the same fingerprint lies: a mask reaches them too.
  private func scopes(of locations: [KeyLocation]) -> [Scope] {
    var scopes = Set(locations.map(\.scope))
    for location in locations {
      for key in inventory.keys where key.file.fingerprint == location.fingerprint {
        if location.scope.covers(key.file.scope) { scopes.insert(key.file.scope) }
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

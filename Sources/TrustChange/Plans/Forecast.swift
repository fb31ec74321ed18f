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
    let after = inventory(after: edits, adding: certificates)
    return scopes(of: edits.compactMap(\.location)).map { scope in
      let (old, new) = (accepted(in: scope, inventory), accepted(in: scope, after))
      return Change.Effect(
        scope: scope, acceptedBefore: old.count, acceptedAfter: new.count, withdrawn: old.subtracting(new).sorted())
    }
  }

  /// The inventory as it would be after the edits.
  func inventory(after edits: [FileEdit], adding certificates: [Fingerprint: Certificate] = [:]) -> KeyInventory {
    inventory.replacing(edits.compactMap { $0.replacement(certificates) })
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

  private func accepted(in scope: Scope, _ inventory: KeyInventory) -> Set<Fingerprint> {
    var fingerprints: Set<Fingerprint> = []
    for key in inventory.keys {
      guard let certificate = key.certificate, inventory.counts(key, in: scope, at: now) else { continue }
      fingerprints.insert(certificate.fingerprint)
    }
    return fingerprints
  }
}

extension FileEdit {
  /// The key file as the edit leaves it; nil for files of other stores.
  ///
  /// Certificates that are at hand are not read again.
  func replacement(_ certificates: [Fingerprint: Certificate] = [:]) -> KeyInventory.Replacement? {
    guard let location else { return nil }
    guard case .present(let octets) = after else { return .init(location, certificate: nil, exists: false) }
    let certificate = octets.isEmpty ? nil : certificates[location.fingerprint] ?? (try? Certificate.read(octets))
    return .init(location, certificate: certificate, exists: true)
  }
}

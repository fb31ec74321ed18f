internal import Stores
internal import TrustModel
internal import TrustVerify

/// What has to be done to one key in one scope, before it is known what else is done with it.
enum KeyStep {
  /// One file, and what one should know of it.
  case edit(Change.Verb, Fingerprint, Scope, FileEdit, [String] = [])
  /// All is already as wanted, in this one sentence.
  case nothing(String)
}

/// Where keys go on as before although a change is about them.
struct KeyRest {
  /// A file that goes on counting, and the empty files that narrow it.
  struct Trusted {
    let file: KeyFile
    let narrowedBy: [Scope]

    /// In words, with `name` for the key.
    func sentence(_ name: String) -> String {
      let other = narrowedBy.isEmpty ? "" : " other than \(narrowedBy.map(\.words).joined(separator: ", "))"
      return "\(name) stays trusted for \(file.scope.words)\(other) by \(file.path)"
    }
  }

  var scopes: [Scope] = []
  var warnings: [String] = []
  var notes: [String] = []
}

extension ChangePlanner {
  /// A plan for one step.
  func plan(_ step: KeyStep) throws(ChangeError) -> Plan {
    switch step {
    case .nothing(let sentence): return .nothing(sentence)
    case .edit(let verb, let fingerprint, let scope, let edit, let warnings):
      return try plan(verb, "\(verb.rawValue) \(fingerprint) for \(scope.words)", of: [edit], warnings)
    }
  }

  /// A plan for edits that switch keys on or off, with what they leave as it is.
  func plan(
    _ verb: Change.Verb, _ summary: String, of edits: [FileEdit], _ warnings: [String] = []
  ) throws(ChangeError) -> Plan {
    let rest =
      verb == .enable ? stillMasked(after: edits) : stillTrusted(after: edits, unlessShippedHere: verb == .remove)
    return try plan(verb, summary, edits, warnings + rest.warnings).with { change in
      change.notes += rest.notes
      change.elsewhere = rest.scopes
    }
  }

  /// Where the keys of these edits are still trusted.
  ///
  /// That the distribution's copy in the same place counts again once the administrator's is removed is said elsewhere.
  private func stillTrusted(after edits: [FileEdit], unlessShippedHere: Bool) -> KeyRest {
    let places = edits.compactMap(\.location)
    let fingerprints = Set(places.map(\.fingerprint))
    var rest = KeyRest()
    for trusted in stillTrusted(fingerprints, after: edits) {
      let isHere = places.contains { $0.scope == trusted.file.scope && $0.fingerprint == trusted.file.fingerprint }
      if unlessShippedHere, isHere { continue }
      rest.scopes.append(trusted.file.scope)
      rest.warnings.append(trusted.sentence(fingerprints.count == 1 ? "the key" : "key \(trusted.file.name)"))
    }
    return rest
  }

  /// Where the keys count once the edits are done.
  func stillTrusted(_ fingerprints: Set<Fingerprint>, after edits: [FileEdit]) -> [KeyRest.Trusted] {
    let after = Forecast(inventory: inventory, now: now).inventory(after: edits)
    return after.keys.filter { key in
      key.file.nature == .candidate && key.file.fingerprint.map { fingerprints.contains($0) } == true
        && after.record(of: key, at: now).status == .trusted
    }.map { KeyRest.Trusted(file: $0.file, narrowedBy: after.rules.partialMasks(of: $0.file).map(\.scope)) }
  }

  /// Where the keys of these edits are still switched off.
  private func stillMasked(after edits: [FileEdit]) -> KeyRest {
    let places = edits.compactMap(\.location)
    let (gone, fingerprints) = (Set(places), Set(places.map(\.fingerprint)))
    var rest = KeyRest()
    for file in inventory.keys.lazy.map(\.file) where file.isMask {
      guard let location = file.location, fingerprints.contains(location.fingerprint), !gone.contains(location) else {
        continue
      }
      let sentence = "it stays disabled for \(file.scope.words) by another empty file"
      let isWider = places.contains { $0.fingerprint == location.fingerprint && location.scope.covers($0.scope) }
      if isWider { rest.warnings.append(sentence) } else { rest.notes.append(sentence) }
      rest.scopes.append(file.scope)
    }
    return rest
  }

  /// The scopes of the administrator's empty files of that name.
  func masks(of fingerprint: Fingerprint) -> [Scope] {
    inventory.keys.lazy.map(\.file).filter { $0.isMask && $0.fingerprint == fingerprint }.map(\.scope)
  }
}

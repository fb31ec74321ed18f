internal import OpenPGP
internal import Stores
public import TrustModel
internal import TrustVerify

extension ChangePlanner {
  /// Stores the reviewed keys `candidates` in one scope of the administrator layer, all of them or none.
  ///
  /// A mask or a different copy at the same place is replaced only where `replacing` says so.
  ///
  /// - Throws: `ChangeError.unfit` for a key that must not be trusted, `.wouldReplace` for a place that is taken.
  public func trust(
    _ candidates: [TrustReview.Candidate], in scope: Scope, replacing: Bool = false
  ) throws(ChangeError) -> Plan {
    var edits: [FileEdit] = []
    var (warnings, notes): ([String], [String]) = ([], [])
    var known: [Fingerprint: Certificate] = [:]
    var differences: [KeyDifference] = []
    for candidate in candidates {
      let fingerprint = candidate.certificate.fingerprint
      let difference = difference(of: candidate, in: scope)
      if let refusal = candidate.refusal, difference?.revokes != true {
        throw .unfit("key \(fingerprint) is not to be trusted: \(refusal)")
      }
      guard known.updateValue(candidate.certificate, forKey: fingerprint) == nil else { continue }
      let location = KeyLocation(layer: .administrator, scope: scope, fingerprint: fingerprint)
      let before = try state(of: location)
      if holds(before, candidate) || before == .absent && isShipped(candidate, at: location) { continue }
      if let difference {
        let words = try refresh(difference, at: location, replacing: replacing)
        if difference.losses.isEmpty, !difference.revokes { notes.append(words) } else { warnings.append(words) }
        differences.append(difference)
      } else if before != .absent {
        let what = before == .present([]) ? "an empty file that disables it" : "a different copy of it"
        guard replacing else {
          throw .wouldReplace(
            "key \(fingerprint) already has \(what) for \(scope.words), \(location.file); to replace that:"
              + " --replace"
              + (before == .present([]) ? ", or: keyreeve enable \(fingerprint) \(scope.option)\(machine)" : ""))
        }
        warnings.append("replaces \(what), \(location.file)")
      }
      warnings += masks(of: fingerprint, for: scope).filter { $0 != location.file }.map {
        "\($0) switches the key off: for \(scope.words) it counts again"
      }
      edits.append(try edit(location, before, .present(candidate.stored)))
    }
    guard !edits.isEmpty else {
      let names = candidates.map { "\($0.certificate.fingerprint)" }.joined(separator: ", ")
      return .nothing("already trusted for \(scope.words): \(names)")
    }
    let names = edits.compactMap(\.location).map { "\($0.fingerprint)" }.joined(separator: ", ")
    let verb = differences.count == edits.count ? "refresh" : "trust"
    return try plan(
      .trust, "\(verb) \(names) for \(scope.words)", edits, warnings, adding: known, differences: differences
    ).with { $0.notes = notes }
  }

  /// Whether the administrator's file already holds this very key.
  private func holds(_ state: FileState, _ candidate: TrustReview.Candidate) -> Bool {
    guard case .present(let octets) = state, !octets.isEmpty else { return false }
    if octets == candidate.stored { return true }
    return (try? Certificate.read(octets))?.octets == candidate.certificate.octets
  }

  /// Whether the distribution's file at the same path holds this very key, and counts.
  private func isShipped(_ candidate: TrustReview.Candidate, at location: KeyLocation) -> Bool {
    inventory.keys.contains { key in
      key.file.layer == .distribution && key.file.scope == location.scope
        && key.certificate?.octets == candidate.certificate.octets
        && inventory.record(of: key, at: now).status == .trusted
    }
  }
}

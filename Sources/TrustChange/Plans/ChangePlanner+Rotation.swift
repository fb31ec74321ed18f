public import OpenPGP
internal import Stores
public import TrustModel
internal import TrustVerify

extension ChangePlanner {
  /// Stores a reviewed key and retires an old one in the same scope, as one change.
  ///
  /// With `due`, both are trusted until then; the log keeps what is to be retired, and the audit watches it.
  ///
  /// - Throws: `ChangeError`: where the old key is not trusted in the scope, is the new one, or where the new one must
  ///   not be trusted.
  public func rotate(
    from old: Fingerprint, to candidate: TrustReview.Candidate, in scope: Scope, due: Timestamp? = nil,
    replacing: Bool = false
  ) throws(ChangeError) -> Plan {
    let new = candidate.certificate.fingerprint
    guard new != old else {
      throw .ambiguous("\(new) is the old key and the new one: to take over a refreshed copy of it, use keyreeve trust")
    }
    let holder = try trusted(old, in: scope)
    var (edits, warnings, differences): ([FileEdit], [String], [KeyDifference]) = ([], [], [])
    if case .change(let storing) = try trust([candidate], in: scope, replacing: replacing) {
      (edits, warnings, differences) = (storing.edits, storing.warnings, storing.differences)
    }
    warnings.append(word(on: candidate, by: holder))
    if due == nil { edits += try retirement(of: old, in: scope) }
    let retirement = due.map {
      JournalEntry.Retirement(fingerprint: old, scope: scope, due: $0, successor: new)
    }
    let end = due.map { "; until \($0.date) both are trusted" } ?? ""
    return try plan(
      .rotate, "rotate \(scope.words) from \(old) to \(new)\(end)", edits, warnings + elsewhere(old, scope),
      adding: [new: candidate.certificate], retirement: retirement, differences: differences)
  }

  /// Retires the old key of a rotation: nothing else is stored.
  public func finishRotation(from old: Fingerprint, in scope: Scope) throws(ChangeError) -> Plan {
    let counts = inventory.keys.contains { key in
      key.file.fingerprint == old && key.file.scope == scope && key.file.nature == .candidate
        && inventory.record(of: key, at: now).status != .disabled
    }
    guard counts else { return .nothing("key \(old) is not trusted for \(scope.words): there is nothing to retire") }
    return try plan(
      .rotate, "retire \(old) for \(scope.words)", try retirement(of: old, in: scope), elsewhere(old, scope))
  }

  /// Whether the new key carries a good certification by the old one.
  public func certification(of candidate: TrustReview.Candidate, by old: Fingerprint, in scope: Scope) -> Certification
  {
    guard let holder = try? trusted(old, in: scope), let certificate = holder.certificate else { return .none }
    return Certification.of(candidate.certificate, by: certificate, at: now)
  }

  /// An administrator's key is taken away; where the distribution ships it, an empty file keeps it from coming back.
  private func retirement(of old: Fingerprint, in scope: Scope) throws(ChangeError) -> [FileEdit] {
    let location = KeyLocation(layer: .administrator, scope: scope, fingerprint: old)
    let isShipped = inventory.keys.contains { key in
      key.file.layer == .distribution && key.file.fingerprint == old && key.file.scope == scope
    }
    let before = try state(of: location)
    let after: FileState = isShipped ? .present([]) : .absent
    return before == after ? [] : [try edit(location, before, after)]
  }

  /// The file by which the old key is trusted in the scope.
  private func trusted(_ old: Fingerprint, in scope: Scope) throws(ChangeError) -> LoadedKey {
    let holders = inventory.keys.filter { $0.file.fingerprint == old && $0.file.nature == .candidate }
    let here = holders.filter { $0.file.scope == scope }
    if let holder = here.first(where: {
      inventory.record(of: $0, at: now).status != .disabled
        && inventory.record(of: $0, at: now).status != .overridden
    }) {
      return holder
    }
    if let masked = here.first {
      throw .ambiguous(
        "key \(old) is already switched off for \(scope.words) (\(masked.file.path)): trust the new one with keyreeve trust"
      )
    }
    let places = Set(holders.map(\.file.scope)).sorted().map(\.option).joined(separator: ", ")
    throw .notFound(
      "key \(old) is not trusted for \(scope.words) by a file of its own"
        + (places.isEmpty ? "; see keyreeve keys" : ": it is in \(places)"))
  }

  private func word(on candidate: TrustReview.Candidate, by holder: LoadedKey) -> String {
    guard let certificate = holder.certificate else {
      return "the old key cannot be read: whether it signed the new one cannot be told"
    }
    return switch Certification.of(candidate.certificate, by: certificate, at: now) {
    case .good(let moment): "the new key carries a good signature by the old one, made \(moment.date)"
    case .none: "the new key carries no signature by the old one: only your review vouches for it"
    case .bad(let problem): "THE NEW KEY CARRIES A SIGNATURE BY THE OLD ONE THAT DOES NOT HOLD: \(problem)"
    }
  }

  private func elsewhere(_ old: Fingerprint, _ scope: Scope) -> [String] {
    inventory.keys.filter { key in
      key.file.fingerprint == old && key.file.scope != scope && inventory.record(of: key, at: now).status == .trusted
    }.map { "the old key stays trusted for \($0.file.scope.words) by \($0.file.path)" }
  }
}

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
    try checkRotation(from: old, to: [new], in: scope)
    // Also where a stored copy of it could be refreshed by one that is revoked.
    if let refusal = candidate.refusal { throw .unfit("key \(new) is not to be trusted: \(refusal)") }
    var storing: Change?
    if case .change(let change) = try trust([candidate], in: scope, replacing: replacing) { storing = change }
    let retiring = try retirement(of: old, in: scope)
    let retirement = due.map { JournalEntry.Retirement(fingerprint: old, scope: scope, due: $0, successor: new) }
    let end = due.map { "; until \($0.date) both are trusted" } ?? ""
    let plan = try plan(
      .rotate, "rotate \(scope.words) from \(old) to \(new)\(end)",
      (storing?.edits ?? []) + (due == nil ? retiring : []),
      (storing?.warnings ?? []) + elsewhere(old, after: retiring), adding: [new: candidate.certificate],
      retirement: retirement,
      differences: storing?.differences ?? [])
    return plan.with { change in
      change.notes = storing?.notes ?? []
      change.say(certification(of: candidate, by: old, in: scope))
    }
  }

  /// Retires the old key of a rotation: nothing else is stored.
  public func finishRotation(from old: Fingerprint, in scope: Scope) throws(ChangeError) -> Plan {
    guard standing(old, in: scope) != nil else {
      return .nothing("key \(old) is not trusted for \(scope.words): there is nothing to retire")
    }
    let retiring = try retirement(of: old, in: scope)
    return try plan(.rotate, "retire \(old) for \(scope.words)", retiring, elsewhere(old, after: retiring))
  }

  /// Refuses a rotation before anybody is asked about the new key.
  ///
  /// - Throws: `ChangeError` where the old key is not trusted in the scope, or is all that there is of new ones.
  public func checkRotation(from old: Fingerprint, to new: [Fingerprint], in scope: Scope) throws(ChangeError) {
    guard new.contains(where: { $0 != old }) else {
      throw .ambiguous("\(old) is the old key and the new one: to take over a refreshed copy of it, use keyreeve trust")
    }
    guard standing(old, in: scope) == nil else { return }
    let holders = inventory.keys.map(\.file).filter { $0.fingerprint == old && $0.nature == .candidate }
    if let masked = holders.first(where: { $0.scope == scope }) {
      throw .ambiguous(
        "key \(old) is already switched off for \(scope.words) (\(masked.path)): trust the new one with keyreeve trust")
    }
    let places = Set(holders.map(\.scope)).sorted().map(\.option).joined(separator: ", ")
    throw .notFound(
      "key \(old) is not trusted for \(scope.words) by a file of its own"
        + (places.isEmpty ? "; see keyreeve keys" : ": it is in \(places)"))
  }

  /// Whether the new key carries a good certification by the old one; nil where the old one cannot be read.
  public func certification(
    of candidate: TrustReview.Candidate, by old: Fingerprint, in scope: Scope
  ) -> Certification? {
    standing(old, in: scope)?.certificate.map { Certification.of(candidate.certificate, by: $0, at: now) }
  }

  /// An administrator's key is taken away; where the distribution ships it for any of these names, an empty file keeps it
  /// from counting.
  func retirement(of old: Fingerprint, in scope: Scope) throws(ChangeError) -> [FileEdit] {
    let location = KeyLocation(layer: .administrator, scope: scope, fingerprint: old)
    let before = try state(of: location)
    let after: FileState = isShipped(old, for: scope) ? .present([]) : .absent
    return before == after ? [] : [try edit(location, before, after)]
  }

  private func isShipped(_ fingerprint: Fingerprint, for scope: Scope) -> Bool {
    inventory.keys.map(\.file).contains { file in
      file.layer == .distribution && file.fingerprint == fingerprint && file.nature == .candidate
        && (file.scope.covers(scope) || scope.covers(file.scope))
    }
  }

  /// Where the old key goes on counting although it is retired in the scope.
  private func elsewhere(_ old: Fingerprint, after edits: [FileEdit]) -> [String] {
    stillTrusted([old], after: edits).map { $0.sentence("the old key") }
  }
}

extension Change {
  /// Says what the old key has to say of the new one.
  fileprivate mutating func say(_ certification: Certification?) {
    self.certification = certification
    let words = Self.words(certification)
    if case .good = certification { notes.append(words) } else { warnings.append(words) }
  }

  /// What the old key has to say of the new one, in words; nil stands for an old key that cannot be read.
  public static func words(_ certification: Certification?) -> String {
    switch certification {
    case .good(let moment): "the new key carries a good signature by the old one, made \(moment.date)"
    case .some(.none): "the new key carries no signature by the old one: only your review vouches for it"
    case .bad(let problem): "THE NEW KEY CARRIES A SIGNATURE BY THE OLD ONE THAT DOES NOT HOLD: \(problem)"
    case nil: "the old key cannot be read: whether it signed the new one cannot be told"
    }
  }
}

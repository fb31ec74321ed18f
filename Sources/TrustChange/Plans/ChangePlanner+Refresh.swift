internal import OpenPGP
internal import Stores
public import TrustModel
internal import TrustVerify

extension ChangePlanner {
  /// How a reviewed key differs from the copy that counts in the scope; nil where none does, or the same.
  ///
  /// A key that is there already is not decided on anew: only what is new in the copy is.
  public func difference(of candidate: TrustReview.Candidate, in scope: Scope) -> KeyDifference? {
    guard let key = standing(candidate.certificate.fingerprint, in: scope), let old = key.certificate,
      old.octets != candidate.certificate.octets
    else { return nil }
    return KeyDifference(
      from: old, inventory.judgements[key.file.location], to: candidate.certificate, candidate.judgement)
  }

  /// The copy that stands in the scope: the administrator's before the distribution's.
  ///
  /// None that is switched off, there or for a wider scope: to make such a key count is a new decision.
  func standing(_ fingerprint: Fingerprint, in scope: Scope) -> LoadedKey? {
    inventory.keys.first { key in
      guard key.file.fingerprint == fingerprint, key.file.scope == scope, key.file.nature == .candidate else {
        return false
      }
      let status = inventory.record(of: key, at: now).status
      return status != .disabled && status != .overridden
    }
  }

  /// What taking over a copy that differs needs to say.
  ///
  /// - Throws: `ChangeError.wouldReplace` where the copy lacks something and nobody asked for that.
  func refresh(_ difference: KeyDifference, at location: KeyLocation, replacing: Bool) throws(ChangeError) -> String {
    let losses = difference.losses.joined(separator: ", ")
    guard difference.losses.isEmpty || replacing else {
      throw .wouldReplace(
        "key \(difference.fingerprint) is stored for \(location.scope.words) with more than this copy of it has:"
          + " \(losses) would be lost; to replace it all the same: --replace")
    }
    let isShipped = try state(of: location) == .absent
    return "refreshes key \(difference.fingerprint): \(difference.lines.joined(separator: "; "))"
      + (losses.isEmpty ? "" : "; lost: \(losses)")
      + (isShipped ? "; the distribution's copy stays, and \(location.file) stands before it" : "")
  }
}

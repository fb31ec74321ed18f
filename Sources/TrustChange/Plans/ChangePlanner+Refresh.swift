internal import OpenPGP
internal import Stores
public import TrustModel
internal import TrustVerify

extension ChangePlanner {
  /// How a reviewed key differs from the copy that is stored in the scope; nil where none is, or the same.
  ///
  /// A key that is there already is not decided on anew: only what is new in the copy is.
  public func difference(of candidate: TrustReview.Candidate, in scope: Scope) -> KeyDifference? {
    guard let key = stored(candidate.certificate.fingerprint, in: scope), let old = key.certificate,
      old.octets != candidate.certificate.octets
    else { return nil }
    return KeyDifference(
      from: old, inventory.judgements[key.file.location], to: candidate.certificate, candidate.judgement)
  }

  /// The copy that counts in the scope: the administrator's before the distribution's; none where a mask lies.
  private func stored(_ fingerprint: Fingerprint, in scope: Scope) -> LoadedKey? {
    let places = inventory.keys.filter { $0.file.fingerprint == fingerprint && $0.file.scope == scope }
    guard !places.contains(where: { $0.file.isMask }) else { return nil }
    return places.first { $0.file.layer == .administrator } ?? places.first
  }

  /// What taking over a copy that differs needs to say.
  ///
  /// - Throws: `ChangeError.wouldReplace` where the copy lacks something and nobody asked for that.
  func refresh(_ difference: KeyDifference, at location: KeyLocation, replacing: Bool) throws(ChangeError) -> String {
    guard difference.losses.isEmpty || replacing else {
      throw .wouldReplace(
        "key \(difference.fingerprint) is stored for \(location.scope.words) with more than this copy of it has:"
          + " \(difference.losses.joined(separator: ", ")) would be lost; to replace it all the same: --replace")
    }
    return "refreshes key \(difference.fingerprint): \(difference.lines.joined(separator: "; "))"
  }
}

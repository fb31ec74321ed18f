internal import OpenPGP
internal import TrustChange
internal import TrustModel
internal import TrustVerify

/// The review of one key as text.
struct ReviewText {
  let lines: [String]

  init(_ review: TrustReview, _ index: Int, _ scope: Scope, _ now: Timestamp) {
    let candidate = review.candidates[index]
    let certificate = candidate.certificate
    var lines = [
      "",
      "Key \(index + 1) of \(review.candidates.count) from \(VisibleText(review.source))"
        + " (\(review.size) octets, \(review.digest))",
    ]
    lines += review.route.map { "  \($0)" }
    lines += [
      "", "  Fingerprint  \(certificate.fingerprint.grouped)", "",
    ]
    lines += certificate.userIDs.map { "  User id      \($0.visible)" }
    lines.append("  Key          \(candidate.words(at: now))")
    for subkey in certificate.subkeys {
      let judged = candidate.judgement?.keys.first { $0.fingerprint == subkey.fingerprint }
      let use = judged == nil ? "not bound" : judged?.canSign == true ? "signs" : "does not sign"
      lines.append("  Subkey       \(subkey.fingerprint.grouped), \(subkey.algorithm), \(use)")
    }
    lines += candidate.remarks.map { "  Remark       \($0)" }
    lines.append("  Trust for    \(scope.words)")
    if candidate.stored.count != review.size || review.candidates.count > 1 {
      lines.append("  Stored as    \(candidate.stored.count) octets of ASCII armor, this key alone")
    }
    self.lines = lines + [""]
  }
}

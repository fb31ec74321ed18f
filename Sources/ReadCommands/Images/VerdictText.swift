internal import TrustModel

/// A verdict as text: the answer first.
struct VerdictText {
  let verdict: Verdict
  let style: TextStyle
  let isVerbose: Bool

  var lines: [String] {
    let word =
      switch verdict.outcome {
      case .accepted: style.good("accepted")
      case .refused(let reason): style.bad("refused (\(reason.rawValue))")
      case .undetermined: style.warning("could not tell")
      }
    var lines = ["\(word): \(verdict.message)"]
    if let digest = verdict.subject.digest { lines.append("  image      \(digest)") }
    for label in verdict.subject.labels.pairs where verdict.subject.digest != nil {
      lines.append("  label      \(label.name)=\(VisibleText(label.value))")
    }
    for signature in verdict.signatures { lines.append("  signature  " + text(signature)) }
    if isVerbose || !verdict.isAccepted {
      for row in verdict.considered { lines.append("  considered " + text(row)) }
    }
    lines += verdict.notes.map { "  note       \($0)" }
    return lines
  }

  private func text(_ signature: SignatureReport) -> String {
    let who =
      signature.primaryFingerprint.map(\.description) ?? signature.claimedKeyID.map {
        "key id " + String($0, radix: 16)
      }
      ?? "unnamed key"
    let made = signature.created.map { ", made \($0)" } ?? ""
    let detail = signature.detail.map { " (\($0))" } ?? ""
    return "\(signature.status.rawValue): \(who), \(signature.algorithm?.description ?? "key unknown"),"
      + " \(signature.hash)\(made)\(detail)"
  }

  private func text(_ row: ConsideredKey) -> String {
    let why = row.detail.map { ": \($0)" } ?? ""
    return "\(row.status.rawValue): \(VisibleText(row.file))\(row.by.map { ", by \($0)" } ?? "")\(why)"
  }
}

internal import Screen
internal import TrustModel

/// A verdict as lines of text.
struct VerdictDescription {
  let verdict: Verdict

  /// The answer in words.
  var word: String {
    switch verdict.outcome {
    case .accepted: "accepted"
    case .refused(let reason): "refused (\(reason.rawValue))"
    case .undetermined: "could not tell"
    }
  }

  var role: Theme.Role {
    switch verdict.outcome {
    case .accepted: .accepted
    case .refused: .refused
    case .undetermined: .warning
    }
  }

  /// The answer and its sentence, below a label.
  func answer(_ label: String) -> [DescribedLine] {
    [DescribedLine(label, word, role), DescribedLine("", verdict.message)]
      + verdict.notes.map { DescribedLine("", $0, .warning) }
  }

  /// What it rests on: the signatures, and where it is no yes the keys that could have counted.
  var evidence: [DescribedLine] {
    var lines: [DescribedLine] = []
    if !verdict.signatures.isEmpty { lines += DescribedLine.section("SIGNATURES") }
    for signature in verdict.signatures { lines += text(signature) }
    guard !verdict.isAccepted, !verdict.considered.isEmpty else { return lines }
    lines += DescribedLine.section("KEYS THAT WERE LOOKED AT")
    for key in verdict.considered {
      let why = (key.by.map { ", by \(VisibleText($0))" } ?? "") + (key.detail.map { ": \(VisibleText($0))" } ?? "")
      lines.append(DescribedLine(key.status.rawValue, "\(VisibleText(key.file))\(why)"))
    }
    return lines
  }

  private func text(_ signature: SignatureReport) -> [DescribedLine] {
    let who = signature.primaryFingerprint.map(\.grouped)
    let claimed = signature.claimedKeyID.map { "key id \(String($0, radix: 16)) (a hint, not an identity)" }
    let role: Theme.Role = signature.status == .good ? .normal : .warning
    var lines = [DescribedLine(signature.status.rawValue, who ?? claimed ?? "by a key that it does not name", role)]
    lines += signature.userIDs.prefix(2).map { DescribedLine("", $0) }
    let algorithm = signature.algorithm.map { "\($0), " } ?? ""
    let made = signature.created.map { ", made \($0)" } ?? ""
    lines.append(DescribedLine("", "\(algorithm)\(signature.hash)\(made)", .dim))
    if let detail = signature.detail { lines.append(DescribedLine("", "\(VisibleText(detail))", .warning)) }
    return lines
  }
}

internal import Screen
internal import TrustModel

/// What is signed about one tag as lines of text: the answer, who signs, what each role said, and what would change it.
struct TagDescription {
  let report: RepositoryReport
  let verdict: Verdict
  let keys: KeyBindings

  var lines: [DescribedLine] {
    var lines = VerdictDescription(verdict: verdict).answer("RESULT")
    if let digest = verdict.subject.digest { lines.append(DescribedLine("Digest", digest, .accepted)) }
    guard let evidence = verdict.content else { return lines }
    lines.append(DescribedLine("Root", RepositoryDescription.words(forAnchor: evidence.anchor)))
    if let expires = evidence.expires { lines.append(DescribedLine("Counts until", "\(expires)")) }
    lines += evidence.signatures.isEmpty ? [] : DescribedLine.section("WHO SIGNS")
    for signature in evidence.signatures {
      lines.append(DescribedLine("role", VisibleText(signature.role).description, .accepted))
      lines.append(DescribedLine("key", signature.canonicalID))
      if signature.keyID != signature.canonicalID {
        lines.append(DescribedLine("", "in metadata \(signature.keyID)", .dim))
      }
      lines.append(DescribedLine("", signature.algorithm, .dim))
    }
    lines += DescribedLine.section("WHAT EACH ROLE SAID")
    for role in evidence.considered {
      let said = words(role.status) + (role.detail.map { ": \(VisibleText($0))" } ?? "")
      let look: Theme.Role = role.status == "signs" ? .accepted : role.status == "refused" ? .refused : .normal
      lines.append(DescribedLine("", "\(VisibleText(role.role)) \(said)", look))
    }
    return lines + change
  }

  private func words(_ status: String) -> String {
    switch status {
    case "signs": "signs it"
    case "silent": "does not know it"
    case "refused": "does not count"
    default: "was not asked"
    }
  }

  /// What would make it another answer.
  private var change: [DescribedLine] {
    guard !verdict.isAccepted else { return [] }
    return DescribedLine.section("WHAT WOULD CHANGE IT") + [
      DescribedLine("", "one who holds a key of targets or targets/releases signs the tag"),
      DescribedLine("", "\(keys.name(.ask)) asks the server: it may have been signed since it was kept"),
    ]
  }
}

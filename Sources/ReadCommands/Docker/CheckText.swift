internal import BuildFiles
internal import TrustModel

/// A check of images as text: each with its place, then what is said of it.
struct CheckText {
  let check: ImageCheck
  let style: TextStyle
  let isVerbose: Bool

  var lines: [String] {
    var lines: [String] = []
    for file in check.files {
      for row in file.rows { lines += self.lines(row) }
      for gap in file.gaps {
        lines.append("\(VisibleText(gap.file)):\(gap.line): \(style.bad("not checked")): \(VisibleText(gap.message))")
      }
      if let problem = file.problem { lines.append(style.bad("refused") + ": \(problem.description)") }
      lines += file.notes.map { "note: \($0)" }
    }
    return lines + [summary]
  }

  private var summary: String {
    let verdicts = check.files.flatMap(\.rows).compactMap(\.verdict)
    let signed = verdicts.count { $0.isAccepted }
    let images = verdicts.count == 1 ? "image is" : "images are"
    let rest = check.files.count { !$0.gaps.isEmpty || $0.problem != nil }
    // Of files that cannot be read, a count of nothing says nothing.
    guard !verdicts.isEmpty || check.files.contains(where: { $0.problem == nil }) else {
      return "nothing could be checked"
    }
    return "\(signed) of \(verdicts.count) \(images) signed"
      + (rest == 0 ? "" : "; not everything could be checked")
  }

  private func lines(_ row: CheckedFile.Row) -> [String] {
    let place = row.mention.place.map { "\(VisibleText(row.file)):\($0.line)" } ?? "\(VisibleText(row.file))"
    let service = row.service.map { " for service \(VisibleText($0))" } ?? ""
    let name = VisibleText(row.mention.reference?.description ?? row.mention.written, limit: 400)
    let heading = "\(place): \(purpose(row.mention.kind)) \(name)\(service)"
    guard row.mention.isNeeded else { return isVerbose ? [heading, "  not needed for what is built"] : [] }
    guard let verdict = row.verdict else { return [heading, "  " + meaning(row.mention.meaning)] }
    return [heading] + answer(verdict)
  }

  private func purpose(_ kind: ImageMention.Kind) -> String {
    switch kind {
    case .base: "built on"
    case .copied: "copies from"
    case .mounted: "mounts"
    case .frontend: "read by"
    case .service: "starts"
    case .context: "build context"
    }
  }

  private func meaning(_ meaning: ImageMention.Meaning) -> String {
    switch meaning {
    case .scratch: "nothing to sign: it is empty"
    case .stage(let number, let name):
      "nothing to sign: it is stage \(number)" + (name.map { ", \(VisibleText($0))" } ?? "")
    case .context(let name): "nothing to sign: it is the build context \(VisibleText(name))"
    case .image, .unknown: "not checked"
    }
  }

  private func answer(_ verdict: Verdict) -> [String] {
    guard verdict.isAccepted else {
      let word = verdict.outcome == .undetermined ? "unknown" : "refused"
      return ["  \(style.bad(word))    \(verdict.reason.rawValue): \(verdict.message)"]
    }
    var lines = ["  \(style.good("signed"))     \(verdict.subject.digest ?? "")"]
    let evidence = verdict.content
    for role in Set(evidence?.signatures.map(\.role) ?? []).sorted() {
      let keys = evidence?.signatures.filter { $0.role == role }.map(\.canonicalID) ?? []
      lines.append(
        "  by         \(VisibleText(role)), whose \(keys.count == 1 ? "key is" : "keys are") \(keys.joined(separator: ", "))"
      )
    }
    if let expires = evidence?.expires { lines.append("  until      \(expires.date)") }
    return lines + verdict.notes.map { "  note       \($0)" }
  }
}

internal import ContentTrust
internal import SignedMetadata
internal import TrustModel

/// Signing keys as text.
struct SigningKeyText {
  let surveys: [SigningKeySurvey]
  let style: TextStyle
  /// Whether notes are shown, too.
  let isVerbose: Bool

  var lines: [String] {
    var lines: [String] = []
    for survey in surveys {
      let folder = VisibleText(survey.folder)
      if survey.keys.isEmpty { lines.append("no private key is in \(folder)") }
      lines += survey.keys.flatMap(key)
      lines += missing(survey)
    }
    return lines + findings(surveys.flatMap(\.findings))
  }

  private func key(_ record: SigningKeyRecord) -> [String] {
    let role = record.role.map { VisibleText($0, limit: 80).description } ?? "role not stated"
    let repository = record.repository.map { " of \(VisibleText($0, limit: 255))" } ?? ""
    var lines = [style.heading(record.id?.description ?? "no key identifier") + "  \(role)\(repository)"]
    lines.append("  file        \(VisibleText(record.file))")
    lines.append("  identifier  " + identifier(record))
    if let contents = record.contents {
      lines.append("  key         \(record.algorithm ?? "algorithm not known while encrypted"), \(contents.form.word)")
      lines.append("  protection  " + protection(contents))
    }
    lines += record.uses.map { use in
      "  signs       \(VisibleText("\(use.role)")) of \(use.repository)" + Self.other(use)
    }
    return lines
  }

  private func identifier(_ record: SigningKeyRecord) -> String {
    switch record.confirmation {
    case .confirmed: return "that of the key"
    case .contradicted: return style.bad("the name says \(record.name.id?.description ?? "none")")
    case .unconfirmed:
      guard record.name.id != nil else { return style.warning("none in the name") }
      return record.contents == nil ? "by the name alone" : "unconfirmed: by the name alone, the key is encrypted"
    }
  }

  private func protection(_ contents: SigningKeyFile) -> String {
    let words = contents.protection.description
    switch contents.protection.strength {
    case nil: return style.warning(words)
    case .weak: return style.warning("\(words): weak")
    case .fair: return "\(words): fair"
    case .strong: return style.good("\(words): strong")
    case .unknown: return "\(words): strength unknown"
    }
  }

  /// The identifier that metadata gives an x509 key.
  private static func other(_ use: KeyUse) -> String {
    let certificate = use.certificateExpires.map { ", certificate until \($0.date)" } ?? ""
    return use.key.id == use.fileID ? certificate : " as \(use.key.id)\(certificate)"
  }

  private func missing(_ survey: SigningKeySurvey) -> [String] {
    let shown = survey.missing.filter(\.isOwnRepository)
    guard !shown.isEmpty else { return [] }
    var table = TextTable(["NOT HERE", "ROLE", "REPOSITORY", "HELD BY"], style)
    for key in shown {
      table.add([
        .init(key.use.fileID.description), .init(VisibleText("\(key.use.role)").description),
        .init(key.use.repository.name), .init(key.holder == .server ? "the server" : "somebody else, or nobody"),
      ])
    }
    return table.lines
  }

  private func findings(_ findings: [SigningKeyFinding]) -> [String] {
    let shown = findings.filter { isVerbose || $0.severity > .note }.sorted { $0.severity > $1.severity }
    var lines = shown.flatMap { finding in
      let word =
        switch finding.severity {
        case .error: style.bad("error  ")
        case .warning: style.warning("warning")
        case .note: "note   "
        }
      let fix = finding.fix.map { ["         fix: " + ShellText.line($0)] } ?? []
      return ["\(word)  \(finding.message)  [\(finding.id)]"] + fix
    }
    let hidden = findings.count - shown.count
    if hidden > 0 { lines.append("\(hidden) more \(hidden == 1 ? "note" : "notes") with --verbose") }
    return lines
  }
}

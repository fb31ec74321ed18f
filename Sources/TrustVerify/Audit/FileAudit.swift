internal import Stores
internal import TrustModel

/// Findings about one key file as a file.
struct FileAudit {
  let key: LoadedKey
  let others: AuditedKeys
  let fix: FindingFix

  var findings: [Finding] {
    let file = key.file
    var findings: [Finding] = []
    if file.status.kind == .regular {
      findings += OwnershipAudit.findings(file.status, path: file.path, what: "file", fix)
      if file.status.links > 1 {
        findings.append(
          finding("hard-link", .note, "has \(file.status.links) names: a change through another name changes it here"))
      }
    }
    switch (file.nature, file.status.kind) {
    case (.empty, .symbolicLink):
      findings.append(
        finding("mask-link", .note, "is a link to /dev/null: a mask here, but rkt would refuse every check there"))
    // In the place of a longer prefix's directory a link is an obstacle, which is reported as one.
    case (.stray, .symbolicLink) where (try? Prefix("\(file.scope)/\(file.name)")) != nil && file.scope != .root: break
    case (.stray, .symbolicLink):
      findings.append(
        finding(
          "symbolic-link", .error, "is a symbolic link: it is not followed and vouches for nobody",
          fix.shell("rm", on: file.path)))
    case (.stray, _) where file.fingerprint == nil && Fingerprint(fileName: file.name.lowercased()) != nil:
      findings.append(wrongName)
    case (.stray(let problem), _):
      findings.append(
        finding(
          "stray-file", .warning, "is not a key (\(problem)); rkt would refuse every check there", removal))
    default: break
    }
    return findings
  }

  /// An empty one was meant to switch a key off: that comes first, and the file goes once it has no more to say.
  private var wrongName: Finding {
    guard let meant = mask else {
      return finding(
        "wrong-name", .error, "has upper-case letters in its name: as a key or a mask it has no effect", removal)
    }
    return finding(
      "wrong-name", .error,
      "is empty, as a mask is, but has upper-case letters in its name: key \(meant) is not switched off",
      fix.key("disable", meant, key.file.scope))
  }

  /// The key that an empty file of the administrator was to switch off; nil where it is shipped nowhere for those names, or where a file
  /// with the right name is there already.
  private var mask: Fingerprint? {
    let file = key.file
    guard file.layer == .administrator, file.status.kind == .regular, file.status.size == 0,
      let fingerprint = Fingerprint(fileName: file.name.lowercased())
    else { return nil }
    let files = others[fingerprint].map(\.key.file)
    let isShipped = files.contains {
      $0.layer == .distribution && (file.scope.covers($0.scope) || $0.scope.covers(file.scope))
    }
    let isTaken = files.contains { $0.layer == .administrator && $0.scope == file.scope }
    return isShipped && !isTaken ? fingerprint : nil
  }

  private var removal: [String]? { fix.remove(file: key.file.path, key.file.status.kind) }

  private func finding(
    _ id: String, _ severity: Finding.Severity, _ rest: String, _ fix: [String]? = nil
  ) -> Finding {
    Finding(
      id: id, severity: severity, file: key.file.path, fingerprint: key.file.fingerprint,
      message: "\(VisibleText(key.file.path)) \(rest)", fix: fix)
  }
}

internal import ContentTrust
internal import SignedMetadata
internal import TrustModel

/// An inspection as text: a line a role, then its keys.
struct InspectionText {
  let inspection: RepositoryInspection
  let style: TextStyle

  var lines: [String] {
    var lines = ["\(inspection.repository)", "  trusted    \(anchor)"]
    if let offline = inspection.offline { lines.append("  offline    \(offline)") }
    for role in inspection.roles {
      lines.append("")
      lines.append(style.heading(VisibleText(role.name).description) + "  " + summary(role))
      for key in role.keys {
        let end = key.certificates.first.map { ", certificate until \($0.notAfter.date)" } ?? ""
        lines.append("  key        \(key.canonicalID)  \(key.material.algorithm)\(end)")
        if key.id != key.canonicalID { lines.append("  in root as \(key.id)") }
      }
    }
    if !inspection.warnings.isEmpty { lines.append("") }
    return lines + inspection.warnings.map { style.warning("warning") + ": \($0)" }
  }

  private var anchor: String {
    switch inspection.anchor {
    case "first-use": inspection.keeping == .stored ? "on first use" : "on first use, only for this command"
    case "remembered": "its keys were trusted here before"
    case "pinned": "its key is pinned"
    case "authority": "a pinned authority vouches for it"
    case "kept": "the root that was kept here"
    case "frozen": "the root of the freeze, as of its moment"
    default: inspection.anchor
    }
  }

  private func summary(_ role: RepositoryInspection.Role) -> String {
    var parts = [role.version.map { "version \($0)" } ?? "not published"]
    if let expires = role.expires { parts.append("until \(expires.date)") }
    parts.append("\(role.threshold) of \(role.keys.count) key\(role.keys.count == 1 ? "" : "s")")
    if let targets = role.targets { parts.append("\(targets) target\(targets == 1 ? "" : "s")") }
    if let paths = role.paths, !paths.isEmpty, paths != [""] {
      parts.append("names that begin with " + paths.map { VisibleText($0).description }.joined(separator: ", "))
    }
    return parts.joined(separator: ", ")
  }
}

internal import ContentTrust
internal import Screen
internal import SignedMetadata
internal import TrustModel

/// A repository as lines of text: what ends soon, who signs with which keys and where those are, and the tags.
struct RepositoryDescription {
  let report: RepositoryReport
  let context: Context

  /// How many tags are shown at once; the others are found by their names.
  static let tagLimit = 2_000

  var lines: [DescribedLine] {
    let inspection = report.inspection
    var lines = [
      DescribedLine("Repository", inspection.repository.name, .heading),
      DescribedLine("Root", Self.words(forAnchor: inspection.anchor)),
      DescribedLine(
        "Read",
        report.server.map { "from \(VisibleText($0)) now" } ?? "as it was kept; \(context.key(.ask)) asks the server"),
      DescribedLine("Counts until", "\(report.expires)"),
    ]
    lines += inspection.warnings.map { DescribedLine("Attention", VisibleText($0).description, .warning) }
    for role in inspection.roles { lines += description(of: role) }
    lines += [DescribedLine("", ""), DescribedLine("TAGS", "", .heading)]
    guard !report.tags.isEmpty else { return lines + [DescribedLine("", "no tag is signed")] }
    lines += description(of: report.tags)
    let more = report.tags.count - Self.tagLimit
    guard more > 0 else { return lines }
    let command = context.ownCommandLine("content list \(report.inspection.repository.name)")
    return lines + [DescribedLine("", "and \(more) more: \(context.key(.filter)) finds each; all of them: \(command)")]
  }

  /// The tags that were found by a part of their names, and nothing else.
  func lines(found: [SignedTag], by word: String) -> [DescribedLine] {
    let count = "\(found.count) of \(report.tags.count) tags have \(VisibleText(word)) in their names"
    let lines = [
      DescribedLine("Repository", report.inspection.repository.name, .heading), DescribedLine("Found", count),
      DescribedLine("", ""),
    ]
    let more = found.count - Self.tagLimit
    return lines + description(of: found)
      + (more > 0 ? [DescribedLine("", "and \(more) more: type more of the name")] : [])
  }

  /// The grounds on which the root is trusted.
  static func words(forAnchor anchor: String) -> String {
    switch anchor {
    case "kept": "trusted before, and kept"
    case "remembered": "known by its version, fetched again"
    case "pinned": "pinned by configuration"
    case "authority": "vouched for by a pinned authority"
    default: "trusted on first use: nothing proves that the server did not lie the first time"
    }
  }

  private func description(of role: RepositoryInspection.Role) -> [DescribedLine] {
    var facts = [role.version.map { "version \($0)" } ?? "nothing published"]
    if let expires = role.expires { facts.append("until \(expires.date)") }
    facts.append(role.threshold == 1 ? "1 key signs" : "\(role.threshold) of \(role.keys.count) keys sign")
    if let targets = role.targets { facts.append(targets == 1 ? "1 tag" : "\(targets) tags") }
    if let paths = role.paths, paths != [""] { facts.append("for " + paths.joined(separator: ", ")) }
    let name = VisibleText(role.name, limit: 60).description
    var lines = [DescribedLine("", ""), DescribedLine(name.uppercased(), "", .heading)]
    lines.append(DescribedLine("", VisibleText(facts.joined(separator: ", ")).description))
    for key in role.keys {
      lines.append(DescribedLine("key", "\(key.canonicalID)"))
      if key.id != key.canonicalID { lines.append(DescribedLine("", "in metadata \(key.id)", .dim)) }
      let end = key.certificates.first.map { ", certificate until \($0.notAfter.date)" } ?? ""
      let held = held(key, role.name)
      lines.append(DescribedLine("", "\(key.material.algorithm)\(end); \(held.text)", held.role))
    }
    return lines
  }

  /// Where the private half of a key is.
  private func held(_ key: MetadataKey, _ role: String) -> (text: String, role: Theme.Role) {
    if let record = context.content?.keys?.keys.first(where: { $0.id == key.canonicalID }) {
      let isPlain = record.contents?.protection == KeyProtection.none
      return (
        isPlain ? "its private key is HERE WITHOUT A PASSPHRASE" : "its private key is here, encrypted",
        isPlain ? .warning : .normal
      )
    }
    if ["timestamp", "snapshot"].contains(role) { return ("held by the server", .dim) }
    return (context.content?.keys == nil ? "the private keys here cannot be read" : "its private key is not here", .dim)
  }

  private func description(of tags: [SignedTag]) -> [DescribedLine] {
    var lines: [DescribedLine] = []
    for tag in tags.prefix(Self.tagLimit) {
      let role = tag.role == "targets" ? "" : ", by \(VisibleText(tag.role, limit: 60))"
      let doubt = tag.counts ? "" : "; docker takes no tag from there"
      let label = VisibleText(tag.name, limit: 128).description
      if label.count < DescribedLine.labelWidth {
        lines.append(DescribedLine(label, "\(tag.digest)\(role)\(doubt)", tag.counts ? .normal : .dim))
      } else {
        lines.append(DescribedLine("", label))
        lines.append(DescribedLine("", "\(tag.digest)\(role)\(doubt)", .dim))
      }
    }
    return lines
  }
}

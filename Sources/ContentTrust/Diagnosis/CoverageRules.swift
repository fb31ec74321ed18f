internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

/// Rules for tags that stand in the list of a role and that its paths do not cover: nobody takes them.
struct CoverageRules {
  let reading: RepositoryReading

  /// Tags that one finding names.
  private static let shown = 10

  var findings: [ContentFinding] { reading.roles.compactMap(finding) }

  private func finding(_ role: DelegationWalk.Role) -> ContentFinding? {
    // Whoever may name the empty name may name all.
    guard role.delegation != nil, !role.mayName("") else { return nil }
    let names = role.document.targets.keys.filter { !role.mayName($0) }.sorted()
    guard !names.isEmpty else { return nil }
    let list = names.prefix(Self.shown).map { VisibleText($0.text, limit: 80).description }.joined(separator: ", ")
    let more = names.count > Self.shown ? " and \(names.count - Self.shown) more" : ""
    let (repository, name) = (reading.repository, VisibleText(role.name.description))
    let (tags, them) = names.count == 1 ? ("1 tag", "it") : ("\(names.count) tags", "them")
    return ContentFinding(
      "uncovered", .warning, repository, role: role.name,
      "\(name) of \(repository) lists \(tags) that no path of its covers, so that nobody takes \(them): \(list)\(more); a path is added by"
        + " keyreeve content delegation add \(repository) --path=PATH \(name), and a tag taken out by"
        + " keyreeve content revoke \(repository) TAG")
  }
}

internal import ContentChange
internal import ContentSigning
internal import ContentTrust
internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

extension DraftedChange {
  /// Says who can sign what for docker, where a change of who signs makes that something else than the roles of the signers say.
  mutating func noteReleases() {
    let former = reading.roles.first?.document.delegations.map { DelegationDraft($0) } ?? []
    let delegations = draft.roles[.targets]?.delegations ?? []
    guard Set(former) != Set(delegations) else { return }
    noteLeftKeys(former.filter { old in !delegations.contains { $0.name == old.name } })
    if let releases = ReleasesRole(draft) { notes += releases.warnings(of: draft.repository) }
  }

  /// Says which roles still name a key of those that went.
  private mutating func noteLeftKeys(_ gone: [DelegationDraft]) {
    let left = draft.roles.values.flatMap(\.delegations).sorted { $0.name < $1.name }
    for role in gone where role.name != ReleasesRole.name {
      for entry in left {
        for id in role.keys.map(\.canonicalID) where entry.keys.contains(where: { $0.canonicalID == id }) {
          let (name, old) = (VisibleText(entry.name.description), VisibleText(role.name.description))
          let what = entry.name == ReleasesRole.name ? "docker goes on to take its word" : "it goes on to sign there"
          notes.append(
            "warning: \(name) still has key \(id) of \(old): \(what); to take it away: keyreeve content delegation remove"
              + " \(draft.repository) \(name) --key \(id)")
        }
      }
    }
  }

  /// Says which tags no path covers any more.
  mutating func noteUncovered(_ role: RoleName) {
    notes += draft.uncovered(in: role, since: reading).map { "warning: \($0.sentence)" }
  }
}

extension UncoveredNames {
  /// Names that one sentence shows.
  private static let shown = 5

  /// What it means.
  var sentence: String {
    let list = names.prefix(Self.shown).map { VisibleText($0.text, limit: 80).description }.joined(separator: ", ")
    let more = names.count > Self.shown ? " and \(names.count - Self.shown) more" : ""
    return
      "\(VisibleText(role.description)) may not sign \(list)\(more) any more, which no path of its covers: what it signs of them "
      + "(\(names.count) tag\(names.count == 1 ? "" : "s")) counts no more"
  }
}

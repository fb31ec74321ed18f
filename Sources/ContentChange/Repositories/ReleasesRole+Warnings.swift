internal import ContentSigning
internal import SignedMetadata
internal import StrictJSON
public import TrustModel

extension ReleasesRole {
  /// Who can sign what for docker, where that is something else than the signers' own roles say; a sentence each.
  public func warnings(of repository: Repository) -> [String] {
    [weak(repository), wide, strong(repository), mixed].compactMap(\.self)
  }

  /// Fewer keys sign here than must sign for a signer's own role.
  private func weak(_ repository: Repository) -> String? {
    let under = sharing.filter { $0.threshold > entry.threshold }
    guard let most = under.map(\.threshold).max() else { return nil }
    let word = entry.threshold == 1 ? "one key's word" : "the word of \(entry.threshold) keys"
    let asked = under.map { "\($0.threshold) must sign for \(shown($0))" }.joined(separator: " and ")
    return
      "warning: docker takes \(word): it asks \(Self.name), which any \(entry.threshold) of \(keys) sign, although \(asked); to ask for "
      + "as many there: keyreeve content delegation add \(repository) \(Self.name) --threshold=\(most)"
  }

  /// Names can be signed here that a signer's own role may not sign.
  private var wide: String? {
    let limited = sharing.filter { role in !entry.paths.allSatisfy(role.covers) }
    guard !limited.isEmpty else { return nil }
    let names = entry.paths.map { $0.text.isEmpty ? "all names" : "names from \(VisibleText($0.text, limit: 80)) on" }
    return
      "warning: docker asks one role for all signers, \(Self.name): any \(entry.threshold) of \(keys) can sign "
      + "\(names.joined(separator: ", ")) there; the paths of \(list(limited)) limit nothing but that role's own list"
  }

  /// More keys must sign here than a signer has.
  private func strong(_ repository: Repository) -> String? {
    let few = sharing.filter { role in role.keys.count(where: has) < entry.threshold && role.threshold < entry.threshold
    }
    guard let most = few.map(\.threshold).max() else { return nil }
    return
      "warning: \(list(few)) alone can sign nothing that docker takes: \(entry.threshold) of \(keys) must sign \(Self.name); to lower that "
      + "for everybody: keyreeve content delegation add \(repository) \(Self.name) --threshold=\(most)"
  }

  /// As many keys as must sign may be those of several signers.
  private var mixed: String? {
    guard entry.threshold > 1, sharing.count > 1 else { return nil }
    return "for docker any \(entry.threshold) of \(keys) sign \(Self.name), also of different signers"
  }

  private var keys: String {
    let ids = entry.keys.prefix(Self.shown).map { $0.canonicalID.description.prefix(7) }.joined(separator: ", ")
    let more = entry.keys.count > Self.shown ? ", …" : ""
    return "its \(entry.keys.count) key\(entry.keys.count == 1 ? "" : "s") (\(ids)\(more))"
  }

  /// Keys, or roles, that one sentence names.
  private static let shown = 10

  private func shown(_ role: DelegationDraft) -> String { RepositoryChangeError.shown(role.name) }

  private func list(_ roles: [DelegationDraft]) -> String {
    let more = roles.count > Self.shown ? ", …" : ""
    return roles.prefix(Self.shown).map(shown).joined(separator: ", ") + more
  }
}

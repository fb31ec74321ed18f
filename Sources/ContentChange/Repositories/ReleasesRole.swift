public import ContentSigning
public import SignedMetadata
internal import StrictJSON
internal import TrustModel

/// Docker's one role for all signers, `targets/releases`, beside their own.
///
/// Docker takes a tag from it or from targets, and from no other role: what a signer's own role asks for, a threshold or paths, holds
/// for docker only as far as this one asks for it too. Source: reference/docker-content-trust.md, section 2, "Delegations".
public struct ReleasesRole: Sendable {
  /// Its name.
  public static let name: RoleName = "targets/releases"

  /// Its entry.
  let entry: DelegationDraft
  /// The other roles that targets itself delegates to.
  let others: [DelegationDraft]

  /// The role of a repository; nil where it has none.
  public init?(_ draft: RepositoryDraft) {
    let delegations = draft.roles[.targets]?.delegations ?? []
    guard let entry = delegations.first(where: { $0.name == Self.name }) else { return nil }
    (self.entry, others) = (entry, delegations.filter { $0.name != Self.name })
  }

  /// The other roles of which a key counts here.
  var sharing: [DelegationDraft] { others.filter { $0.keys.contains(where: has) } }

  /// Those whose every key and path stands here as well, as a command that adds a signer has it.
  var signers: [DelegationDraft] {
    others.filter { role in
      !role.keys.isEmpty && !role.paths.isEmpty && role.keys.allSatisfy(has)
        && role.paths.allSatisfy(entry.paths.contains)
    }
  }

  /// How many keys must sign here so that no signer's threshold is undercut; nil where signers differ, or keys are nobody's.
  public var commonThreshold: Int? {
    let (signers, thresholds) = (signers, Set(signers.map(\.threshold)))
    guard thresholds.count == 1, let threshold = thresholds.first, threshold <= entry.keys.count,
      entry.keys.allSatisfy({ key in signers.contains { $0.lists(key) } })
    else { return nil }
    return threshold
  }

  func has(_ key: ListedKey) -> Bool { entry.lists(key) }
}

extension DelegationDraft {
  /// Whether a key counts for it, under whichever certificate.
  func lists(_ key: ListedKey) -> Bool { keys.contains { $0.canonicalID == key.canonicalID } }

  /// Whether it may speak for every name that begins so.
  func covers(_ beginning: JSONString) -> Bool {
    paths.contains { beginning.text.utf8.starts(with: $0.text.utf8) }
  }
}

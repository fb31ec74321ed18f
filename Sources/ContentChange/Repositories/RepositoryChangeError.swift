internal import ContentSigning
internal import SignedMetadata
internal import StrictJSON
public import TrustModel

/// Why a change of a repository cannot be made: nothing of it was signed.
public struct RepositoryChangeError: ReasonedError, Hashable {
  /// The reason in the closed list.
  public let reason: Reason
  /// One sentence: the role, the rule, and what to do next.
  public let description: String

  init(_ reason: Reason, _ description: String) { (self.reason, self.description) = (reason, description) }

  static func shown(_ role: RoleName) -> String { VisibleText(role.description, limit: 255).description }

  static func noRole(_ role: RoleName, of repository: Repository) -> RepositoryChangeError {
    RepositoryChangeError(
      .notFound,
      "there is no role \(shown(role)): keyreeve content inspect \(repository) shows the roles that there are")
  }

  /// A name, or a beginning of names, that is not to be signed.
  static func name(_ what: String, _ name: JSONString, _ problem: String) -> RepositoryChangeError {
    RepositoryChangeError(
      .usage, "\(what) '\(VisibleText(name.text, limit: 80))' cannot be signed: \(problem)")
  }

  static func unread(_ role: RoleName) -> RepositoryChangeError {
    RepositoryChangeError(
      .stale,
      "the targets of \(shown(role)) could not be read, and a new list would lose them: nothing is signed for it")
  }

  static func outside(_ name: JSONString, _ role: RoleName) -> RepositoryChangeError {
    RepositoryChangeError(
      .usage,
      "\(shown(role)) may not sign \(VisibleText(name.text, limit: 255)): it is outside the paths that were delegated to it"
    )
  }

  /// Too few keys of a role are here.
  static func keys(_ role: RoleName, _ holders: RootDraft.Holders, held: Int) -> RepositoryChangeError {
    let ids = holders.keys.map { "\($0.canonicalID)" }.joined(separator: ", ")
    let keys = holders.keys.isEmpty ? "it has none any more" : "one of \(ids)"
    return RepositoryChangeError(
      .notFound, "\(holders.threshold) of the keys of \(shown(role)) must sign, and \(held) are here: \(keys)")
  }
}

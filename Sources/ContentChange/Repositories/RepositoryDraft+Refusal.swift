internal import ContentSigning
internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

extension RepositoryDraft {
  /// Why no signer can sign a name with the keys that are here: their paths, or their keys.
  func refusal(
    of name: JSONString, _ delegations: [DelegationDraft], _ holds: (KeyID) -> Bool
  ) -> RepositoryChangeError {
    let shown = VisibleText(name.text, limit: 255)
    let covering = delegations.filter { mayName($0.name, name) }
    guard covering.isEmpty else {
      let keys = covering.map {
        "\(RepositoryChangeError.shown($0.name)) (\(held($0.name, holds)) of \($0.threshold))"
      }
      return RepositoryChangeError(
        .notFound,
        "the repository has signers, and too few keys of theirs are here to sign \(shown): "
          + "\(keys.joined(separator: ", ")); import one by keyreeve content key import FILE, or sign into targets itself by --role targets"
      )
    }
    let roles = delegations.map { RepositoryChangeError.shown($0.name) }.joined(separator: ", ")
    return RepositoryChangeError(
      .usage,
      "the paths of the signers forbid it: none of \(roles) may sign \(shown); \(adding(name, delegations, holds)), or sign into "
        + "targets itself by --role targets")
  }

  /// The commands that add a path: for a signer whose keys are here, and for the role that docker asks.
  private func adding(_ name: JSONString, _ delegations: [DelegationDraft], _ holds: (KeyID) -> Bool) -> String {
    let signers = delegations.filter { $0.name != ReleasesRole.name }
    let ready = signers.filter { held($0.name, holds) >= $0.threshold }
    let roles = [(ready.first ?? signers.first)?.name, delegations.first { $0.name == ReleasesRole.name }?.name]
    let commands = roles.compactMap(\.self).map { role in
      "keyreeve content delegation add \(repository) \(ShellText.quoted("--path=" + name.text)) \(RepositoryChangeError.shown(role))"
    }
    return "a path is added by " + commands.joined(separator: " and ")
  }
}

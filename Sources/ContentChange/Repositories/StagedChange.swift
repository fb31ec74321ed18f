public import ContentSigning
public import SignedMetadata
public import StrictJSON
internal import TrustModel

/// A change that waits to be published, as docker and notary keep it in a file of its own.
///
/// Source: reference/docker-content-trust.md, section 3; notary's `client/changelist`.
public struct StagedChange: Equatable, Sendable {
  /// What is changed.
  public enum Content: Equatable, Sendable {
    /// A name is signed so, or no longer.
    case target(JSONString, TargetsDraft.Target?)
    /// A delegation is changed.
    case delegation(DelegationEdit)
    /// The role is signed anew.
    case witness
  }

  /// The role whose targets are changed; of a delegation, the delegated role itself.
  public let role: RoleName
  /// What is changed.
  public let content: Content

  /// A change.
  public init(_ role: RoleName, _ content: Content) { (self.role, self.content) = (role, content) }

  /// The role that is signed anew for it.
  public var signedRole: RoleName {
    guard case .delegation(let edit) = content else { return role }
    return edit.role.delegator ?? .targets
  }

  /// In words.
  public var words: String {
    let role = RepositoryChangeError.shown(role)
    switch content {
    case .target(let name, let target?):
      let digits = target.sha256.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      return
        "sign \(VisibleText(name.text, limit: 255)) in \(role) as sha256:\(digits), \(target.length) octet\(target.length == 1 ? "" : "s")"
    case .target(let name, nil): return "revoke \(VisibleText(name.text, limit: 255)) from \(role)"
    case .witness: return "sign \(role) anew"
    case .delegation(let edit): return edit.words
    }
  }
}

extension DelegationEdit {
  var words: String {
    let role = RepositoryChangeError.shown(role)
    guard action != .delete else { return "remove the delegation \(role)" }
    var parts: [String] = []
    func list(_ word: String, _ items: [String]) {
      if !items.isEmpty { parts.append("\(word) \(items.joined(separator: ", "))") }
    }
    func shown(_ paths: [JSONString]) -> [String] {
      paths.map { $0.text.isEmpty ? "all names" : VisibleText($0.text, limit: 80).description }
    }
    list("add key", addedKeys.map { "\($0.canonicalID)" })
    list("remove key", removedKeys.map { "\($0)" })
    if clearsPaths { parts.append("clear its paths") }
    list("add path", shown(addedPaths))
    list("remove path", shown(removedPaths))
    if let threshold, threshold > 1 { parts.append("threshold \(threshold)") }
    return "\(action == .create ? "make or extend" : "change") the delegation \(role): \(parts.joined(separator: "; "))"
  }
}

public import ContentSigning
public import SignedMetadata
public import StrictJSON
internal import TrustModel

/// A change of one delegation: who signs for it, how many must, and for which names.
public struct DelegationEdit: Hashable, Sendable {
  /// What is done with it.
  public enum Action: String, Sendable {
    /// It is made, or added to.
    case create
    /// Keys and paths come and go.
    case update
    /// It goes.
    case delete
  }

  /// The role; `targets/*` means every delegation, of which keys are taken.
  public var role: RoleName
  /// What is done.
  public var action: Action
  /// How many must sign; nil for what it is, 1 for a new one.
  public var threshold: Int?
  /// How many must sign where the role is new; one that is there keeps its own.
  public var newThreshold: Int?
  /// Keys that are to count.
  public var addedKeys: [ListedKey] = []
  /// Keys that are to count no more, by the identifiers of their files.
  public var removedKeys: [KeyID] = []
  /// Beginnings of names that it is to speak for.
  public var addedPaths: [JSONString] = []
  /// Beginnings of names that it is to speak for no more.
  public var removedPaths: [JSONString] = []
  /// Whether all of them go first.
  public var clearsPaths = false

  /// An edit that changes nothing yet.
  public init(_ role: RoleName, _ action: Action) { (self.role, self.action) = (role, action) }

  /// The role that stands for every delegation.
  public static let everyDelegation: RoleName = "targets/*"
  /// The most keys or paths that one edit may bring.
  public static let entryLimit = 1_000

  /// Whether it takes keys away, and does nothing else.
  var isPurge: Bool {
    action == .update && !removedKeys.isEmpty && addedKeys.isEmpty && addedPaths.isEmpty && removedPaths.isEmpty
      && !clearsPaths && threshold == nil
  }

  /// The entry as it is to be.
  func applied(to former: DelegationDraft?) -> DelegationDraft {
    var entry = former ?? DelegationDraft(role, keys: [], threshold: threshold ?? newThreshold ?? 1, paths: [])
    entry.keys.removeAll { removedKeys.contains($0.canonicalID) || removedKeys.contains($0.id) }
    for key in addedKeys where !entry.keys.contains(where: { $0.id == key.id }) { entry.keys.append(key) }
    entry.paths = clearsPaths ? [] : entry.paths.filter { !removedPaths.contains($0) }
    for path in addedPaths where !entry.paths.contains(path) { entry.paths.append(path) }
    if let threshold { entry.threshold = threshold }
    return entry
  }
}

extension RepositoryDraft {
  /// Changes a delegation; nothing where it is so already.
  ///
  /// - Throws: `RepositoryChangeError`.
  public mutating func edit(_ edit: DelegationEdit) throws(RepositoryChangeError) {
    if edit.role == DelegationEdit.everyDelegation {
      guard edit.isPurge else {
        throw RepositoryChangeError(.usage, StagedChange.Malformed.everyDelegation.description)
      }
      return purge(edit.removedKeys)
    }
    // One that is there under another name can go.
    guard edit.role.isDelegationName || edit.action != .create, let delegator = edit.role.delegator else {
      throw RepositoryChangeError(
        .usage,
        "\(RepositoryChangeError.shown(edit.role)) is no name of a delegated role: targets/NAME, of lower-case letters, digits, - and _"
      )
    }
    guard holders(of: delegator) != nil else { throw .noRole(delegator, of: repository) }
    guard !isUnread(delegator) else { throw .unread(delegator) }
    let former = roles[delegator]?.delegations.first { $0.name == edit.role }
    if former == nil, edit.action != .create { throw .noRole(edit.role, of: repository) }
    guard edit.action != .delete else { return remove(edit.role) }
    for path in edit.addedPaths {
      if let problem = SignedName.problem(beginning: path) { throw .name("the path", path, problem) }
    }
    for path in edit.addedPaths where delegator != .targets && !mayName(delegator, path) {
      throw .outside(path, delegator)
    }
    let entry = edit.applied(to: former)
    guard entry.threshold >= 1 else { throw RepositoryChangeError(.usage, "a threshold is at least 1") }
    guard entry != former else { return }
    changeTargets(of: delegator) { draft in
      if let index = draft.delegations.firstIndex(where: { $0.name == edit.role }) {
        draft.delegations[index] = entry
      } else {
        draft.delegations.append(entry)
      }
    }
  }

  /// Takes keys from every delegation.
  private mutating func purge(_ ids: [KeyID]) {
    for (role, draft) in roles {
      let hasKey = draft.delegations.contains {
        $0.keys.contains { ids.contains($0.canonicalID) || ids.contains($0.id) }
      }
      guard hasKey else { continue }
      changeTargets(of: role) { draft in
        for index in draft.delegations.indices {
          draft.delegations[index].keys.removeAll { ids.contains($0.canonicalID) || ids.contains($0.id) }
        }
      }
    }
  }
}

extension RoleName {
  /// Whether it may be the name of a delegation: below targets, of lower-case letters, digits, `-` and `_`, shorter than 256 octets.
  ///
  /// Source: reference/docker-content-trust.md, section 2, "Delegations".
  public var isDelegationName: Bool {
    let parts = text.text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    return parts.count > 1 && text.text.utf8.count < 256 && parts[0].elementsEqual("targets".utf8)
      && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(allowed.contains) }
  }
}

public import ContentSigning
internal import ContentTrust
public import SignedMetadata
public import TrustModel

/// A key that was made or read in this run, and has no file yet.
public struct UnfiledKey: Sendable {
  /// The key.
  public let key: PrivateSigningKey
  /// What its file is to say.
  public let headers: SigningKeyHeaders
  /// What protects the file; nil for nothing.
  public let passphrase: SecretOctets?

  /// A key with what its file needs.
  public init(_ key: PrivateSigningKey, _ headers: SigningKeyHeaders, passphrase: SecretOctets?) {
    (self.key, self.headers, self.passphrase) = (key, headers, passphrase)
  }
}

/// One key in the place of others, in the root of a repository.
public struct KeyReplacement: Sendable {
  /// The role.
  public let role: RoleName
  /// The keys that go.
  public let old: [ListedKey]
  /// The key that comes.
  public let new: ListedKey
  /// Its private half, where it has no file yet.
  public let unfiled: UnfiledKey?

  /// A replacement.
  public init(_ role: RoleName, old: [ListedKey], new: ListedKey, unfiled: UnfiledKey? = nil) {
    (self.role, self.old, self.new, self.unfiled) = (role, old, new, unfiled)
  }

  /// The keys of a role that go for another one: its only one, or those that are named.
  ///
  /// - Throws: `RotationError.several` and `notThere`.
  public static func outgoing(
    _ role: RoleName, of root: RootDocument, named: [KeyID], repository: Repository
  ) throws(RotationError) -> [ListedKey] {
    let keys = root.keys(of: role).keys.map { ListedKey($0) }
    guard !named.isEmpty else {
      guard keys.count == 1 else { throw .several(repository, role, keys.map(\.canonicalID)) }
      return keys
    }
    for id in named where !keys.contains(where: { $0.canonicalID == id || $0.id == id }) {
      throw .notThere(repository, role, id)
    }
    return keys.filter { named.contains($0.canonicalID) || named.contains($0.id) }
  }
}

/// Keys that are replaced, and what is signed anew with them.
public struct KeyChange: Sendable {
  /// The replacements, each of another role.
  public var replacements: [KeyReplacement]
  /// Roles that are signed anew besides.
  public var renewals: Set<RoleName> = []
  /// Keys of older roots that sign the new one as well.
  public var earlierRootKeys: [ListedKey] = []

  /// A change.
  public init(
    _ replacements: [KeyReplacement], renewing renewals: Set<RoleName> = [], earlierRootKeys: [ListedKey] = []
  ) {
    (self.replacements, self.renewals, self.earlierRootKeys) = (replacements, renewals, earlierRootKeys)
  }

  /// Makes it on a repository as it was read.
  ///
  /// - Throws: `RotationError.moved` where a key is no longer the role's.
  public func apply(to draft: inout RepositoryDraft) throws(RotationError) {
    for replacement in replacements {
      let held = Set((draft.root.roles[replacement.role]?.keys ?? []).map(\.id))
      guard replacement.old.allSatisfy({ held.contains($0.id) }) else {
        throw .moved(draft.repository, replacement.role)
      }
      guard !held.contains(replacement.new.id) else {
        throw .already(draft.repository, replacement.role, replacement.new.canonicalID)
      }
      draft.changeRoot { Self.replace(replacement, in: &$0) }
      // What the old key has signed counts no more.
      if replacement.role == .targets { draft.renew(.targets) }
    }
    for role in renewals { draft.renew(role) }
    draft.earlierRootKeys = earlierRootKeys
  }

  private static func replace(_ replacement: KeyReplacement, in root: inout RootDraft) {
    let old = Set(replacement.old.map(\.id))
    var holders = root.roles[replacement.role] ?? RootDraft.Holders([])
    let place = holders.keys.firstIndex { old.contains($0.id) } ?? holders.keys.count
    holders.keys.removeAll { old.contains($0.id) }
    holders.keys.insert(replacement.new, at: place)
    root.roles[replacement.role] = holders
    // Notary keeps the certificates of old roots listed for good.
    if replacement.role == .root { root.others += replacement.old }
  }
}

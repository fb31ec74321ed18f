internal import ContentSigning
internal import SignedMetadata
internal import TrustModel

/// A host before which it is written down that something is sent.
struct RotationHost: RepositoryHost {
  let real: any RepositoryHost
  let willSend: () throws(RotationError) -> Void

  var name: String { real.name }

  func publish(_ documents: [PublishedDocument]) throws(PublishingError) {
    do throws(RotationError) {
      try willSend()
    } catch {
      throw .notSent("\(error)")
    }
    try real.publish(documents)
  }

  func ownKey(of role: RoleName, isNew: Bool) throws(PublishingError) -> ListedKey {
    try real.ownKey(of: role, isNew: isNew)
  }

  func deleteRepository() throws(PublishingError) { try real.deleteRepository() }
}

/// The keys at hand, and those that have no file yet.
struct RotationKeys: SigningKeySource {
  let base: any SigningKeySource
  let unfiled: [KeyID: PrivateSigningKey]

  func holds(_ id: KeyID) -> Bool { unfiled[id] != nil || base.holds(id) }

  func open(_ key: ListedKey, for entry: SigningPlan.Entry, of repository: Repository) throws -> PrivateSigningKey {
    try unfiled[key.canonicalID] ?? base.open(key, for: entry, of: repository)
  }
}

internal import ContentChange
internal import ContentSigning
internal import ContentTrust
internal import SignedMetadata
internal import TrustModel

extension PublishingSession {
  /// Looks whether what is to be changed can be signed here, before a key is made for it or a passphrase asked for.
  ///
  /// - Parameter replaced: the roles whose keys are replaced.
  /// - Throws: `PublicationError.missing` and `PublishingError.notSent`.
  func checkKeys(_ reading: RepositoryReading, replacing replaced: Set<RoleName>) throws {
    if !replaced.isEmpty {
      var draft = try RepositoryDraft(reading, at: now)
      draft.changeRoot { _ in }
      do throws(SigningPlan.Missing) {
        _ = try SigningPlan(draft, holding: keys.holds)
      } catch {
        throw PublicationError.missing(error, repository)
      }
    }
    guard hostKeys != nil else { return }
    var holders: [RoleName: RoleKeys] = [:]
    for role in [RoleName.snapshot, .timestamp] { holders[role] = reading.trusted.root.keys(of: role) }
    // Those that are replaced are named as well: none of them is published without the others.
    let absent = AbsentHostKeys(holders, of: repository, holding: keys.holds)
    guard replaced.isSuperset(of: absent.roles) else { throw PublishingError.notSent(absent.words) }
  }
}

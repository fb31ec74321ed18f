public import SignedMetadata
public import TrustModel

/// Keys here whose files say that they were made for a repository, and that stand in no role of its root.
///
/// Notary removes the old key before it publishes the new one: where that fails, this is what it leaves.
public struct StrandedKeys: Sendable {
  /// By role: targets or snapshot.
  public let ids: [RoleName: [KeyID]]

  /// The stranded keys of a repository; those that Keyreeve has superseded, or is about to bring in, are none.
  public init(
    _ survey: SigningKeySurvey, of repository: Repository, beside root: RootDocument, _ record: RotationRecord
  ) {
    let known = Set(root.keys.map(\.canonicalID) + root.roles.values.flatMap(\.keys).map(\.canonicalID))
    let own = Set(
      record.superseded.map(\.key) + record.underWay.flatMap(\.replacements).flatMap { $0.old + [$0.new] })
    var ids: [RoleName: [KeyID]] = [:]
    for key in survey.keys {
      guard let id = key.id, key.contents != nil, !known.contains(id), !own.contains(id),
        let name = key.repository, name.utf8.elementsEqual(repository.name.utf8),
        let role = [RoleName.targets, .snapshot].first(where: {
          $0.description.utf8.elementsEqual((key.role ?? "").utf8)
        })
      else { continue }
      ids[role, default: []].append(id)
    }
    self.ids = ids
  }
}

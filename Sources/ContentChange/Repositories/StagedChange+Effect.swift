internal import ContentSigning
internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

/// What a staged change asks for that would have no effect: it is refused, so that nothing vanishes without a word.
extension StagedChange.Malformed {
  /// A change of every delegation that does more than to take keys away.
  static let everyDelegation = StagedChange.Malformed(
    description: "targets/* stands for every delegation, of which keys can be taken away, and nothing else be changed"
  )

  /// A delegation that is to have another name.
  static func renaming(_ role: RoleName, _ name: JSONString) -> StagedChange.Malformed {
    StagedChange.Malformed(
      description:
        "its new_name asks for \(RepositoryChangeError.shown(role)) to be called \(VisibleText(name.text, limit: 255)), and no role is renamed"
    )
  }
}

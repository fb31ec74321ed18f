public import SignedMetadata
public import TrustModel

extension RotationRecord.Attempt {
  /// Whether a root has all of its new keys.
  public func isThere(in root: RootDocument) -> Bool {
    replacements.allSatisfy { replacement in
      root.keys(of: replacement.role).keys.contains { $0.id == replacement.listed }
    }
  }

  /// What it is, as a sentence begins.
  public func words(_ repository: Repository) -> String {
    let roles = replacements.map(\.role.description).joined(separator: " and ")
    return "the rotation of \(VisibleText(roles)) of \(repository) that began on \(began)"
  }
}

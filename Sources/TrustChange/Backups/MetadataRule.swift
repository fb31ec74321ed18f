internal import TrustVerify

/// Signed metadata never goes back: an older version would bring back what its owner has withdrawn.
///
/// Source: reference/security.md, row B-03; The Update Framework, section 5, "rollback".
enum MetadataRule {
  /// Why one state of a metadata file must not replace another, or nil where it may.
  ///
  /// Taking a file away, or replacing one without a version that can be read, brings nothing back.
  static func refusal(of new: FileState, over old: FileState) -> String? {
    guard case .present(let newOctets) = new, case .present(let oldOctets) = old,
      let here = MetadataVersion.version(of: oldOctets)
    else { return nil }
    guard let version = MetadataVersion.version(of: newOctets) else {
      return "version \(here) is here, and the other has no version that can be read"
    }
    return version < here ? "version \(here) is here, and metadata never goes back to an older one (\(version))" : nil
  }
}

internal import StrictJSON
public import SignedMetadata
public import Stores
public import TrustModel

extension KeptMetadata {
  /// What docker or notary has kept of a repository in `folder`, with the versions that Keyreeve has seen of it.
  ///
  /// A document that cannot be read counts as none: the floors still hold.
  public init(_ repository: Repository, in folder: TrustFolder, floors: VersionFloors = VersionFloors()) {
    self.init(floors: floors) { role in
      let parts = (role.text.text + ".json").split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      // Roles that cannot be paths are in no folder.
      guard parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." && !$0.utf8.contains(0) }) else { return nil }
      return try? folder.document(parts, of: repository)
    }
  }
}

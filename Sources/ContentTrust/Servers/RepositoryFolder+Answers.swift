public import SignedMetadata
public import Stores
public import TrustModel

extension RepositoryFolder {
  /// What the folder says to a request about a repository, as a server would: what it has, what it has not, and anything else.
  public func answer(
    _ request: MetadataRequest, of repository: Repository, tree: String = RepositoryFolder.tree
  ) -> MetadataUpdate.Answer {
    let parts = request.address.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let isPath = parts.allSatisfy { part in
      !part.isEmpty && part != "." && part != ".." && !part.utf8.contains(0) && part.utf8.count <= 255
    }
    // No file can be called so.
    guard isPath else { return .absent }
    do throws(StoreError) {
      return try document(parts, of: repository, tree: tree, limit: request.limit).map { .octets($0) } ?? .absent
    } catch {
      switch error {
      case .tooLarge: return .longer(than: request.limit)
      case .missing:
        return .unreachable("\(VisibleText(place)) does not exist: name the folder that holds v2, or make it")
      default: return .unreachable("\(error)")
      }
    }
  }
}

internal import StrictJSON
public import SignedMetadata
public import Stores
internal import Synchronization
public import TrustModel

/// The documents of a repository in a folder of docker or notary, as a reading finds them.
///
/// It remembers which file each one was, so that what others write meanwhile is not taken for what the reading began with.
public final class KeptDocuments: Sendable {
  /// The repository.
  public let repository: Repository
  /// The folder.
  public let folder: TrustFolder
  /// By role, what was found; nil where there was no file.
  private let found = Mutex<[RoleName: FileStatus?]>([:])

  /// The documents of a repository in a folder; nothing is read yet.
  public init(_ repository: Repository, in folder: TrustFolder) {
    (self.repository, self.folder) = (repository, folder)
  }

  /// Where the document of a role lies below the folder of the repository's metadata; nil for roles that cannot be paths.
  public static func path(of role: RoleName) -> [String]? {
    let parts = (role.text.text + ".json").split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let isPath = parts.allSatisfy { part in
      !part.isEmpty && part != "." && part != ".." && !part.utf8.contains(0) && part.utf8.count <= 255
    }
    return isPath ? parts : nil
  }

  /// The document of a role, and what its file is; nil where there is none.
  ///
  /// - Throws: `StoreError` where there is one that cannot be read.
  public func file(_ role: RoleName) throws(StoreError) -> (contents: [UInt8], status: FileStatus)? {
    guard let path = Self.path(of: role) else { return nil }
    return try folder.documentFile(path, of: repository)
  }

  func read(_ role: RoleName) -> [UInt8]? {
    guard let answer = try? Optional.some(file(role)) else { return nil }
    found.withLock { $0[role] = .some(answer?.status) }
    return answer?.contents
  }

  /// Whether the file of a role is still the one that the reading found, or as absent as then.
  public func isUnchanged(_ role: RoleName, _ status: FileStatus?) -> Bool {
    found.withLock { found in found[role].map { $0 == status } ?? false }
  }
}

extension KeptMetadata {
  /// What docker or notary has kept of a repository in `folder`, with the versions that Keyreeve has seen of it.
  ///
  /// A document that cannot be read counts as none: the floors still hold.
  public init(_ repository: Repository, in folder: TrustFolder, floors: VersionFloors = VersionFloors()) {
    self.init(KeptDocuments(repository, in: folder), floors: floors)
  }

  /// The same, with documents that remember which files were found.
  public init(_ documents: KeptDocuments, floors: VersionFloors) {
    self.init(floors: floors) { documents.read($0) }
  }
}

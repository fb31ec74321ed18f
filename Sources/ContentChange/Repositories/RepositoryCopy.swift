internal import DurableFiles
public import Stores
public import TrustModel

/// What docker, notary and Keyreeve keep of repositories on this machine, to be taken away.
///
/// A name that is a `Repository` has no part that could lead elsewhere, and no link is followed: nothing outside of `tuf` of the
/// folder is reached.
public struct RepositoryCopy: Sendable {
  private let folder: TrustFolder
  private let user: UInt32

  /// A folder, written by the user with that number.
  public init(_ folder: TrustFolder, user: UInt32) { (self.folder, self.user) = (folder, user) }

  /// Refuses a folder of somebody else, who could not read what this user writes there.
  ///
  /// - Throws: `RepositoryChangeError`.
  func check() throws(RepositoryChangeError) {
    let owner: UInt32?
    do throws(StoreError) {
      owner = try folder.owner()
    } catch {
      throw RepositoryChangeError(.failed, folder.sentence(error))
    }
    guard owner == nil || owner == user else {
      throw RepositoryChangeError(
        .failed, "\(VisibleText(folder.sysroot.located(folder.path))) belongs to another user")
    }
  }

  /// The files of a repository, absolute, without the sysroot.
  ///
  /// - Throws: `RepositoryChangeError` where they cannot be looked at.
  public func files(of repository: Repository) throws(RepositoryChangeError) -> [String] {
    do throws(StoreError) {
      return try folder.files(of: repository).map {
        "\(folder.path)/tuf/\(repository.name)/\($0.joined(separator: "/"))"
      }
    } catch {
      throw RepositoryChangeError(.failed, folder.sentence(error))
    }
  }

  /// Removes the documents and waiting changes of a repository; those of others below the same folder stay.
  ///
  /// - Throws: `RepositoryChangeError`.
  public func remove(_ repository: Repository) throws(RepositoryChangeError) {
    guard try !files(of: repository).isEmpty else { return }
    try check()
    do throws(WriteError) {
      let own = try WritableDirectory.make(folder.path, below: folder.sysroot.path, mode: 0o700)
        .descend(["tuf"] + repository.parts, mode: 0o700)
      let there = try own.names()
      for name in TrustFolder.repositoryFolders where there.contains(name) { try Self.removeTree(name, in: own) }
      try own.sync()
    } catch {
      throw RepositoryChangeError(.failed, KeyFolderError.writing(error).description)
    }
  }

  /// Removes the versions that Keyreeve has seen of a repository.
  ///
  /// - Parameters:
  ///   - name: the file below the directory.
  ///   - state: Keyreeve's own directory.
  /// - Throws: `RepositoryChangeError`.
  public static func removeRecord(_ name: String, in state: StateDirectory) throws(RepositoryChangeError) {
    let parts = name.split(separator: "/").map(String.init)
    do throws(WriteError) {
      let directory = try WritableDirectory.make(state.place, below: state.sysroot.path)
        .descend(Array(parts.dropLast()), mode: 0o700)
      try directory.remove(parts.last ?? "")
      try directory.sync()
    } catch {
      throw RepositoryChangeError(.failed, KeyFolderError.writing(error).description)
    }
  }

  private static func removeTree(
    _ name: String, in parent: borrowing WritableDirectory, isTop: Bool = true
  ) throws(WriteError) {
    let directory = try parent.descend([name], mode: 0o700)
    var isEmptied = true
    for entry in try directory.names() {
      // Of a repository whose own name goes on so: it stays, and the folder around it.
      if isTop, TrustFolder.repositoryFolders.contains(entry) {
        isEmptied = false
        continue
      }
      // A folder cannot be unlinked as a file; everything else can, a link without what it leads to.
      do throws(WriteError) {
        try directory.remove(entry)
      } catch {
        try removeTree(entry, in: directory, isTop: false)
      }
    }
    if isEmptied { try parent.removeDirectory(name) }
  }
}

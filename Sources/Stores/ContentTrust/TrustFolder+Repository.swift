public import TrustModel

extension TrustFolder {
  /// The folders of a repository that docker and notary fill: its documents, and the changes that wait.
  public static let repositoryFolders = ["metadata", "changelist"]

  /// The files of a repository below its folder, by their parts, in the order of their paths; other repositories may lie below the same
  /// folder, and are not among them.
  ///
  /// - Throws: `StoreError`, also where a link stands on the way.
  public func files(of repository: Repository) throws(StoreError) -> [[String]] {
    var found: [[String]] = []
    for name in Self.repositoryFolders {
      do throws(StoreError) {
        try collect(try repositoryFolder(repository).openDirectory(name), [name], &found)
      } catch .missing {
        continue
      }
    }
    return found
  }

  private func collect(
    _ directory: borrowing Directory, _ parts: [String], _ found: inout [[String]]
  ) throws(StoreError) {
    guard parts.count < Self.depthLimit else { return }
    for name in try directory.names() {
      guard found.count < Self.fileLimit else { throw .tooLarge(directory.path, limit: Self.fileLimit) }
      guard try directory.status(of: name).kind == .directory else {
        found.append(parts + [name])
        continue
      }
      // Of a repository whose own name goes on so.
      if parts.count == 1, Self.repositoryFolders.contains(name) { continue }
      try collect(try directory.openDirectory(name), parts + [name], &found)
    }
  }

  private func repositoryFolder(_ repository: Repository) throws(StoreError) -> Directory {
    var directory = try open(path).openDirectory("tuf")
    for part in repository.parts { directory = try directory.openDirectory(part) }
    return directory
  }

  /// Octets of all waiting changes of a repository together.
  static let changesLimit = 64 << 20

  /// The files of changes that wait, in the order in which they are made; empty where there are none.
  ///
  /// - Parameter limit: octets of each.
  /// - Throws: `StoreError`, of the first one that cannot be read.
  public func changes(
    of repository: Repository, limit: Int
  ) throws(StoreError) -> [(name: String, contents: [UInt8])] {
    do throws(StoreError) {
      let directory = try repositoryFolder(repository).openDirectory("changelist")
      var (files, total): ([(name: String, contents: [UInt8])], Int) = ([], 0)
      for name in try directory.names() where name.hasSuffix(".change") && !name.hasPrefix(".") {
        let contents = try directory.read(name, limit: limit).contents
        total += contents.count
        guard total <= Self.changesLimit else { throw .tooLarge(directory.path, limit: Self.changesLimit) }
        files.append((name, contents))
      }
      return files
    } catch .missing {
      return []
    }
  }
}

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

  /// The file of a change that waits: its octets, or why they cannot be had.
  public typealias ChangeFile = (name: String, contents: Result<[UInt8], StoreError>)

  /// The files of changes that wait, in the order in which they are made; empty where there are none.
  ///
  /// One that cannot be read keeps no other from being read.
  ///
  /// - Parameter limit: octets of each.
  /// - Throws: `StoreError` where the folder itself cannot be read.
  public func changes(of repository: Repository, limit: Int) throws(StoreError) -> [ChangeFile] {
    do throws(StoreError) {
      let directory = try repositoryFolder(repository).openDirectory("changelist")
      var (files, total): ([ChangeFile], Int) = ([], 0)
      for name in try directory.names() where name.hasSuffix(".change") && !name.hasPrefix(".") {
        guard let file = Self.change(name, in: directory, limit: min(limit, Self.changesLimit - total)) else {
          continue
        }
        if case .success(let contents) = file { total += contents.count }
        files.append((name, file))
      }
      return files
    } catch .missing {
      return []
    }
  }

  /// One of them; nil for one that somebody has taken away meanwhile.
  private static func change(
    _ name: String, in directory: borrowing Directory, limit: Int
  ) -> Result<[UInt8], StoreError>? {
    do throws(StoreError) {
      return .success(try directory.read(name, limit: limit).contents)
    } catch .missing where !name.unicodeScalars.contains("\u{FFFD}") {
      return nil
    } catch {
      return .failure(error)
    }
  }
}

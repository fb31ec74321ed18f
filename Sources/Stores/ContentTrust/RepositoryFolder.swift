public import TrustModel

/// A folder with the metadata of repositories in the places that a Notary server's addresses name: `v2/GUN/_trust/tuf/root.json`.
///
/// Any web server over the folder serves the same repositories. Everything is read through descriptors: links on the way to the folder
/// are followed on the machine itself, below it none is. Source: reference/docker-content-trust.md, section 4.
public struct RepositoryFolder: Hashable, Sendable {
  /// The machine.
  public let sysroot: Sysroot
  /// The folder, absolute, without the sysroot.
  public let path: String

  /// The name of the folder with the documents of a repository.
  public static let tree = "tuf"
  /// How deep repositories may lie: as deep as the longest name of one can be.
  static let depthLimit = Repository.limit / 2 + 1
  /// How many folders are looked into for repositories.
  static let folderLimit = 100_000

  /// A folder.
  public init(sysroot: Sysroot, path: String) {
    (self.sysroot, self.path) = (sysroot, path)
  }

  /// Where it lies, as it is opened from here.
  public var place: String { sysroot.located(path) }

  /// The parts of the path to the folder that holds the documents of a repository as a whole.
  public static func parts(of repository: Repository) -> [String] { ["v2"] + repository.parts + ["_trust"] }

  /// A document of a repository, of at most `limit` octets; nil where the folder is there and has no such file.
  ///
  /// - Parameter tree: the folder of the documents; another one than usual while they are made.
  /// - Throws: `StoreError`; `missing` only where the folder itself is not there, which says nothing of its repositories.
  public func document(
    _ name: [String], of repository: Repository, tree: String = RepositoryFolder.tree, limit: Int
  ) throws(StoreError) -> [UInt8]? {
    guard let file = name.last else { return nil }
    var directory = try open()
    do throws(StoreError) {
      for part in Self.parts(of: repository) + [tree] + name.dropLast() {
        directory = try directory.openDirectory(part)
      }
      return try directory.read(file, limit: limit).contents
    } catch .missing {
      return nil
    } catch {
      throw error.located(by: sysroot)
    }
  }

  /// A file of the folder itself, of at most `limit` octets; nil where there is none.
  ///
  /// - Throws: `StoreError`; `missing` where the folder is not there.
  public func contents(of name: String, limit: Int) throws(StoreError) -> [UInt8]? {
    let directory = try open()
    do throws(StoreError) {
      return try directory.read(name, limit: limit).contents
    } catch .missing {
      return nil
    } catch {
      throw error.located(by: sysroot)
    }
  }

  /// The repositories in it, by name; those whose name is none are left out.
  ///
  /// - Throws: `StoreError`, also where there are too many folders to look into.
  public func repositories() throws(StoreError) -> [Repository] {
    var found: [Repository] = []
    var count = 0
    let top = try open()
    do throws(StoreError) {
      try collect(try top.openDirectory("v2"), [], &found, &count)
    } catch .missing {
      return []
    } catch {
      throw error.located(by: sysroot)
    }
    return found.sorted()
  }

  private func open() throws(StoreError) -> Directory {
    do throws(StoreError) {
      return try sysroot.isMachine ? Directory.open(named: path) : sysroot.open(path)
    } catch {
      throw error.located(by: sysroot)
    }
  }

  private func collect(
    _ directory: borrowing Directory, _ parts: [String], _ found: inout [Repository], _ count: inout Int
  ) throws(StoreError) {
    guard parts.count < Self.depthLimit else { return }
    for name in try directory.names() where try directory.status(of: name).kind == .directory {
      count += 1
      guard count <= Self.folderLimit else { throw .tooLarge(path, limit: Self.folderLimit) }
      guard name == "_trust" else {
        try collect(try directory.openDirectory(name), parts + [name], &found, &count)
        continue
      }
      let text = parts.joined(separator: "/")
      guard !parts.isEmpty, let repository = try? Repository(text), repository.name.utf8.elementsEqual(text.utf8),
        (try? directory.openDirectory(name).status(of: Self.tree))?.kind == .directory
      else { continue }
      found.append(repository)
    }
  }
}

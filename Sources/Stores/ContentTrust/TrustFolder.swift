public import TrustModel

/// A folder of content trust as docker and notary keep it: `~/.docker/trust`, `~/.notary`.
///
/// Everything is read through descriptors and never through a link; nothing is moved, as docker and notary do with older
/// layouts on every start. Source: reference/docker-content-trust.md, sections 1 and 3.
public struct TrustFolder: Hashable, Sendable {
  /// The machine.
  public let sysroot: Sysroot
  /// The folder, absolute, without the sysroot.
  public let path: String

  /// Octets of one document.
  public static let documentLimit = 64 << 20
  /// Octets of one file of a private key.
  public static let keyLimit = 256 << 10
  /// How deep repositories and keys may lie.
  static let depthLimit = 32
  /// How many files are looked at.
  static let fileLimit = 100_000

  /// A folder.
  public init(sysroot: Sysroot, path: String) {
    (self.sysroot, self.path) = (sysroot, path)
  }

  func open(_ place: String) throws(StoreError) -> Directory {
    try sysroot.isMachine ? Directory.open(named: place) : sysroot.open(place)
  }

  /// Where the documents of a repository lie.
  public func metadata(of repository: Repository) -> String { "\(path)/tuf/\(repository.name)/metadata" }

  /// A document of a repository: `root.json`, `targets/releases.json`; nil where it is not there.
  ///
  /// - Throws: `StoreError` where it is there and cannot be read.
  public func document(_ name: [String], of repository: Repository) throws(StoreError) -> [UInt8]? {
    try documentFile(name, of: repository)?.contents
  }

  /// The same, with what the file system says of the file.
  public func documentFile(
    _ name: [String], of repository: Repository
  ) throws(StoreError) -> (contents: [UInt8], status: FileStatus)? {
    guard let file = name.last else { return nil }
    do throws(StoreError) {
      var directory = try open(path).openDirectory("tuf")
      for part in repository.parts { directory = try directory.openDirectory(part) }
      directory = try directory.openDirectory("metadata")
      for part in name.dropLast() { directory = try directory.openDirectory(part) }
      return try directory.read(file, limit: Self.documentLimit)
    } catch .missing {
      return nil
    }
  }

  /// The number of the user whom the folder belongs to; nil where there is none yet.
  public func owner() throws(StoreError) -> UInt32? {
    do throws(StoreError) {
      return try open(path).status().owner
    } catch .missing {
      return nil
    }
  }

  /// The repositories with documents here, by name; those whose name is none are left out.
  public func repositories() throws(StoreError) -> [Repository] {
    var found: [Repository] = []
    do throws(StoreError) {
      try collect(try open(path).openDirectory("tuf"), [], &found)
    } catch .missing {
      return []
    }
    return found.sorted()
  }

  private func collect(
    _ directory: borrowing Directory, _ parts: [String], _ found: inout [Repository]
  ) throws(StoreError) {
    guard parts.count < Self.depthLimit, found.count < Self.fileLimit else { return }
    for name in try directory.names() where try directory.status(of: name).kind == .directory {
      if name == "metadata", !parts.isEmpty {
        let text = parts.joined(separator: "/")
        if let repository = try? Repository(text), repository.name.utf8.elementsEqual(text.utf8) {
          found.append(repository)
        }
      } else if name != "changelist" {
        try collect(try directory.openDirectory(name), parts + [name], &found)
      }
    }
  }
}

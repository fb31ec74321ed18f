public import ContentTrust
public import DurableFiles
internal import SignedMetadata
internal import Stores
public import TrustModel

/// Writes a freeze as a new folder, whole or not at all, and proves it by reading it.
public struct FreezeFolder {
  private let parent: String
  private let name: String

  /// Why there is no freeze.
  public enum Failure: Error, CustomStringConvertible {
    /// The path is none that a folder can have.
    case path(String)
    /// Something is there that is not replaced: its path, and why not.
    case taken(String, String)
    /// It cannot be written.
    case writing(WriteError)
    /// What was written does not prove what was read.
    case proof(FreezeError)

    /// The reason in the closed list.
    public var reason: Reason {
      switch self {
      case .path: .usage
      case .taken: .declined
      case .writing: .failed
      case .proof(let error): error.reason
      }
    }

    /// One sentence.
    public var description: String {
      switch self {
      case .path(let path): "\(VisibleText(path)) is no path of a folder that can be made"
      case .taken(let path, let why): "\(VisibleText(path)) is there already\(why)"
      case .writing(let error): "\(error)"
      case .proof(let error): "nothing was frozen, since what was written does not hold: \(error)"
      }
    }
  }

  /// A folder by its absolute path; the one above must be there.
  public init(_ path: String) throws(Failure) {
    let parts = path.split(separator: "/")
    guard path.hasPrefix("/"), let last = parts.last, last != ".", last != "..", !path.utf8.contains(0) else {
      throw .path(path)
    }
    name = String(last)
    parent = "/" + parts.dropLast().joined(separator: "/")
  }

  /// The path.
  public var path: String { (parent == "/" ? "" : parent) + "/" + name }

  private var staged: String { StorePath.temporaryPrefix + "freeze-" + name }

  /// Writes the freeze.
  ///
  /// - Parameter replacing: whether a freeze that is there is replaced; nothing else ever is.
  /// - Returns: the freeze as it was read back.
  public func write(
    _ repositories: [RepositoryFreeze], at now: Timestamp, replacing: Bool
  ) throws(Failure) -> Freeze {
    var failure: Failure?
    do throws(WriteError) {
      let parent = try WritableDirectory.open(named: parent)
      failure = try obstacle(in: parent, replacing)
      if failure == nil {
        try stage(repositories, now, in: parent)
        failure = proofFailure(repositories)
        if failure == nil { failure = try place(in: parent) }
        try parent.removeTree(staged)
      }
    } catch {
      throw .writing(error)
    }
    if let failure { throw failure }
    do throws(FreezeError) {
      return try Freeze(RepositoryFolder(sysroot: .machine, path: path))
    } catch {
      throw .proof(error)
    }
  }

  /// What is in the way.
  private func obstacle(in parent: borrowing WritableDirectory, _ replacing: Bool) throws(WriteError) -> Failure? {
    switch try parent.kind(of: name) {
    case nil: return nil
    case .directory:
      let folder = try parent.open(name)
      if try folder.names().isEmpty { return nil }
      let isFreeze = try folder.kind(of: FreezeLock.fileName) == .file
      if isFreeze, replacing { return nil }
      return .taken(path, isFreeze ? "; --overwrite replaces one freeze by another" : ", and is no freeze")
    case .file, .other: return .taken(path, ", and is no folder")
    }
  }

  private func stage(
    _ repositories: [RepositoryFreeze], _ now: Timestamp, in parent: borrowing WritableDirectory
  ) throws(WriteError) {
    try parent.removeTree(staged)
    let folder = try parent.descend([staged])
    for repository in repositories {
      let tree = try folder.descend(RepositoryFolder.parts(of: repository.entry.repository) + [RepositoryFolder.tree])
      for file in repository.files {
        guard let name = file.path.last else { continue }
        let directory = try tree.descend(file.path.dropLast())
        try directory.create(name, file.octets, mode: 0o644)
        try directory.sync()
      }
    }
    try folder.create(FreezeLock.fileName, FreezeLock(repositories.map(\.entry), at: now).octets, mode: 0o644)
    try folder.sync()
  }

  private func proofFailure(_ repositories: [RepositoryFreeze]) -> Failure? {
    do throws(FreezeError) {
      let base = parent == "/" ? "" : parent
      let freeze = try Freeze(RepositoryFolder(sysroot: .machine, path: base + "/" + staged))
      for repository in repositories { _ = try freeze.read(repository.entry.repository) }
      return nil
    } catch {
      return .proof(error)
    }
  }

  private func place(in parent: borrowing WritableDirectory) throws(WriteError) -> Failure? {
    var isFree = try parent.kind(of: name) == nil
    if !isFree { isFree = try parent.open(name).names().isEmpty }
    if isFree {
      try parent.placeDirectory(staged, in: parent, as: name)
    } else if try !parent.exchange(staged, with: name) {
      return .taken(path, ", and this file system cannot replace it at once: remove it first")
    }
    try parent.sync()
    return nil
  }
}

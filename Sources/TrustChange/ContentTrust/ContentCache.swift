public import ContentTrust
internal import DurableFiles
internal import Glibc
internal import SignedMetadata
public import Stores
internal import TrustModel

/// Keeps what a reading has learned: the documents where docker and notary keep them, the versions seen in Keyreeve's own file.
///
/// One process at a time, each file wholly or not at all. The documents come first, the root before all of them, and the versions
/// last: wherever it ends in between, docker, notary and the next reading go on from what is there. Source: DESIGN, "What must always
/// hold", rule 2; reference/docker-content-trust.md, section 3.
public struct ContentCache: Sendable {
  private let state: StateDirectory
  private let user: UInt32

  /// How long another process is waited for, in tenths of a second.
  static let patience = 50

  /// A cache for the user with that number, with the versions seen in a state directory.
  public init(_ state: StateDirectory, user: UInt32) {
    (self.state, self.user) = (state, user)
  }

  /// Keeps a lesson; what others have kept meanwhile and is newer stays.
  ///
  /// - Throws: `ContentCacheError` where something cannot be written: what is kept then may be older, and is never half written.
  public func keep(_ lesson: ContentLesson) throws(ContentCacheError) {
    guard lesson.isNews else { return }
    try checkOwner(lesson.kept.folder)
    do throws(WriteError) {
      let own = try WritableDirectory.make(state.place, below: state.sysroot.path)
        .descend([SeenVersions.folder], mode: 0o700)
      let lock = try wait(for: own)
      defer { lock.hold() }
      let seen = try Self.seen(lesson.kept.repository, in: state)
      try MetadataFolder(lesson.kept).place(lesson.documents)
      let merged = lesson.floors.after.merged(with: seen)
      if merged != seen { try write(merged, of: lesson.kept.repository, below: own) }
    } catch {
      throw ContentCacheError(error)
    }
  }

  /// What somebody else owns is not turned into files of this user, which the owner could not read any more.
  private func checkOwner(_ folder: TrustFolder) throws(ContentCacheError) {
    let owner: UInt32?
    do {
      owner = try folder.owner()
    } catch {
      throw ContentCacheError(description: folder.sentence(error))
    }
    guard owner == nil || owner == user else {
      throw ContentCacheError(
        description: "\(VisibleText(folder.sysroot.located(folder.path))) belongs to another user")
    }
  }

  private static func seen(_ repository: Repository, in state: StateDirectory) throws(WriteError) -> VersionFloors {
    do {
      return try SeenVersions.read(repository, in: state)
    } catch {
      throw .system(error.file, error.problem)
    }
  }

  private func wait(for own: borrowing WritableDirectory) throws(WriteError) -> FileLock {
    for _ in 0..<Self.patience {
      if let lock = try own.lockIfFree("lock") { return lock }
      usleep(100_000)
    }
    throw .system(own.path, "another process has been writing for \(Self.patience / 10) seconds")
  }

  private func write(
    _ floors: VersionFloors, of repository: Repository, below own: borrowing WritableDirectory
  ) throws(WriteError) {
    let folder = try own.descend(repository.parts, mode: 0o700)
    let made = StorePath.temporaryPrefix + "seen"
    try folder.remove(made)
    try folder.create(made, SeenVersions.octets(floors, of: repository), mode: 0o600)
    try folder.move(made, to: folder, as: SeenVersions.fileName)
    try folder.sync()
  }
}

/// Why what was learned is not kept.
public struct ContentCacheError: Error, CustomStringConvertible {
  /// The file or directory, and the cause.
  public let description: String

  init(description: String) { self.description = description }

  init(_ error: WriteError) {
    switch error {
    case .permission(let path): description = "\(VisibleText(path)) cannot be written by this user"
    case .symbolicLink(let path):
      description = "\(VisibleText(path)) is a symbolic link, and nothing is written through one"
    case .exists(let path): description = "\(VisibleText(path)) stands in the way"
    case .system(let path, let problem): description = "\(VisibleText(path)): \(problem)"
    }
  }
}

internal import DurableFiles
internal import Glibc
internal import SignedMetadata
internal import Stores
internal import TrustModel

/// The documents of one repository in a folder, replaced as a whole: a new tree is made beside the present one, proved, and exchanged
/// with it in one step.
///
/// A tree that was left half made, or the one that was replaced, is removed by the next change. One process at a time. Source: DESIGN,
/// "What must always hold", rule 2.
struct RepositoryTree {
  private let folder: RepositoryFolder
  private let repository: Repository

  /// The new tree while it is made, and the former one while it is removed.
  static let staged = StorePath.temporaryPrefix + RepositoryFolder.tree
  /// How long another process is waited for, in tenths of a second.
  static let patience = 100
  /// For so many seconds documents that nothing lists stay: for readers who have begun before.
  static let grace: Int64 = 86_400

  init(_ folder: RepositoryFolder, _ repository: Repository) {
    (self.folder, self.repository) = (folder, repository)
  }

  /// Replaces the tree by one with a change; `change` is asked while nobody else can write.
  func replace(_ change: () throws(PublishingError) -> TreeChange) throws(PublishingError) {
    try write { (home) throws(PublishingError) in
      let change = try change()
      do throws(PublishingError) {
        try Self.writing { () throws(WriteError) in try stage(change, in: home) }
        try change.prove(Self.staged)
        try place(change, in: home)
      } catch {
        // On a full disk above all it must not stay. Where it is not known which of the two trees it is, the next change removes it.
        if case .uncertain = error { throw error }
        try? home.removeTree(Self.staged)
        throw error
      }
    }
  }

  /// Removes the tree.
  func remove() throws(PublishingError) {
    try write { (home) throws(PublishingError) in
      var isMoved = false
      do throws(WriteError) {
        guard try home.kind(of: RepositoryFolder.tree) != nil else { return }
        try home.move(RepositoryFolder.tree, to: home, as: Self.staged)
        isMoved = true
        try home.sync()
        try home.removeTree(Self.staged)
      } catch {
        throw isMoved ? .uncertain("\(error)") : .notSent("\(error)")
      }
    }
  }

  private func write(_ body: (borrowing WritableDirectory) throws(PublishingError) -> Void) throws(PublishingError) {
    var failure: PublishingError?
    try Self.writing { () throws(WriteError) in
      let top = try WritableDirectory.make(folder.path, below: folder.sysroot.path)
      let home = try top.descend(RepositoryFolder.parts(of: repository))
      try Self.greet(in: try top.open("v2"))
      let lock = try wait(for: home)
      defer { lock.hold() }
      try home.removeTree(Self.staged)
      do throws(PublishingError) { try body(home) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// Has web servers answer `GET /v2/`: where that fails, docker and notary take the server for none.
  private static func greet(in directory: borrowing WritableDirectory) throws(WriteError) {
    guard try directory.kind(of: "index.html") == nil else { return }
    do throws(WriteError) {
      try directory.create("index.html", Array("{}\n".utf8), mode: 0o644)
    } catch .exists {
      // Somebody who publishes another repository has just made it.
    }
  }

  private static func writing(_ body: () throws(WriteError) -> Void) throws(PublishingError) {
    do throws(WriteError) {
      try body()
    } catch {
      throw .notSent("\(error)")
    }
  }

  private func wait(for directory: borrowing WritableDirectory) throws(WriteError) -> FileLock {
    for _ in 0..<Self.patience {
      if let lock = try directory.lockIfFree() { return lock }
      usleep(100_000)
    }
    throw .system(directory.path, "another process has been publishing there for \(Self.patience / 10) seconds")
  }

  /// Makes the new tree: what stays, then what is new.
  private func stage(_ change: TreeChange, in home: borrowing WritableDirectory) throws(WriteError) {
    let tree = try home.descend([Self.staged])
    let replaced = Set(change.files.map(\.path))
    if try home.kind(of: RepositoryFolder.tree) != nil {
      let now = Int64(time(nil))
      try TreeCopy(
        from: [],
        isKept: { path, modified in
          !replaced.contains(path)
            && (change.digests.map { TreeFiles.isListed(path, $0) } ?? true || modified > now - Self.grace)
        }
      ).copy(try home.open(RepositoryFolder.tree), to: tree)
    }
    for file in change.files {
      guard let name = file.path.last else { continue }
      let directory = try tree.descend(file.path.dropLast())
      try directory.create(name, file.octets, mode: 0o644)
      try directory.sync()
    }
    try tree.sync()
  }

  /// The moment of the change: before it everybody reads the former tree, after it the new one.
  private func place(_ change: TreeChange, in home: borrowing WritableDirectory) throws(PublishingError) {
    var isPlaced = false
    do throws(WriteError) {
      if try home.kind(of: RepositoryFolder.tree) == nil {
        try home.placeDirectory(Self.staged, in: home, as: RepositoryFolder.tree)
        isPlaced = true
      } else {
        isPlaced = try home.exchange(Self.staged, with: RepositoryFolder.tree)
      }
    } catch {
      try? home.removeTree(Self.staged)
      throw .notSent("\(error)")
    }
    do throws(WriteError) {
      if !isPlaced { try placeEach(change, in: home) }
      try home.sync()
      try home.removeTree(Self.staged)
    } catch {
      throw .uncertain("\(error)")
    }
  }

  /// Where the file system exchanges nothing: file by file, the timestamp last.
  ///
  /// Who begins to read a new root meanwhile is refused for
  /// that moment.
  private func placeEach(_ change: TreeChange, in home: borrowing WritableDirectory) throws(WriteError) {
    let from = try home.open(Self.staged)
    let to = try home.open(RepositoryFolder.tree)
    for file in change.files {
      guard let name = file.path.last else { continue }
      let directory = try to.descend(file.path.dropLast())
      try from.descend(file.path.dropLast()).move(name, to: directory, as: name)
      try directory.sync()
    }
  }
}

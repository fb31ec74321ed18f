internal import ContentSigning
internal import DurableFiles
internal import Glibc
public import Stores
internal import StrictJSON
public import TrustModel

/// The changes of a repository that wait, in the folder in which docker and notary keep them: one file each, made in the order of
/// their names.
public struct StagedChanges: Sendable {
  private let folder: TrustFolder
  private let repository: Repository
  private let user: UInt32

  /// A file, and what it asks for.
  public struct Entry: Sendable {
    /// The name of the file.
    public let name: String
    /// The change, or why there is none.
    public let change: Result<StagedChange, StagedChange.Malformed>

    init(name: String, change: Result<StagedChange, StagedChange.Malformed>) {
      (self.name, self.change) = (name, change)
    }

    /// A change that lies in no file.
    public init(unnamed change: StagedChange) { (name, self.change) = ("", .success(change)) }
  }

  /// The most changes that wait at once.
  public static let limit = 10_000

  /// The changes in a folder of docker or notary, written by the user with that number.
  public init(of repository: Repository, in folder: TrustFolder, user: UInt32) {
    (self.repository, self.folder, self.user) = (repository, folder, user)
  }

  /// Where they lie, absolute, without the sysroot.
  public var place: String { "\(folder.path)/tuf/\(repository.name)/changelist" }

  /// The changes in their order.
  ///
  /// - Throws: `RepositoryChangeError` where the folder cannot be read.
  public func entries() throws(RepositoryChangeError) -> [Entry] {
    do throws(StoreError) {
      return try folder.changes(of: repository, limit: StagedChange.octetLimit).map { file in
        Entry(name: file.name, change: Self.change(file))
      }
    } catch {
      throw RepositoryChangeError(.failed, folder.sentence(error))
    }
  }

  private static func change(_ file: TrustFolder.ChangeFile) -> Result<StagedChange, StagedChange.Malformed> {
    switch file.contents {
    case .success(let octets):
      Result { () throws(StagedChange.Malformed) in try StagedChange(file: octets) }
    case .failure(let error):
      .failure(StagedChange.Malformed(description: "it \(error.problem)"))
    }
  }

  /// Adds changes behind those that wait.
  ///
  /// - Returns: the names of their files.
  /// - Throws: `RepositoryChangeError`; then none of these is left.
  @discardableResult
  public func add(_ changes: [StagedChange]) throws(RepositoryChangeError) -> [String] {
    guard try entries().count + changes.count <= Self.limit else {
      throw RepositoryChangeError(
        .failed, "more than \(Self.limit) changes of \(repository) would wait: publish or unstage them first")
    }
    var names: [String] = []
    try writing { (directory, own) throws(WriteError) in
      do throws(WriteError) {
        for change in changes {
          // In the folder above first: notary reads everything that lies in the list.
          let made = StorePath.temporaryPrefix + "change"
          try own.remove(made)
          try own.create(made, change.file, mode: 0o600)
          let name = Self.name()
          try own.place(made, in: directory, as: name)
          names.append(name)
        }
      } catch {
        for name in names { try? directory.remove(name) }
        throw error
      }
    }
    return names
  }

  /// Takes changes away that were published, or are no longer wanted: whatever lies under that name, a link without what it leads to.
  ///
  /// - Throws: `RepositoryChangeError`.
  public func remove(_ names: [String]) throws(RepositoryChangeError) {
    guard names.contains(where: { !$0.isEmpty }) else { return }
    if let name = names.first(where: { $0.unicodeScalars.contains("\u{FFFD}") }) {
      throw RepositoryChangeError(
        .failed, "the name of \(VisibleText(name, limit: 120)) is no UTF-8: remove it by hand in \(VisibleText(place))")
    }
    try writing { (directory, _) throws(WriteError) in
      for name in names where !name.isEmpty && !name.utf8.contains(UInt8(ascii: "/")) { try directory.removeTree(name) }
    }
  }

  /// As notary names them: twenty digits of nanoseconds, and what nobody else has.
  private static func name() -> String {
    var now = timespec()
    unsafe _ = clock_gettime(CLOCK_REALTIME, &now)
    let digits = String(UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec))
    return String(repeating: "0", count: max(0, 20 - digits.count)) + digits + "_" + uuid + ".change"
  }

  /// Source: RFC 9562, section 5.4.
  private static var uuid: String {
    var random = SystemRandomNumberGenerator()
    var octets = (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) }
    (octets[6], octets[8]) = (octets[6] & 0x0f | 0x40, octets[8] & 0x3f | 0x80)
    let digits = octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    return [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { digits[$0].joined() }.joined(separator: "-")
  }

  private func writing(
    _ body: (borrowing WritableDirectory, borrowing WritableDirectory) throws(WriteError) -> Void
  ) throws(RepositoryChangeError) {
    try RepositoryCopy(folder, user: user).check()
    do throws(WriteError) {
      let top = try WritableDirectory.make(folder.path, below: folder.sysroot.path, mode: 0o700)
      let own = try top.descend(["tuf"] + repository.parts, mode: 0o700)
      let directory = try own.descend(["changelist"], mode: 0o700)
      try body(directory, own)
      try directory.sync()
    } catch {
      throw RepositoryChangeError(.failed, KeyFolderError.writing(error).description)
    }
  }
}

internal import DurableFiles
public import TrustVerify

/// Writes a backup into a file of its own.
public enum BackupFile {
  /// Makes the file, 0600 from its first octet, writes and syncs it, reads it back and compares.
  ///
  /// - Throws: `ChangeError`: `.unfit` for a backup with a private key that is not encrypted, `.wouldReplace` where
  ///   something is there already, whatever it is; nothing is left of a file that could not be written whole.
  public static func write(_ archive: BackupArchive, to path: String) throws(ChangeError) {
    try OpenKeyRule.check(archive)
    let slash = path.lastIndex(of: "/")
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    let parent = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    guard !name.isEmpty, name != ".", name != ".." else { throw .ambiguous("\(path) is not the name of a file") }
    let directory = try writing { () throws(WriteError) in try WritableDirectory.open(named: parent) }
    try writing { () throws(WriteError) in
      try directory.create(name, mode: 0o600) { (file) throws(WriteError) in try fill(file, with: archive, path) }
    }
    do throws(ChangeError) {
      try writing { () throws(WriteError) in try directory.sync() }
      try check(archive, in: path)
    } catch {
      try? directory.remove(name)
      throw error
    }
  }

  private static func fill(_ file: CInt, with archive: BackupArchive, _ path: String) throws(WriteError) {
    var failure: WriteError?
    let isWhole = unsafe archive.forEachPiece { piece in
      do throws(WriteError) {
        try unsafe WritableDirectory.write(piece, to: file, at: path)
        return true
      } catch {
        failure = error
        return false
      }
    }
    if let failure { throw failure }
    guard isWhole else { throw .system(path, "the backup cannot be put into an archive") }
  }

  private static func check(_ archive: BackupArchive, in path: String) throws(ChangeError) {
    do throws(BackupError) {
      guard try BackupArchive(file: path) != archive else { return }
    } catch {
      throw .system(path, "what was written cannot be read back: \(error)")
    }
    throw .system(path, "what is read back is not what was written")
  }
}

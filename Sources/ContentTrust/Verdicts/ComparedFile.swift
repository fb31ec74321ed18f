internal import Glibc

/// A file that is to be compared with a target, opened before anything is asked of a server.
public struct ComparedFile: ~Copyable {
  private let file: CInt
  private let path: String

  /// Opens a regular file, or takes standard input, whatever it is, for `-`.
  ///
  /// - Throws: `FileDigest.Failure`: of a pipe or a device by its name too, which might never end or never begin.
  public init(_ path: String) throws(FileDigest.Failure) {
    // O_NONBLOCK: opening a FIFO must not wait for a writer.
    file = path == "-" ? dup(0) : open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    self.path = path
    guard file >= 0 else { throw FileDigest.Failure(path, errno) }
    guard path != "-" else { return }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw FileDigest.Failure(path, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw FileDigest.Failure(isNoFile: path) }
  }

  deinit { close(file) }

  /// Its digests, read no further than one octet beyond `limit`.
  public func digest(limit: Int64?) throws(FileDigest.Failure) -> FileDigest {
    try FileDigest(file, path, limit: limit)
  }
}

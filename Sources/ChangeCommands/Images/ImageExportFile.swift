internal import DurableFiles
internal import Glibc
internal import ReadCommands
internal import TrustModel

/// The file that an image is exported to: it gets its name only once the image is accepted.
final class ImageExportFile {
  private let path: String
  private let temporary: String
  private let isReplacing: Bool
  private let descriptor: CInt
  private var problem: CInt = 0

  /// Makes a file beside the one to be written.
  ///
  /// - Throws: `CommandFailure`: `declined` where the file or its signature exists and is not to be replaced.
  init(_ path: String, replacing: Bool) throws {
    self.path = path
    isReplacing = replacing
    temporary = path + ".keyreeve-\(getpid())"
    for taken in [path, path + ".asc"] where !replacing && access(taken, F_OK) == 0 {
      throw CommandFailure(.declined, "\(VisibleText(taken)) exists; to replace it: --overwrite")
    }
    descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw CommandFailure(.failed, "\(VisibleText(path)): \(String(cString: strerror(errno)))")
    }
  }

  deinit { close(descriptor) }

  /// Adds octets; what goes wrong is said at the end.
  func append(_ octets: UnsafeRawBufferPointer) {
    var written = 0
    while problem == 0, written < octets.count {
      let count = Glibc.write(descriptor, octets.baseAddress?.advanced(by: written), octets.count - written)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { problem = errno } else { written += count }
    }
  }

  /// Removes what was written.
  func abandon() {
    unlink(temporary)
  }

  /// Gives the file its name, and writes the signature beside it.
  func finish(signature: [UInt8]?) throws {
    if problem == 0, fsync(descriptor) != 0 { problem = errno }
    if problem == 0, let signature { put(signature: signature) }
    if problem == 0 {
      // A link, unlike a renaming, replaces nothing that came into being meanwhile.
      let result = isReplacing ? rename(temporary, path) : link(temporary, path)
      if result != 0 { problem = errno }
    }
    unlink(temporary)
    guard problem == 0 else {
      throw CommandFailure(.failed, "\(VisibleText(path)): \(String(cString: strerror(problem)))")
    }
  }

  private func put(signature: [UInt8]) {
    let name = path + ".asc"
    let flags = isReplacing ? O_TRUNC : O_EXCL
    let file = open(name, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC | flags, 0o644)
    guard file >= 0 else {
      problem = errno
      return
    }
    defer { close(file) }
    let count = signature.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
    if count != signature.count || fsync(file) != 0 { problem = errno == 0 ? EIO : errno }
  }
}

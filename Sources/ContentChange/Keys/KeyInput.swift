internal import ContentTrust
internal import Glibc
internal import TrustModel

/// A file that a person names, read into memory that is wiped: keys that somebody else wrote.
enum KeyInput {
  /// The most octets.
  static let limit = 1 << 20

  /// The contents of a regular file; `-` is standard input.
  ///
  /// - Throws: `KeyImportError.input`.
  static func read(_ path: String) throws(KeyImportError) -> (octets: SecretOctets, isOpenToOthers: Bool) {
    guard path != "-" else { return (try read(0, path), false) }
    let file = unsafe open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard file >= 0 else { throw failure(path) }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { throw failure(path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .input("\(VisibleText(path)) is not a regular file") }
    return (try read(file, path), status.st_mode & 0o077 != 0)
  }

  private static func read(_ file: CInt, _ path: String) throws(KeyImportError) -> SecretOctets {
    var number: Int32 = 0
    let octets = unsafe SecretOctets(capacity: limit + 1) { room in
      var length = 0
      while length <= limit {
        let count = unsafe Glibc.read(file, room.baseAddress?.advanced(by: length), limit + 1 - length)
        if count < 0, errno == EINTR { continue }
        if count < 0 { number = errno }
        if count <= 0 { break }
        length += count
      }
      return length
    }
    guard number == 0 else {
      errno = number
      throw failure(path)
    }
    guard octets.count <= limit else { throw .input("\(VisibleText(path)) is larger than \(limit) octets") }
    return octets
  }

  private static func failure(_ path: String) -> KeyImportError {
    .input("\(VisibleText(path)): \(unsafe String(cString: strerror(errno)))")
  }
}

internal import Glibc
public import TrustModel

extension KeyBatchFile {
  /// The contents of a batch file, which may hold a passphrase; `-` is standard input.
  public static func contents(of path: String) throws(PublishingProblem) -> SecretOctets {
    let file = path == "-" ? dup(0) : unsafe open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    let shown = VisibleText(path)
    guard file >= 0 else {
      throw PublishingProblem(
        errno == ENOENT ? .notFound : .failed, unsafe "\(shown): \(String(cString: strerror(errno)))")
    }
    defer { close(file) }
    let limit = PublishingLimits.batchFile
    var number: CInt = 0
    let octets = unsafe SecretOctets(capacity: limit + 1) { room in
      var length = 0
      while length <= limit {
        let count = unsafe read(file, room.baseAddress?.advanced(by: length), limit + 1 - length)
        if count < 0, errno == EINTR { continue }
        if count < 0 { number = errno }
        if count <= 0 { break }
        length += count
      }
      return length
    }
    guard number == 0 else { throw PublishingProblem(.failed, unsafe "\(shown): \(String(cString: strerror(number)))") }
    return octets
  }
}

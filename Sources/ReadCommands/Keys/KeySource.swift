internal import Glibc
public import OpenPGP
internal import TrustModel

/// Public keys from a file that the user names.
public enum KeySource {
  /// The octets of a regular file, or of standard input for `-`, at most `limit` of them.
  ///
  /// - Throws: `CommandFailure`: `notFound` where there is no such file, `failed` where it cannot be read.
  public static func octets(
    of path: String, limit: Int = OpenPGPLimits.standard.keyFileOctets, called kind: String = "key file"
  ) throws -> [UInt8] {
    let descriptor = path == "-" ? dup(0) : open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    let shown = VisibleText(path)
    guard descriptor >= 0 else {
      let number = errno
      throw CommandFailure(
        number == ENOENT ? .notFound : .failed, "\(kind) \(shown): \(String(cString: strerror(number)))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard path == "-" || fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG else {
      throw CommandFailure(.failed, "\(kind) \(shown) is not a regular file")
    }
    var octets: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw CommandFailure(.failed, "\(kind) \(shown): \(String(cString: strerror(errno)))") }
      if count == 0 { return octets }
      octets += chunk[..<count]
      guard octets.count <= limit else {
        throw CommandFailure(.usage, "\(kind) \(shown) is larger than \(limit) octets")
      }
    }
  }

  /// The certificates in a file.
  ///
  /// - Throws: `CommandFailure` where the file cannot be read or holds no public keys.
  public static func certificates(in path: String) throws -> [Certificate] {
    do {
      return try Certificate.readAll(try octets(of: path))
    } catch let error as CertificateError {
      throw CommandFailure(.usage, "\(VisibleText(path)) holds no public keys: \(error)")
    }
  }
}

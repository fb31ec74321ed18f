internal import Glibc
internal import TrustModel

/// A file that settings name.
public struct SettingFile: Sendable, Equatable {
  /// Its path, as it is opened.
  public let path: String
  /// Where it is named, for messages: a file and line, or a variable of the environment.
  public let origin: String

  /// A file, and where it is named.
  public init(path: String, origin: String) {
    (self.path, self.origin) = (path, origin)
  }

  /// Where it is named, and which file that is.
  var place: String { "\(VisibleText(origin)): \(VisibleText(path))" }

  /// Refuses a file that cannot be read: a transfer must never go on without what it was told to use.
  ///
  /// A key that everybody may read is no secret. Source: reference/security.md, rows H-15 and S-03.
  func check(isKey: Bool = false) throws(FetchError) {
    close(try opened(isKey: isKey))
  }

  /// The file, open for reading.
  func opened(isKey: Bool = false) throws(FetchError) -> CInt {
    let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .configuration(place, "\(unsafe String(cString: strerror(errno))): name a file that is there and readable")
    }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .configuration(place, "is not a regular file")
    }
    guard !isKey || status.st_mode & 0o007 == 0 else {
      close(descriptor)
      throw .configuration(place, "a private key that everybody may read: chmod o-rwx \(VisibleText(path))")
    }
    return descriptor
  }
}

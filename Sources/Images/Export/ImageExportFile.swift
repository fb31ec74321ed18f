internal import Glibc
public import TrustModel

/// The file that an image is exported to: it gets its name only once the image is accepted.
public final class ImageExportFile {
  /// Why there is no such file.
  public struct Failure: Error, CustomStringConvertible {
    /// The reason in the closed list.
    public let reason: Reason
    /// One sentence.
    public let description: String
  }

  private let path: String
  private let temporary: String
  private let isReplacing: Bool
  private let descriptor: CInt
  private var problem: CInt = 0

  /// Makes a file beside the one to be written.
  ///
  /// - Throws: `Failure`: `declined` where the file or its signature exists and is not to be replaced.
  public init(_ path: String, replacing: Bool) throws(Failure) {
    self.path = path
    isReplacing = replacing
    temporary = path + ".keyreeve-\(getpid())"
    for taken in [path, path + ".asc"] where !replacing {
      if unsafe access(taken, F_OK) == 0 {
        throw Failure(reason: .declined, description: "\(VisibleText(taken)) exists; to replace it: --overwrite")
      }
    }
    descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.failure(path, errno) }
  }

  deinit { close(descriptor) }

  /// Adds octets; what goes wrong is said at the end.
  public func append(_ octets: UnsafeRawBufferPointer) {
    if problem == 0 { problem = unsafe Self.put(octets, descriptor) }
  }

  /// Removes what was written.
  public func abandon() {
    _ = unsafe unlink(temporary)
  }

  /// Gives the file its name, and writes the signature beside it.
  public func finish(signature: [UInt8]?) throws(Failure) {
    if problem == 0, fsync(descriptor) != 0 { problem = errno }
    if problem == 0, let signature { problem = put(signature: signature) }
    if problem == 0 {
      // A link, unlike a renaming, replaces nothing that came into being meanwhile.
      let result = unsafe isReplacing ? rename(temporary, path) : link(temporary, path)
      if result != 0 { problem = errno }
    }
    abandon()
    guard problem == 0 else { throw Self.failure(path, problem) }
  }

  private func put(signature: [UInt8]) -> CInt {
    let flags = O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC | (isReplacing ? O_TRUNC : O_EXCL)
    let file = unsafe open(path + ".asc", flags, 0o644)
    guard file >= 0 else { return errno }
    defer { close(file) }
    let failure = unsafe signature.withUnsafeBytes { unsafe Self.put($0, file) }
    if failure == 0, fsync(file) != 0 { return errno }
    return failure
  }

  /// Writes everything; the error number where that fails.
  private static func put(_ octets: UnsafeRawBufferPointer, _ file: CInt) -> CInt {
    var written = 0
    while written < octets.count {
      let count = unsafe write(file, octets.baseAddress?.advanced(by: written), octets.count - written)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return errno }
      written += count
    }
    return 0
  }

  private static func failure(_ path: String, _ number: CInt) -> Failure {
    Failure(reason: .failed, description: unsafe "\(VisibleText(path)): \(String(cString: strerror(number)))")
  }
}

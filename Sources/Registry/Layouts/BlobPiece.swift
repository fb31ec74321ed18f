internal import Glibc
public import TrustModel

/// An open file of a layout or archive; closed with its last owner.
public final class LayoutFile: Sendable {
  /// Open for reading.
  public let descriptor: CInt
  /// Its name for messages.
  let path: String
  /// Its length when it was opened.
  let size: UInt64

  /// Opens a regular file; a link is followed only where `follows` says so, for what a person named.
  init(_ path: String, follows: Bool = false) throws(RegistryError) {
    let flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | (follows ? 0 : O_NOFOLLOW)
    descriptor = unsafe open(path, flags)
    self.path = path
    var status = stat()
    guard descriptor >= 0, unsafe fstat(descriptor, &status) == 0 else {
      let number = errno
      size = 0
      throw RegistryError(
        number == ENOENT ? .notFound : .failed, "\(shownPath(path)): \(unsafe String(cString: strerror(number)))")
    }
    size = UInt64(max(0, status.st_size))
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw RegistryError(.malformed, "\(shownPath(path)) is not a regular file")
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}

/// The octets of one blob where they lie in an open file.
public struct BlobPiece: Sendable {
  /// The file.
  public let file: LayoutFile
  /// Where they begin.
  public let offset: UInt64
  /// How many there are.
  public let count: UInt64

  /// Octets read at a time.
  private static let step = 1 << 20

  /// All of them in memory, at most `limit`.
  public func octets(limit: Int) throws(RegistryError) -> [UInt8] {
    guard count <= UInt64(limit) else {
      throw .malformed("\(shownPath(file.path)): \(count) octets, and \(limit) are allowed")
    }
    var octets: [UInt8] = []
    try unsafe forEach { piece in
      unsafe octets.append(contentsOf: piece)
      return true
    }
    return octets
  }

  /// The digest of all of them.
  public func digest() throws(RegistryError) -> ManifestDigest {
    var digest = BlobDigest()
    try unsafe forEach { octets in
      unsafe digest.take(octets)
      return true
    }
    return try digest.finished()
  }

  /// Every octet in order, as long as `body` says to go on.
  public func forEach(_ body: (UnsafeRawBufferPointer) -> Bool) throws(RegistryError) {
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.step, alignment: 64)
    defer { unsafe room.deallocate() }
    var done: UInt64 = 0
    while done < count {
      let wanted = Int(min(UInt64(Self.step), count - done))
      let got = unsafe pread(file.descriptor, room.baseAddress, wanted, off_t(offset + done))
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { throw RegistryError(.failed, "\(shownPath(file.path)) became shorter while it was read") }
      guard unsafe body(UnsafeRawBufferPointer(rebasing: room[..<got])) else { return }
      done += UInt64(got)
    }
  }
}

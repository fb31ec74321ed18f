internal import DurableFiles
internal import Glibc

/// An image on its way into the store: a file of the staging area that is written from front to back.
struct StagedImage: ~Copyable {
  /// The file's name in its directory.
  static let fileName = "part"

  private let directory: WritableDirectory
  private let descriptor: CInt
  /// Octets that were written, or found.
  private(set) var length: UInt64

  /// Opens or makes the file; what an earlier process has left of it stays.
  static func open(in directory: consuming WritableDirectory) throws(WriteError) -> StagedImage {
    let descriptor = try directory.openFile(fileName, mode: 0o644)
    let image = StagedImage(directory, descriptor)
    guard fchmod(descriptor, 0o644) == 0, lseek(descriptor, 0, SEEK_END) >= 0 else { throw image.failure() }
    return image
  }

  private init(_ directory: consuming WritableDirectory, _ descriptor: CInt) {
    var status = stat()
    length = unsafe fstat(descriptor, &status) == 0 ? UInt64(max(0, status.st_size)) : 0
    self.descriptor = descriptor
    self.directory = directory
  }

  deinit { close(descriptor) }

  /// Begins anew.
  mutating func clear() throws(WriteError) {
    guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else { throw failure() }
    length = 0
  }

  /// Adds octets.
  mutating func append(_ octets: UnsafeRawBufferPointer) throws(WriteError) {
    var rest = unsafe octets
    while rest.count > 0 {
      let count = unsafe write(descriptor, rest.baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure() }
      length += UInt64(count)
      unsafe rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  /// Makes sure that what was written survives a crash.
  func sync() throws(WriteError) {
    guard fsync(descriptor) == 0 else { throw failure() }
  }

  /// A descriptor of its own to read the file by; the caller closes it.
  func reader() throws(WriteError) -> CInt {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { throw failure() }
    return copy
  }

  /// Moves the file to its place.
  func move(to other: borrowing WritableDirectory, as name: String) throws(WriteError) {
    try directory.move(Self.fileName, to: other, as: name)
  }

  private borrowing func failure() -> WriteError { WriteError(number: errno, at: directory.path + "/" + Self.fileName) }
}

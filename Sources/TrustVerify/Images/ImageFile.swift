internal import Glibc

/// A regular file opened once: what is verified and what is then read come through the same descriptor.
///
/// A file that is changed in place meanwhile is noticed by `hasChanged` (reference/security.md, rows P-43, A-11).
public struct ImageFile: ~Copyable {
  /// Why a file cannot be used.
  public enum Failure: Error {
    /// Nothing is there.
    case missing
    /// A directory, device, pipe or link.
    case notRegular
    /// More octets than the limit.
    case tooLarge(limit: Int)
    /// The operating system's error number.
    case system(Int32)

    /// What is wrong, without the path.
    public var problem: String {
      switch self {
      case .missing: "does not exist"
      case .notRegular: "is not a regular file"
      case .tooLarge(let limit): "is larger than \(limit) octets"
      case .system(let number): unsafe String(cString: strerror(number))
      }
    }
  }

  /// Open for reading; closed with the value.
  public let descriptor: CInt
  /// Octets, when it was opened.
  public let size: Int64
  private let modified: timespec
  private let changed: timespec

  /// Opens a file for one pass from its beginning.
  public init(_ path: String) throws(Failure) {
    // O_NONBLOCK: opening a FIFO must not wait for a writer.
    let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else { throw errno == ENOENT ? .missing : .system(errno) }
    try self.init(taking: descriptor)
  }

  /// Takes over an open descriptor, which is closed with the value, or at once where it is of no use.
  public init(taking descriptor: CInt) throws(Failure) {
    var status = stat()
    let result = unsafe fstat(descriptor, &status)
    guard result == 0, status.st_mode & S_IFMT == S_IFREG else {
      let failure: Failure = result == 0 ? .notRegular : .system(errno)
      close(descriptor)
      throw failure
    }
    self.descriptor = descriptor
    size = Int64(status.st_size)
    modified = status.st_mtim
    changed = status.st_ctim
  }

  deinit { close(descriptor) }

  /// Whether the file is not what it was when it was opened.
  public var hasChanged: Bool {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { return true }
    return Int64(status.st_size) != size
      || status.st_mtim.tv_sec != modified.tv_sec || status.st_mtim.tv_nsec != modified.tv_nsec
      || status.st_ctim.tv_sec != changed.tv_sec || status.st_ctim.tv_nsec != changed.tv_nsec
  }

  /// Passes every octet to `body` in order, in chunks of at most 256 KiB.
  public func forEachChunk(_ body: (UnsafeRawBufferPointer) -> Void) throws(Failure) {
    let capacity = 262_144
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 4096)
    defer { unsafe buffer.deallocate() }
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    var offset: off_t = 0
    while true {
      let count = unsafe pread(descriptor, buffer.baseAddress, capacity, offset)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .system(errno) }
      if count == 0 { return }
      unsafe body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      offset += off_t(count)
    }
  }

  /// The first octets, at most `count` of them.
  public func start(_ count: Int) -> [UInt8] {
    var octets = [UInt8](repeating: 0, count: count)
    let read = unsafe pread(descriptor, &octets, count, 0)
    return Array(octets.prefix(max(0, read)))
  }

  /// The whole contents, at most `limit` octets.
  public func contents(limit: Int) throws(Failure) -> [UInt8] {
    guard size <= limit else { throw .tooLarge(limit: limit) }
    var contents: [UInt8] = []
    contents.reserveCapacity(Int(size))
    try unsafe forEachChunk { chunk in
      if contents.count <= limit { unsafe contents.append(contentsOf: chunk) }
    }
    guard contents.count <= limit else { throw .tooLarge(limit: limit) }
    return contents
  }
}

import Glibc

/// An open regular file, read at positions so that whoever shares the descriptor loses no place in it.
///
/// Its size is taken once: what is appended later is not part of the image that is judged.
struct ArchiveFile {
  let size: UInt64
  private let descriptor: Int32

  init(descriptor: Int32) throws(ArchiveError) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw .io(errno: errno, doing: "cannot look at the image") }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .io(errno: EINVAL, doing: "cannot read the image, which is not a regular file")
    }
    (self.descriptor, size) = (descriptor, UInt64(max(0, status.st_size)))
  }

  /// Fills the buffer from `offset`; returns how much there was, less than the buffer only at the end of the file.
  func read(at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
    let wanted = min(UInt64(buffer.count), size - min(size, offset))
    var filled = 0
    while filled < Int(wanted) {
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<Int(wanted)])
      let count = unsafe pread(descriptor, rest.baseAddress, rest.count, Int(offset) + filled)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .io(errno: errno, doing: "cannot read the image") }
      guard count > 0 else { throw .io(errno: EIO, doing: "the image became shorter while it was read") }
      filled += count
    }
    return filled
  }

  /// The first octets, at most `count`.
  func start(_ count: Int) throws(ArchiveError) -> [UInt8] {
    let buffer = Buffer(count: count)
    let filled = try unsafe read(at: 0, into: buffer.bytes)
    return unsafe Array(buffer.bytes[..<filled])
  }
}

/// Raw memory that lives as long as its owner.
@safe struct Buffer: ~Copyable {
  let start: UnsafeMutablePointer<UInt8>
  let count: Int

  init(count: Int) {
    self.count = count
    unsafe start = .allocate(capacity: count)
  }

  deinit {
    unsafe start.deallocate()
  }

  /// The memory; valid while its owner is.
  var bytes: UnsafeMutableRawBufferPointer { unsafe UnsafeMutableRawBufferPointer(start: start, count: count) }
}

internal import Glibc

/// An open directory: children are reached through its descriptor, never through a link.
///
/// Everything is opened `O_RDONLY|O_NOFOLLOW|O_CLOEXEC`, so that a path that changes between two looks cannot lead
/// elsewhere (reference/security.md, rows K-02 and K-12).
struct Directory: ~Copyable {
  private let descriptor: CInt
  /// The path for messages.
  let path: String

  private init(descriptor: CInt, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { close(descriptor) }

  /// Opens a directory that the user named: links on the way to it are the user's own choice.
  ///
  /// Messages call it `shownAs`, or by its path where that is nil.
  static func open(named path: String, shownAs shown: String? = nil) throws(StoreError) -> Directory {
    let descriptor = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw StoreError(errno: errno, at: path) }
    return Directory(descriptor: descriptor, path: shown ?? (path == "/" ? "" : path))
  }

  /// Opens a child directory, which must not be a link.
  func openDirectory(_ name: some StringProtocol) throws(StoreError) -> Directory {
    let name = String(name)
    let childPath = path + "/" + name
    let child = unsafe openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    if child < 0 {
      let number = errno
      // With O_DIRECTORY a link answers ENOTDIR: say which of the two it is.
      if number == ENOTDIR, (try? status(of: name))?.kind == .symbolicLink { throw .symbolicLink(childPath) }
      throw StoreError(errno: number, at: childPath)
    }
    return Directory(descriptor: child, path: childPath)
  }

  /// The names in the directory, in byte order, without `.` and `..`.
  func names() throws(StoreError) -> [String] {
    // A second descriptor, since closing the stream closes the one it was made from.
    let copy = unsafe openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0, let stream = unsafe fdopendir(copy) else { throw StoreError(errno: errno, at: path) }
    defer { unsafe closedir(stream) }
    var names: [[UInt8]] = []
    errno = 0
    while let entry = unsafe readdir(stream) {
      let length = unsafe strnlen(entry.pointer(to: \.d_name.0), 256)
      let name = unsafe UnsafeBufferPointer(start: entry.pointer(to: \.d_name.0), count: length).map {
        UInt8(bitPattern: $0)
      }
      if name != [0x2e], name != [0x2e, 0x2e] { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw StoreError(errno: errno, at: path) }
    names.sort { $0.lexicographicallyPrecedes($1) }
    return names.map { String(decoding: $0, as: UTF8.self) }
  }

  /// What a name in the directory is, without following a link.
  func status(of name: String) throws(StoreError) -> FileStatus {
    var raw = stat()
    guard unsafe fstatat(descriptor, name, &raw, AT_SYMLINK_NOFOLLOW) == 0 else {
      throw StoreError(errno: errno, at: path + "/" + name)
    }
    return FileStatus(raw)
  }

  /// What the directory itself is.
  func status() throws(StoreError) -> FileStatus {
    var raw = stat()
    guard unsafe fstat(descriptor, &raw) == 0 else { throw StoreError(errno: errno, at: path) }
    return FileStatus(raw)
  }

  /// Where a link points, as written in it.
  func target(ofLink name: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = unsafe readlinkat(descriptor, name, &buffer, buffer.count)
    guard length > 0 else { return nil }
    return String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Opens a regular file for reading; the caller closes it.
  func openFile(_ name: String) throws(StoreError) -> CInt {
    // O_NONBLOCK: opening a FIFO must not wait for a writer.
    let file = unsafe openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard file >= 0 else { throw StoreError(errno: errno, at: path + "/" + name) }
    return file
  }

  /// Opens a regular file of at most `limit` octets, and says what it is; the caller closes it.
  func openRegularFile(_ name: String, limit: Int) throws(StoreError) -> (file: CInt, status: FileStatus) {
    let filePath = path + "/" + name
    let file = try openFile(name)
    var raw = stat()
    let problem: StoreError
    if unsafe fstat(file, &raw) != 0 {
      problem = StoreError(errno: errno, at: filePath)
    } else {
      let status = FileStatus(raw)
      if status.kind == .regular, status.size <= limit { return (file, status) }
      problem = status.kind == .regular ? .tooLarge(filePath, limit: limit) : .notRegular(filePath)
    }
    close(file)
    throw problem
  }

  /// The contents of a regular file of at most `limit` octets, and what the file was when it was read.
  func read(_ name: String, limit: Int) throws(StoreError) -> (contents: [UInt8], status: FileStatus) {
    let filePath = path + "/" + name
    let (file, status) = try openRegularFile(name, limit: limit)
    defer { close(file) }
    var contents = try Self.octets(of: file, atMost: Int(status.size) + 1, at: filePath)
    while contents.count > status.size {
      // The file grows while it is read.
      guard contents.count <= limit else { throw .tooLarge(filePath, limit: limit) }
      let more = try Self.octets(of: file, atMost: 16_384, at: filePath)
      if more.isEmpty { break }
      contents += more
    }
    return (contents, status)
  }

  /// What comes next in a file, up to its end or to so many octets.
  private static func octets(of file: CInt, atMost limit: Int, at path: String) throws(StoreError) -> [UInt8] {
    var problem: StoreError?
    let octets = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      while count < limit {
        // `count` octets of the `limit` are filled, so that the rest has room for what is asked for.
        let more = unsafe Glibc.read(file, buffer.baseAddress?.advanced(by: count), limit - count)
        if more < 0, errno == EINTR { continue }
        if more < 0 { problem = StoreError(errno: errno, at: path) }
        guard more > 0 else { return }
        count += more
      }
    }
    if let problem { throw problem }
    return octets
  }
}

extension UnsafeMutablePointer where Pointee == dirent {
  /// A pointer to a field inside the entry, which may be shorter than the declared structure.
  fileprivate func pointer(to field: KeyPath<dirent, CChar>) -> UnsafePointer<CChar> {
    let offset = MemoryLayout<dirent>.offset(of: field) ?? 0
    return unsafe UnsafeRawPointer(self).advanced(by: offset).assumingMemoryBound(to: CChar.self)
  }
}

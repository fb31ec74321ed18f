internal import Glibc

/// An open directory in which files are created, replaced and removed, never through a link.
public struct WritableDirectory: ~Copyable {
  let descriptor: CInt
  /// The path for messages.
  public let path: String

  private init(descriptor: CInt, path: String) {
    (self.descriptor, self.path) = (descriptor, path)
  }

  deinit { close(descriptor) }

  /// Opens a directory that the user named; links on the way to it are the user's own choice.
  public static func open(named path: String) throws(WriteError) -> WritableDirectory {
    let descriptor = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw WriteError(number: errno, at: path) }
    return WritableDirectory(descriptor: descriptor, path: path == "/" ? "" : path)
  }

  /// Opens a directory that the user named, made with mode 0700 where it is missing in one that is there.
  public static func make(_ path: String) throws(WriteError) -> WritableDirectory {
    if unsafe mkdir(path, 0o700) != 0, errno != EEXIST { throw WriteError(number: errno, at: path) }
    return try open(named: path)
  }

  /// Opens the directory at `place`, an absolute path below `root`, made with `mode` where it is missing.
  ///
  /// Where `root` is `/`, the way to what is there already may have links, which are the administrator's or the user's
  /// own; below any other root no link is followed.
  public static func make(
    _ place: String, below root: String, mode: UInt32 = 0o755
  ) throws(WriteError) -> WritableDirectory {
    guard root == "/" else {
      return try open(named: root).descend(place.split(separator: "/").map(String.init), mode: mode)
    }
    var path = place
    var missing: [String] = []
    while let slash = path.lastIndex(of: "/"), slash != path.startIndex, (try? open(named: path)) == nil {
      missing.insert(String(path[path.index(after: slash)...]), at: 0)
      path = String(path[..<slash])
    }
    if (try? open(named: path)) == nil {
      missing.insert(String(path.dropFirst()), at: 0)
      path = "/"
    }
    return try open(named: path).descend(missing, mode: mode)
  }

  /// Opens a chain of directories below this one, made with `mode` where they are missing, whatever the umask.
  public func descend(_ components: [String], mode: UInt32 = 0o755) throws(WriteError) -> WritableDirectory {
    var current = try openChild(".")
    for component in components { current = try current.openOrMake(component, mode: mode) }
    return current
  }

  private func openOrMake(_ name: String, mode: UInt32) throws(WriteError) -> WritableDirectory {
    if unsafe mkdirat(descriptor, name, mode) == 0 {
      let child = try openChild(name)
      guard fchmod(child.descriptor, mode) == 0 else { throw WriteError(number: errno, at: child.path) }
      try child.sync()
      try sync()
      return child
    }
    let number = errno
    guard number == EEXIST || number == EROFS || number == EACCES else {
      throw WriteError(number: number, at: at(name))
    }
    var status = stat()
    // A directory that is there is opened; one that cannot be made is refused for that reason.
    guard unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      throw WriteError(number: number, at: at(name))
    }
    return try openChild(name)
  }

  func openChild(_ name: String) throws(WriteError) -> WritableDirectory {
    let childPath = name == "." ? path : at(name)
    let child = unsafe openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard child >= 0 else {
      let number = errno
      var status = stat()
      if unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0, status.st_mode & S_IFMT == S_IFLNK {
        throw .symbolicLink(childPath)
      }
      throw WriteError(number: number, at: childPath)
    }
    return WritableDirectory(descriptor: child, path: childPath)
  }

  func at(_ name: String) -> String { path + "/" + name }
}

// MARK: - Whole files

extension WritableDirectory {
  /// Writes a new file completely and syncs it.
  ///
  /// - Throws: `WriteError.exists` where the name is taken; after any error nothing is left.
  public func create(_ name: String, _ octets: [UInt8], mode: UInt32) throws(WriteError) {
    try create(name, mode: mode) { (file) throws(WriteError) in try Self.write(octets, to: file, at: at(name)) }
  }

  /// Makes a new file, has it filled through its descriptor, and syncs it.
  ///
  /// - Throws: `WriteError.exists` where the name is taken; after any error nothing is left.
  public func create(
    _ name: String, mode: UInt32, _ fill: (CInt) throws(WriteError) -> Void
  ) throws(WriteError) {
    let file = unsafe openat(descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    guard file >= 0 else { throw WriteError(number: errno, at: at(name)) }
    defer { close(file) }
    do throws(WriteError) {
      guard fchmod(file, mode) == 0 else { throw WriteError(number: errno, at: at(name)) }
      try fill(file)
      guard fsync(file) == 0 else { throw WriteError(number: errno, at: at(name)) }
    } catch {
      _ = unsafe unlinkat(descriptor, name, 0)
      throw error
    }
  }

  /// Takes rights to a regular file away.
  public func restrict(_ name: String, mode: UInt32) throws(WriteError) {
    let file = unsafe openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { throw WriteError(number: errno, at: at(name)) }
    defer { close(file) }
    guard fchmod(file, mode) == 0 else { throw WriteError(number: errno, at: at(name)) }
  }

  /// Adds octets at `offset` of a file, cutting off what stands after it, and syncs the file.
  public func append(_ octets: [UInt8], to name: String, at offset: Int) throws(WriteError) {
    let file = unsafe openat(descriptor, name, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw WriteError(number: errno, at: at(name)) }
    defer { close(file) }
    guard fchmod(file, 0o644) == 0, ftruncate(file, off_t(offset)) == 0, lseek(file, off_t(offset), SEEK_SET) >= 0
    else { throw WriteError(number: errno, at: at(name)) }
    do throws(WriteError) {
      try Self.write(octets, to: file, at: at(name))
      guard fsync(file) == 0 else { throw WriteError(number: errno, at: at(name)) }
    } catch {
      // A line that could not be written whole must not be taken for one.
      _ = ftruncate(file, off_t(offset))
      throw error
    }
    try sync()
  }

  /// Opens a file for reading and writing, made with `mode` where it is missing; the caller closes it.
  public func openFile(_ name: String, mode: UInt32) throws(WriteError) -> CInt {
    let file = unsafe openat(descriptor, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, mode)
    guard file >= 0 else { throw WriteError(number: errno, at: at(name)) }
    return file
  }

  /// The contents of a regular file of at most `limit` octets; nil where it is none, or larger.
  public func contents(of name: String, limit: Int) throws(WriteError) -> [UInt8]? {
    let file = unsafe openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { throw WriteError(number: errno, at: at(name)) }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= limit else {
      return nil
    }
    var contents = [UInt8](repeating: 0, count: limit + 1)
    let count = unsafe pread(file, &contents, contents.count, 0)
    return (0...limit).contains(count) ? Array(contents.prefix(count)) : nil
  }

  /// Removes a file; one that is already gone is no error.
  public func remove(_ name: String) throws(WriteError) {
    guard unsafe unlinkat(descriptor, name, 0) == 0 || errno == ENOENT else {
      throw WriteError(number: errno, at: at(name))
    }
  }

  private static func write(_ octets: [UInt8], to file: CInt, at path: String) throws(WriteError) {
    try unsafe octets.withUnsafeBufferPointer { (buffer) throws(WriteError) in
      try unsafe write(UnsafeRawBufferPointer(buffer), to: file, at: path)
    }
  }

  /// Writes all octets to an open file; `path` is for messages.
  public static func write(_ octets: UnsafeRawBufferPointer, to file: CInt, at path: String) throws(WriteError) {
    var written = 0
    while written < octets.count {
      let count = unsafe Glibc.write(file, octets.baseAddress?.advanced(by: written), octets.count - written)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw WriteError(number: errno, at: path) }
      written += count
    }
  }
}

// MARK: - Names

extension WritableDirectory {
  /// Moves a file or directory of this directory to another one, replacing a file that is there.
  public func move(_ name: String, to other: borrowing WritableDirectory, as newName: String) throws(WriteError) {
    guard unsafe renameat(descriptor, name, other.descriptor, newName) == 0 else {
      throw WriteError(number: errno, at: other.at(newName))
    }
  }

  /// Gives a file of this directory its place in another one.
  ///
  /// - Throws: `WriteError.exists` where the place is not free.
  public func place(_ name: String, in other: borrowing WritableDirectory, as newName: String) throws(WriteError) {
    guard unsafe linkat(descriptor, name, other.descriptor, newName, 0) == 0 else {
      throw WriteError(number: errno, at: other.at(newName))
    }
    try remove(name)
  }

  /// Gives a directory of this one its place in another one; an empty directory there is replaced.
  ///
  /// - Throws: `WriteError.exists` where the place is taken.
  public func placeDirectory(
    _ name: String, in other: borrowing WritableDirectory, as newName: String
  ) throws(WriteError) {
    try move(name, to: other, as: newName)
  }

  /// The names in the directory, in no order, without `.` and `..`.
  public func names() throws(WriteError) -> [String] {
    let copy = unsafe openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0, let stream = unsafe fdopendir(copy) else { throw WriteError(number: errno, at: path) }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) {
        unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Removes the files whose names begin so: what an interrupted write has left.
  public func removeLeftovers(prefix: String) throws(WriteError) {
    for name in try names() where name.hasPrefix(prefix) { try remove(name) }
  }

  /// Removes a directory with the files in it; one that is already gone is no error.
  ///
  /// Directories in it are not expected, and are an error.
  public func removeDirectory(_ name: String) throws(WriteError) {
    do throws(WriteError) {
      let child = try openChild(name)
      for file in try child.names() { try child.remove(file) }
    } catch {
      if case .system = error, unsafe faccessat(descriptor, name, F_OK, AT_SYMLINK_NOFOLLOW) != 0 { return }
      throw error
    }
    guard unsafe unlinkat(descriptor, name, AT_REMOVEDIR) == 0 || errno == ENOENT else {
      throw WriteError(number: errno, at: at(name))
    }
  }

  /// When a file or directory was last changed, in seconds of the epoch; nil where it is not there.
  public func modified(_ name: String) -> Int64? {
    var status = stat()
    guard unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
    return Int64(status.st_mtim.tv_sec)
  }

  /// Makes sure that names made, moved or removed here survive a crash.
  public func sync() throws(WriteError) {
    guard fsync(descriptor) == 0 else { throw WriteError(number: errno, at: path) }
  }
}

// MARK: - Locks

extension WritableDirectory {
  /// Takes the exclusive lock in the lock file `name`, waiting for other processes; it ends with the returned value.
  public func lock(_ name: String) throws(WriteError) -> FileLock {
    let file = try lockFile(name)
    while flock(file, LOCK_EX) != 0 {
      guard errno == EINTR else {
        let number = errno
        close(file)
        throw WriteError(number: number, at: at(name))
      }
    }
    return FileLock(descriptor: file)
  }

  /// Takes the exclusive lock in the lock file `name`, or nil where another holds it.
  public func lockIfFree(_ name: String) throws(WriteError) -> FileLock? {
    let file = try lockFile(name)
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      let number = errno
      close(file)
      if number == EWOULDBLOCK { return nil }
      throw WriteError(number: number, at: at(name))
    }
    return FileLock(descriptor: file)
  }

  /// Takes the exclusive lock of the directory itself, or nil where another holds it: for directories in which others would stumble
  /// over a lock file.
  public func lockIfFree() throws(WriteError) -> FileLock? {
    let copy = unsafe openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0 else { throw WriteError(number: errno, at: path) }
    guard flock(copy, LOCK_EX | LOCK_NB) == 0 else {
      let number = errno
      close(copy)
      if number == EWOULDBLOCK { return nil }
      throw WriteError(number: number, at: path)
    }
    return FileLock(descriptor: copy)
  }

  private func lockFile(_ name: String) throws(WriteError) -> CInt {
    let file = unsafe openat(descriptor, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw WriteError(number: errno, at: at(name)) }
    _ = fchmod(file, 0o644)
    return file
  }
}

internal import Glibc
internal import Stores
internal import TrustModel

/// An open directory in which files are created, replaced and removed, never through a link.
struct WritableDirectory: ~Copyable {
  private let descriptor: CInt
  let path: String

  private init(descriptor: CInt, path: String) {
    (self.descriptor, self.path) = (descriptor, path)
  }

  deinit { close(descriptor) }

  /// Opens a directory that the user named; links on the way to it are the user's own choice.
  static func open(named path: String) throws(ChangeError) -> WritableDirectory {
    let descriptor = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.error(path) }
    return WritableDirectory(descriptor: descriptor, path: path == "/" ? "" : path)
  }

  /// Opens a directory that the user named, made with mode 0700 where it is missing in one that is there.
  static func make(_ path: String) throws(ChangeError) -> WritableDirectory {
    if unsafe mkdir(path, 0o700) != 0, errno != EEXIST { throw Self.error(path) }
    return try open(named: path)
  }

  /// Opens the directory at an absolute path of the machine under `sysroot`, made where it is missing.
  ///
  /// On the machine itself the way to it may have links; what is made is made below what is there.
  static func reach(_ absolute: String, under sysroot: Sysroot, mode: mode_t = 0o755) throws(ChangeError)
    -> WritableDirectory
  {
    guard sysroot.isMachine else {
      return try open(named: sysroot.path).descend(absolute.split(separator: "/").map(String.init), mode: mode)
    }
    var path = absolute
    var below: [String] = []
    while let slash = path.lastIndex(of: "/"), (try? WritableDirectory.open(named: path)) == nil {
      below.insert(String(path[path.index(after: slash)...]), at: 0)
      path = slash == path.startIndex ? "/" : String(path[..<slash])
      if path == "/" { break }
    }
    return try open(named: path).descend(below, mode: mode)
  }

  /// Opens a chain of directories below this one, made with `mode` where they are missing.
  func descend(_ components: [String], mode: mode_t = 0o755) throws(ChangeError) -> WritableDirectory {
    var current = try openChild(".")
    for component in components { current = try current.openOrMake(component, mode: mode) }
    return current
  }

  /// Opens a child directory, or makes it with that mode whatever the umask.
  private func openOrMake(_ name: String, mode: mode_t) throws(ChangeError) -> WritableDirectory {
    if unsafe mkdirat(descriptor, name, mode) == 0 {
      let child = try openChild(name)
      guard fchmod(child.descriptor, mode) == 0 else { throw Self.error(child.path) }
      try child.sync()
      try sync()
      return child
    }
    let number = errno
    guard number == EEXIST || number == EROFS || number == EACCES else { throw Self.error(path + "/" + name, number) }
    var status = stat()
    // A directory that is there is opened; one that cannot be made is refused for that reason.
    guard unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      throw Self.error(path + "/" + name, number)
    }
    return try openChild(name)
  }

  private func openChild(_ name: String) throws(ChangeError) -> WritableDirectory {
    let childPath = name == "." ? path : path + "/" + name
    let child = unsafe openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard child >= 0 else {
      let number = errno
      var status = stat()
      if unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0, status.st_mode & S_IFMT == S_IFLNK {
        throw .symbolicLink(childPath)
      }
      throw Self.error(childPath, number)
    }
    return WritableDirectory(descriptor: child, path: childPath)
  }

  /// Writes a new file completely and syncs it.
  ///
  /// It must not exist.
  func create(_ name: String, _ octets: [UInt8], mode: mode_t) throws(ChangeError) {
    try create(name, mode: mode) { (file) throws(ChangeError) in
      try Self.write(octets, to: file, at: path + "/" + name)
    }
  }

  /// Makes a new file, which must not exist, has it filled through its descriptor, and syncs it; where that fails, nothing
  /// is left of it.
  func create(
    _ name: String, mode: mode_t, _ fill: (CInt) throws(ChangeError) -> Void
  ) throws(ChangeError) {
    let file = unsafe openat(descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    if file < 0, errno == EEXIST {
      throw .wouldReplace("\(path)/\(name) exists already, and nothing is written over it: name another file")
    }
    guard file >= 0 else { throw Self.error(path + "/" + name) }
    defer { close(file) }
    do throws(ChangeError) {
      guard fchmod(file, mode) == 0 else { throw Self.error(path + "/" + name) }
      try fill(file)
      guard fsync(file) == 0 else { throw Self.error(path + "/" + name) }
    } catch {
      _ = unsafe unlinkat(descriptor, name, 0)
      throw error
    }
  }

  /// Takes rights to a regular file of this directory away.
  func restrict(_ name: String, mode: mode_t) throws(ChangeError) {
    let file = unsafe openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { throw Self.error(path + "/" + name) }
    defer { close(file) }
    guard fchmod(file, mode) == 0 else { throw Self.error(path + "/" + name) }
  }

  /// Moves a file of this directory to another one, replacing what is there.
  func move(_ name: String, to other: borrowing WritableDirectory, as newName: String) throws(ChangeError) {
    guard unsafe renameat(descriptor, name, other.descriptor, newName) == 0 else {
      throw Self.error(other.path + "/" + newName)
    }
  }

  /// Gives a file of this directory its place in another one, which must be free.
  func place(_ name: String, in other: borrowing WritableDirectory, as newName: String) throws(ChangeError) {
    guard unsafe linkat(descriptor, name, other.descriptor, newName, 0) == 0 else {
      let number = errno
      if number == EEXIST { throw .changedSincePlan(file: other.path + "/" + newName) }
      throw Self.error(other.path + "/" + newName, number)
    }
    try remove(name)
  }

  /// Removes a file; one that is already gone is no error.
  func remove(_ name: String) throws(ChangeError) {
    guard unsafe unlinkat(descriptor, name, 0) == 0 || errno == ENOENT else { throw Self.error(path + "/" + name) }
  }

  /// Removes the files whose names begin so: what an interrupted write has left.
  func removeLeftovers(prefix: String) throws(ChangeError) {
    let copy = unsafe openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0, let stream = unsafe fdopendir(copy) else { throw Self.error(path) }
    defer { unsafe closedir(stream) }
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) {
        unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasPrefix(prefix) { try remove(name) }
    }
  }

  /// Makes sure that names made, moved or removed here survive a crash.
  func sync() throws(ChangeError) {
    guard fsync(descriptor) == 0 else { throw Self.error(path) }
  }

  /// Takes the exclusive lock in the lock file `name`, waiting for other processes; it ends with the returned value.
  func lock(_ name: String) throws(ChangeError) -> FileLock {
    let file = unsafe openat(descriptor, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw Self.error(path + "/" + name) }
    _ = fchmod(file, 0o644)
    while flock(file, LOCK_EX) != 0 {
      guard errno == EINTR else {
        let number = errno
        close(file)
        throw Self.error(path + "/" + name, number)
      }
    }
    return FileLock(descriptor: file)
  }

  /// Adds octets at `offset` of a file, cutting off what stands after it, and syncs the file.
  func append(_ octets: [UInt8], to name: String, at offset: Int) throws(ChangeError) {
    let file = unsafe openat(descriptor, name, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw Self.error(path + "/" + name) }
    defer { close(file) }
    guard fchmod(file, 0o644) == 0, ftruncate(file, off_t(offset)) == 0, lseek(file, off_t(offset), SEEK_SET) >= 0
    else { throw Self.error(path + "/" + name) }
    do throws(ChangeError) {
      try Self.write(octets, to: file, at: path + "/" + name)
      guard fsync(file) == 0 else { throw Self.error(path + "/" + name) }
    } catch {
      // A line that could not be written whole must not be taken for one.
      _ = ftruncate(file, off_t(offset))
      throw error
    }
    try sync()
  }

  private static func write(_ octets: [UInt8], to file: CInt, at path: String) throws(ChangeError) {
    try unsafe octets.withUnsafeBufferPointer { (buffer) throws(ChangeError) in
      try unsafe write(UnsafeRawBufferPointer(buffer), to: file, at: path)
    }
  }

  /// Writes all octets to an open file; `path` is for messages.
  static func write(_ octets: UnsafeRawBufferPointer, to file: CInt, at path: String) throws(ChangeError) {
    var written = 0
    while written < octets.count {
      let count = unsafe Glibc.write(file, octets.baseAddress?.advanced(by: written), octets.count - written)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw error(path) }
      written += count
    }
  }

  private static func error(_ path: String, _ number: CInt = errno) -> ChangeError {
    switch number {
    case EACCES, EPERM, EROFS: .permission(path)
    case ELOOP: .symbolicLink(path)
    default: unsafe .system(path, String(cString: strerror(number)))
    }
  }
}

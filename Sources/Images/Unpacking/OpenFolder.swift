internal import Archives
internal import CUnpack
internal import Glibc

/// An open directory of a tree that is being made; names in it are octets, and no link is ever followed.
final class OpenFolder {
  /// What a name is.
  enum Kind { case directory, link, other }

  let descriptor: CInt

  init(_ descriptor: CInt) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Opens a directory by its path, which is this program's own.
  static func open(_ path: String) throws(ArchiveError) -> OpenFolder {
    let descriptor = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw .io(errno: errno, doing: "cannot open the directory to unpack to") }
    return OpenFolder(descriptor)
  }

  /// Opens a directory in this one; nil, with `errno` set, where there is none, or something else.
  func child(_ name: [UInt8]) -> OpenFolder? {
    let child = name.asName { unsafe openat(descriptor, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
    return child >= 0 ? OpenFolder(child) : nil
  }

  /// Makes a directory in this one and opens it, with this mode whatever the umask.
  func make(_ name: [UInt8], mode: mode_t) throws(ArchiveError) -> OpenFolder {
    guard name.asName({ unsafe mkdirat(descriptor, $0, mode) }) == 0, let child = child(name),
      fchmod(child.descriptor, mode) == 0
    else { throw failure(name) }
    return child
  }

  /// Opens a regular file for reading; nil, with `errno` set, where there is none.
  func file(_ name: [UInt8]) -> CInt? {
    let file = name.asName { unsafe openat(descriptor, $0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) }
    return file >= 0 ? file : nil
  }

  /// Makes a regular file, which only its owner may use yet.
  func makeFile(_ name: [UInt8]) throws(ArchiveError) -> CInt {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let file = name.asName { unsafe openat(descriptor, $0, flags, 0o600) }
    guard file >= 0 else { throw failure(name) }
    return file
  }

  /// Status of a name itself; nil where there is nothing.
  func status(_ name: [UInt8]) throws(ArchiveError) -> stat? {
    var status = stat()
    guard name.asName({ unsafe fstatat(descriptor, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0 else {
      guard errno == ENOENT else { throw failure(name) }
      return nil
    }
    return status
  }

  /// What a name is; nil where there is nothing.
  func kind(_ name: [UInt8]) throws(ArchiveError) -> Kind? {
    guard let status = try status(name) else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return .directory
    case S_IFLNK: return .link
    default: return .other
    }
  }

  /// The names in it, in no order, without `.` and `..`.
  func names() throws(ArchiveError) -> [[UInt8]] {
    let copy = unsafe openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0, let stream = unsafe fdopendir(copy) else { throw failure(Array(".".utf8)) }
    defer { unsafe closedir(stream) }
    var names: [[UInt8]] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
      if name != [0x2e], name != [0x2e, 0x2e] { names.append(name) }
    }
    return names
  }

  /// Calls the system with this directory and a name; throws where it does not answer 0.
  @safe func call(_ name: [UInt8], _ body: (CInt, UnsafePointer<CChar>) -> CInt) throws(ArchiveError) {
    guard name.asName({ unsafe body(descriptor, $0) }) == 0 else { throw failure(name) }
  }

  /// The failure that `errno` tells of.
  func failure(_ name: [UInt8]) -> ArchiveError {
    let number = errno
    return .io(errno: number, doing: "cannot unpack \(shown(name))")
  }
}

extension [UInt8] {
  /// Gives the octets to a call of the system, ended by a zero octet.
  @safe func asName<Value>(_ body: (UnsafePointer<CChar>) -> Value) -> Value {
    let ended = map { CChar(bitPattern: $0) } + [0]
    return unsafe ended.withUnsafeBufferPointer { buffer in
      // An array with an element has an address.
      guard let start = buffer.baseAddress else { return unsafe body("") }
      return unsafe body(start)
    }
  }
}

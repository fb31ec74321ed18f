import Glibc

/// A private folder that is gone, with everything in it, when the value is.
public struct TemporaryDirectory: ~Copyable {
  /// Its absolute path, short enough for sockets in it.
  public let path: String

  /// A fresh empty folder with mode 0700.
  public init(prefix: String = "kr-test") throws {
    var template = Array("/tmp/\(prefix)-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw ChildProcess.Failure.system("mkdtemp", errno) }
    path = template.withUnsafeBufferPointer { bytes in
      String(decoding: bytes.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  deinit { Self.remove(path) }

  /// Writes a file below the folder, with exactly that mode, and returns its path; the folders above it must exist.
  @discardableResult
  public func write(_ name: String, _ bytes: [UInt8], mode: UInt32 = 0o644) throws -> String {
    let file = path + "/" + name
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw ChildProcess.Failure.system("open \(file)", errno) }
    defer { close(descriptor) }
    fchmod(descriptor, mode)
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard written > 0 else { throw ChildProcess.Failure.system("write \(file)", errno) }
      rest = rest.dropFirst(written)
    }
    return file
  }

  /// Makes a folder below the folder, with those above it where they are missing, and returns its path.
  @discardableResult
  public func mkdir(_ name: String, mode: UInt32 = 0o755) throws -> String {
    var folder = path
    for component in name.split(separator: "/") {
      folder += "/" + component
      guard Glibc.mkdir(folder, mode) == 0 || errno == EEXIST else {
        throw ChildProcess.Failure.system("mkdir \(folder)", errno)
      }
    }
    chmod(folder, mode)
    return folder
  }

  /// The names in a folder below the folder (or in itself), sorted, without `.` and `..`.
  public func list(_ name: String = "") throws -> [String] {
    guard let names = Self.names(path + "/" + name) else {
      throw ChildProcess.Failure.system("opendir \(name)", errno)
    }
    return names.sorted()
  }

  private static func names(_ folder: String) -> [String]? {
    guard let stream = opendir(folder) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  private static func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFDIR {
      chmod(path, 0o700)
      for name in names(path) ?? [] { remove(path + "/" + name) }
      rmdir(path)
    } else {
      unlink(path)
    }
  }
}

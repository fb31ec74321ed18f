internal import Glibc

/// A folder with the settings of another program (docker, notary), read and never written.
///
/// On the machine itself links are followed, since such settings are often linked in from elsewhere; below a sysroot none is. Errors name
/// paths as they are opened from here.
public struct ForeignFolder: Hashable, Sendable {
  /// The machine.
  public let sysroot: Sysroot
  /// The folder, absolute, without the sysroot.
  public let path: String

  /// How many names are looked at.
  public static let nameLimit = 1_000

  /// A folder.
  public init(sysroot: Sysroot, path: String) {
    (self.sysroot, self.path) = (sysroot, path)
  }

  /// Docker's own: `$DOCKER_CONFIG`, or else `~/.docker`; nil where neither is an absolute path.
  public static func docker(sysroot: Sysroot, environment: (String) -> String?) -> ForeignFolder? {
    if let named = environment("DOCKER_CONFIG"), !named.isEmpty {
      return named.hasPrefix("/") ? ForeignFolder(sysroot: sysroot, path: named) : nil
    }
    guard let home = environment("HOME"), home.hasPrefix("/") else { return nil }
    return ForeignFolder(sysroot: sysroot, path: home + "/.docker")
  }

  /// Where it lies, as it is opened from here.
  public var place: String { sysroot.located(path) }

  /// A folder in it.
  public func folder(_ name: String) -> ForeignFolder { ForeignFolder(sysroot: sysroot, path: path + "/" + name) }

  /// Where a file of it lies, as it is opened from here.
  public func located(_ name: String) -> String { sysroot.located(path + "/" + name) }

  /// The names in it, in byte order; none where it is not there.
  ///
  /// - Throws: `StoreError` where it cannot be looked into, or holds more than the limit.
  public func names() throws(StoreError) -> [String] {
    do throws(StoreError) {
      let directory = try sysroot.isMachine ? Directory.open(named: path) : sysroot.open(path)
      let names = try directory.names()
      guard names.count <= Self.nameLimit else { throw .tooLarge(path, limit: Self.nameLimit) }
      return names
    } catch .missing {
      return []
    } catch {
      throw error.located(by: sysroot)
    }
  }

  /// A regular file of at most `limit` octets, open for reading, and its size; nil where it is not there.
  ///
  /// The caller closes it. It may grow while it is read.
  public func open(_ name: String, limit: Int) throws(StoreError) -> (file: CInt, size: Int)? {
    let place = path + "/" + name
    let file: CInt
    do throws(StoreError) {
      file = try sysroot.isMachine ? Self.open(place) : sysroot.open(path).openFile(name)
    } catch .missing {
      return nil
    } catch {
      throw error.located(by: sysroot)
    }
    var raw = stat()
    guard unsafe fstat(file, &raw) == 0 else {
      let number = errno
      close(file)
      throw StoreError(errno: number, at: located(name))
    }
    let status = FileStatus(raw)
    guard status.kind == .regular, status.size <= limit else {
      close(file)
      throw status.kind == .regular ? .tooLarge(located(name), limit: limit) : .notRegular(located(name))
    }
    return (file, Int(status.size))
  }

  /// The contents of a regular file of at most `limit` octets that holds no secret; nil where it is not there.
  public func contents(of name: String, limit: Int) throws(StoreError) -> [UInt8]? {
    guard let (file, size) = try open(name, limit: limit) else { return nil }
    defer { close(file) }
    var contents: [UInt8] = []
    contents.reserveCapacity(size + 1)
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = unsafe Glibc.read(file, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw StoreError(errno: errno, at: located(name)) }
      if count == 0 { return contents }
      contents += chunk[..<count]
      guard contents.count <= limit else { throw .tooLarge(located(name), limit: limit) }
    }
  }

  private static func open(_ path: String) throws(StoreError) -> CInt {
    let file = unsafe Glibc.open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard file >= 0 else { throw StoreError(errno: errno, at: path) }
    return file
  }
}

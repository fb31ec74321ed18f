internal import Glibc

/// What this process may make in a root file system.
public struct UnpackRights: Sendable, Equatable {
  /// Whether it is root of the machine: only then owners, devices, FIFOs, set-user-id bits and file capabilities are what the archive
  /// says; else everything belongs to the caller.
  public let isRoot: Bool

  /// Rights that are named.
  public init(isRoot: Bool) { self.isRoot = isRoot }

  /// The rights of this process.
  ///
  /// The root of a user namespace has none beyond those of the user who made it.
  public static var current: UnpackRights {
    guard geteuid() == 0, let file = unsafe fopen("/proc/self/uid_map", "re") else {
      return UnpackRights(isRoot: geteuid() == 0)
    }
    defer { unsafe fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    guard unsafe fgets(&line, CInt(line.count), file) != nil else { return UnpackRights(isRoot: false) }
    let words = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      .split { $0 == " " || $0 == "\n" }
    return UnpackRights(isRoot: words == ["0", "0", "4294967295"])
  }
}

import Glibc
import TestSupport

/// What somebody else does on the machine while the console runs.
enum Outside {
  /// Makes an empty file.
  static func write(_ path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw ChildProcess.Failure.system("open \(path)", errno) }
    close(descriptor)
  }

  /// Makes a file that holds some octets.
  static func write(_ path: String, _ octets: [UInt8]) throws {
    try write(path)
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0, Glibc.write(descriptor, octets, octets.count) == octets.count else {
      throw ChildProcess.Failure.system("write \(path)", errno)
    }
    close(descriptor)
  }

  /// Removes a file.
  static func remove(_ path: String) throws {
    guard unlink(path) == 0 else { throw ChildProcess.Failure.system("unlink \(path)", errno) }
  }

  /// Empties a file, as somebody does who switches a key off.
  static func empty(_ path: String) throws {
    guard truncate(path, 0) == 0 else { throw ChildProcess.Failure.system("truncate \(path)", errno) }
  }
}

internal import Glibc

/// The file systems that files lie on.
enum FileSystemNumber {
  /// Whether two files lie on one; true as well where that cannot be told.
  static func isSame(_ first: String, _ second: String) -> Bool {
    guard let first = number(first), let second = number(second) else { return true }
    return first == second
  }

  private static func number(_ path: String) -> dev_t? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? status.st_dev : nil
  }
}

internal import TrustModel

/// A folder that was named by `--trust-dir`.
enum TrustFolderPath {
  /// The same as an absolute path.
  static func absolute(_ path: String) throws -> String {
    guard !path.hasPrefix("/") else { return path }
    guard let here = Environment["PWD"], here.hasPrefix("/") else {
      throw CommandFailure(.usage, "--trust-dir \(VisibleText(path)) must be an absolute path")
    }
    return here + "/" + path
  }
}

internal import Stores
internal import TrustModel

/// A folder that was named by `--trust-dir`.
enum TrustFolderPath {
  /// The folder on a machine: below a sysroot where there is one, of which nothing outside is touched.
  static func folder(_ path: String, on machine: Sysroot) throws -> TrustFolder {
    let path = try absolute(path)
    guard !machine.isMachine, path.hasPrefix(machine.path + "/") else {
      return TrustFolder(sysroot: machine, path: path)
    }
    return TrustFolder(sysroot: machine, path: String(path.dropFirst(machine.path.count)))
  }

  /// The same as an absolute path.
  static func absolute(_ path: String) throws -> String {
    guard !path.hasPrefix("/") else { return path }
    guard let here = Environment["PWD"], here.hasPrefix("/") else {
      throw CommandFailure(.usage, "--trust-dir \(VisibleText(path)) must be an absolute path")
    }
    return here + "/" + path
  }
}

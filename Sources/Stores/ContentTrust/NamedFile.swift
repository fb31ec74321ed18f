internal import Glibc

/// A file that configuration names by its path.
public enum NamedFile {
  /// The contents of a regular file of at most `limit` octets; nil where it is not there.
  ///
  /// On the machine itself links are followed, since authorities are often linked in from elsewhere; below a sysroot none is.
  public static func contents(of path: String, under sysroot: Sysroot, limit: Int) throws(StoreError) -> [UInt8]? {
    guard path.hasPrefix("/"), let slash = path.lastIndex(of: "/") else { throw .missing(path) }
    let (parent, name) = (String(path[..<slash]), String(path[path.index(after: slash)...]))
    do throws(StoreError) {
      guard sysroot.isMachine else { return try sysroot.open(parent).read(name, limit: limit).contents }
      let directory = try Directory.open(named: parent.isEmpty ? "/" : parent)
      guard try directory.status(of: name).kind == .symbolicLink else {
        return try directory.read(name, limit: limit).contents
      }
      guard let real = unsafe realpath(path, nil) else { throw StoreError(errno: errno, at: path) }
      defer { unsafe free(real) }
      return try contents(of: unsafe String(cString: real), under: sysroot, limit: limit)
    } catch .missing {
      return nil
    }
  }
}

internal import Glibc

/// The directory that stands for `/`: the machine itself, or a whole machine in a folder.
///
/// Source: CONTRACT, "Places". Below it no link is followed, so that nothing outside it is touched.
public struct Sysroot: Hashable, Sendable {
  /// The directory, `/` for the machine itself.
  public let path: String

  /// The machine itself.
  public static let machine = Sysroot("/")

  /// The machine in `path`.
  public init(_ path: String) {
    var path = path
    while path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
    self.path = path.isEmpty ? "/" : path
  }

  /// Whether this is the machine itself.
  public var isMachine: Bool { path == "/" }

  /// Where an absolute path of the machine lies.
  public func located(_ absolute: String) -> String {
    isMachine ? absolute : path + absolute
  }

  /// Opens a directory of the machine, component by component, without following links below the sysroot.
  func open(_ absolute: String) throws(StoreError) -> Directory {
    var directory = try Directory.open(named: path, shownAs: "")
    for component in absolute.split(separator: "/") { directory = try directory.openDirectory(component) }
    return directory
  }
}

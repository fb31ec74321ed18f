import Archives
import Glibc
import Images
import TestSupport

/// A folder that archives are unpacked to, with something beside it that nothing may touch.
final class UnpackedTree {
  private let folder: TemporaryDirectory
  private let tree: RootTree
  /// Whether this process may make everything.
  static var isRoot: Bool { UnpackRights.current.isRoot }

  init(limits: UnpackLimits = UnpackLimits(), asRoot: Bool = UnpackedTree.isRoot) throws {
    folder = try TemporaryDirectory(prefix: "kr-unpack")
    try folder.mkdir("root")
    try folder.mkdir("outside")
    try folder.write("outside/kept", Array("kept".utf8))
    tree = try RootTree(at: folder.path + "/root", limits: limits, rights: UnpackRights(isRoot: asRoot))
  }

  var outside: String { folder.path + "/outside" }
  var leftOut: LeftOut { tree.leftOut }

  /// Unpacks an archive over what is there.
  func apply(_ source: RootTree.Source = .layer, _ change: (inout MadeTar) -> Void) throws(ArchiveError) {
    var tar = MadeTar()
    change(&tar)
    tree.begin(source)
    var scanner = TarScanner(tree)
    let octets = tar.octets
    try octets.withUnsafeBufferPointer { (octets) throws(ArchiveError) in
      try scanner.feed(UnsafeRawBufferPointer(octets))
    }
    try scanner.finish()
  }

  func complete() throws(ArchiveError) { try tree.complete() }

  /// Nothing outside the root was touched, and nothing lies beside it.
  var isOutsideIntact: Bool {
    (try? folder.list()) == ["outside", "root"] && (try? folder.list("outside")) == ["kept"]
      && contents("../outside/kept") == "kept"
  }

  func path(_ name: String) -> String { folder.path + "/root/" + name }

  func names(_ directory: String = "") -> [String] { (try? folder.list("root/" + directory)) ?? [] }

  func contents(_ name: String) -> String? {
    let file = open(path(name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var octets = [UInt8](repeating: 0, count: 4096)
    let count = read(file, &octets, octets.count)
    return count < 0 ? nil : String(decoding: octets.prefix(count), as: UTF8.self)
  }

  func status(_ name: String) -> stat? {
    var status = stat()
    return lstat(path(name), &status) == 0 ? status : nil
  }

  func kind(_ name: String) -> mode_t? { status(name).map { $0.st_mode & S_IFMT } }

  func mode(_ name: String) -> mode_t? { status(name).map { $0.st_mode & 0o7777 } }

  func target(_ name: String) -> String? {
    var octets = [CChar](repeating: 0, count: 4096)
    let count = readlink(path(name), &octets, octets.count)
    return count < 0 ? nil : String(decoding: octets.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

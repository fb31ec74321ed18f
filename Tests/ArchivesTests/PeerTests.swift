import Archives
import Glibc
import Testing
import TrustModel

/// Archives made by the programs that people make images with.
@Suite struct PeerTests {
  /// A tree with links, a long path, a name outside ASCII and a file of several blocks.
  private static func tree(_ scratch: Scratch) throws -> String {
    let long = String(repeating: "l", count: 90)
    try run(["mkdir", "-p", scratch.path + "/image/rootfs/\(long)/\(long)/\(long)"])
    let manifest = """
      {"acKind": "ImageManifest", "acVersion": "0.8.11", "name": "example.com/hello",
       "labels": [{"name": "version", "value": "0.0.1"}, {"name": "os", "value": "linux"}]}
      """
    _ = try scratch.write(Array(manifest.utf8), "image/manifest")
    _ = try scratch.write([UInt8](repeating: 7, count: 100_000), "image/rootfs/a")
    _ = try scratch.write([1], "image/rootfs/\(long)/\(long)/\(long)/\u{e9}")
    try run(["ln", scratch.path + "/image/rootfs/a", scratch.path + "/image/rootfs/hard"])
    try run(["ln", "-s", "/etc/\(long)/\(long)", scratch.path + "/image/rootfs/soft"])
    return scratch.path + "/image"
  }

  private static func check(_ scratch: Scratch, _ name: String, _ compression: Compression, entries: Int) throws {
    let image = try readImage(scratch.read(name))
    #expect(image.manifest.name.description == "example.com/hello")
    #expect(image.manifest.labels["version"] == "0.0.1")
    #expect(image.compression == compression)
    #expect(image.entryCount == entries)
  }

  @Test("reads what actool builds")
  func actool() throws {
    let scratch = try Scratch()
    let tree = try Self.tree(scratch)
    try run(["actool", "build", tree, scratch.path + "/x.aci"])
    try Self.check(scratch, "x.aci", .gzip, entries: 9)
    try run(["actool", "build", "--no-compression", tree, scratch.path + "/y.aci"])
    try Self.check(scratch, "y.aci", .none, entries: 9)
  }

  @Test(
    "reads what GNU tar packs, in each of its formats that holds long paths, and from the directory itself",
    arguments: ["gnu", "oldgnu", "posix"])
  func gnuTar(format: String) throws {
    let scratch = try Scratch()
    let tree = try Self.tree(scratch)
    let name = scratch.path + "/x.tar"
    try run(["tar", "-C", tree, "--format", format, "-cf", name, "manifest", "rootfs"])
    try Self.check(scratch, "x.tar", .none, entries: 9)
    try run(["tar", "-C", tree, "--format", format, "-cJf", name, "."])
    try Self.check(scratch, "x.tar", .xz, entries: 10)
  }

  @Test("reads what Python packs", arguments: ["PAX_FORMAT", "GNU_FORMAT"])
  func python(format: String) throws {
    let scratch = try Scratch()
    let tree = try Self.tree(scratch)
    let program = """
      import sys, tarfile
      with tarfile.open(sys.argv[2], "w:bz2", format=tarfile.\(format)) as tar:
          tar.add(sys.argv[1] + "/rootfs", "rootfs"); tar.add(sys.argv[1] + "/manifest", "manifest")
      """
    try run(["python3", "-c", program, tree, scratch.path + "/x.tar"])
    try Self.check(scratch, "x.tar", .bzip2, entries: 9)
  }

  @Test("the octets handed over are the ones that the image id is computed from")
  func imageID() throws {
    let scratch = try Scratch()
    try run(["actool", "build", Self.tree(scratch), scratch.path + "/x.aci"])
    var seen: [UInt8] = []
    try readImage(scratch.read("x.aci"), collect: { seen += $0 })
    #expect(try seen == scratch.filter(["gzip", "-dc"], scratch.read("x.aci")))
  }
}

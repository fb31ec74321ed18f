import Glibc
import TestSupport
import Testing

/// The runtime of this machine.
enum ContainerRuntimeHere {
  /// Whether this process may make containers, and has something to run in them.
  static let canRun: Bool = {
    let hasAll = ["/usr/sbin/runc", "/bin/busybox"].allSatisfy { (path: String) in access(path, X_OK) == 0 }
    let isAllowed = geteuid() == 0 && access("/sys/fs/cgroup", W_OK) == 0 && hasAll
    if !isAllowed { print("skipped: no container runs on this machine (runc, busybox-static and root are needed)") }
    return isAllowed
  }()
}

/// Container images fetched and run by the real runc, judged anew each time.
@Suite("Running container images of a registry", .enabled(if: ContainerRuntimeHere.canRun), .timeLimit(.minutes(3)))
final class ContainerRunTests {
  private let folder: TemporaryDirectory
  private let notary: NotaryPeer
  private let registry: RegistryPeer

  init() throws {
    folder = try TemporaryDirectory(prefix: "kr-run")
    (notary, registry) = (try NotaryPeer(), try RegistryPeer())
  }

  /// An image with busybox, and a layer of its own.
  private func image(_ own: String) throws -> MadeContainer {
    var image = MadeContainer()
    try image.addLayer(try ChildProcess.run(["tar", "-C", "/bin", "-cf", "-", "busybox"]).output, .gzip)
    try image.addLayer(MadeContainer.tar(named: "own", Array(own.utf8)), .zstd)
    image.finish()
    return image
  }

  /// Runs a shell line in an image; `--trust-on-first-use` is one of the options of fetching that running takes, too.
  private func run(_ machine: ContainerMachine, _ image: String, _ line: String, _ options: [String] = []) throws
    -> ChildProcess.Outcome
  {
    guard let program = BuiltProgram.path("keyreeve") else { throw NotaryPeer.Failure.failed("no keyreeve") }
    let words = ["run", image, "--sysroot", machine.machine.path, "--trust-on-first-use", "--exec", "/busybox"]
    return try ChildProcess.run(
      [program] + words + options + ["--", "sh", "-c", line], environment: machine.environment)
  }

  @Test("By reference, stored name and digest; a moved tag and a revoked one are not run any more")
  func judged() throws {
    let owner = try ContainerMachine(notary, registry: registry.port)
    let (first, second) = (try image("first"), try image("second"))
    let name = owner.name("team/box:v1")
    try owner.push(name, from: try first.write(to: folder, as: "first"))
    let reader = try ContainerMachine(notary, registry: registry.port)
    let outcome = try run(reader, "docker://" + name, "/busybox cat /own; exit 7")
    #expect(outcome.status == 7 && outcome.text == "first", "\(outcome.errorText)")
    for stored in [name, String(first.manifest.prefix(20))] {
      #expect(try run(reader, stored, "/busybox cat /own").text == "first", "\(stored)")
    }
    #expect(try run(reader, "sha256:" + String(repeating: "0", count: 64), "true").status == 11)
    #expect(try run(reader, "docker://" + name, "true", ["--signature", "/x"]).status == 2)
    try owner.push(name, from: try second.write(to: folder, as: "second"))
    let moved = try run(reader, first.manifest, "/busybox cat /own")
    #expect(moved.status == 17 && moved.text.isEmpty, "\(moved.status) \(moved.errorText)")
    #expect(try run(reader, name, "/busybox cat /own").text == "second")
    try owner.run(["content", "revoke", "--yes", owner.name("team/box"), "v1"])
    let revoked = try run(reader, name, "/busybox cat /own")
    #expect(revoked.status == 10 && revoked.text.isEmpty, "\(revoked.status) \(revoked.errorText)")
    #expect(reader.machine.names(in: "/var/lib/keyreeve/runs") == ["lock"])
  }

  @Test("A layer that was damaged on the disk is told, removed with its image, and fetched anew for all that need it")
  func damaged() throws {
    let owner = try ContainerMachine(notary, registry: registry.port)
    let image = try image("own")
    let names = [owner.name("team/a:v1"), owner.name("team/b:v1")]
    for name in names { try owner.push(name, from: try image.write(to: folder, as: "image")) }
    let reader = try ContainerMachine(notary, registry: registry.port)
    for name in names { #expect(try run(reader, "docker://" + name, "true").status == 0) }
    let place = "/var/lib/keyreeve/oci/blobs/sha256/" + image.layers[0].dropFirst(7)
    var octets = try #require(reader.machine.contents(place))
    // Where the first reader stumbles, which is no reason by itself.
    octets[octets.count / 2] ^= 0xff
    for other in [octets, Array(octets.dropLast(9))] {
      try reader.machine.write(place, other)
      let refused = try run(reader, names[0], "true", ["--platform", "linux/amd64"])
      // One of another length is fetched anew at once.
      let isLonger = other.count != octets.count
      #expect(refused.status == (isLonger ? 0 : 15), "\(refused.status) \(refused.errorText)")
    }
    try reader.machine.write(place, octets)
    try reader.run(["image", "rm", "docker://" + names[0]])
    #expect(reader.machine.contents(place) == nil)
    for name in names { #expect(try run(reader, "docker://" + name, "true").status == 0) }
  }

  @Test("Of an image whose manifest is damaged nobody knows what it needs: the others are removed all the same")
  func damagedManifest() throws {
    let owner = try ContainerMachine(notary, registry: registry.port)
    let images = [try image("own"), try image("other")]
    let names = [owner.name("team/a:v1"), owner.name("team/b:v1")]
    let reader = try ContainerMachine(notary, registry: registry.port)
    for (name, image) in zip(names, images) {
      try owner.push(name, from: try image.write(to: folder, as: "image"))
      try reader.fetch(name)
    }
    try reader.machine.write("/var/lib/keyreeve/oci/blobs/sha256/" + images[1].manifest.dropFirst(7), Array("{}".utf8))
    try reader.run(["image", "rm", "docker://" + names[0]])
    #expect(try reader.run(["image", "gc"], status: 15).errorText.contains(names[1]))
    try reader.run(["image", "rm", "docker://" + names[1]])
    try reader.run(["image", "gc", "--grace-period", "0"])
    #expect(reader.blobs.isEmpty)
  }
}

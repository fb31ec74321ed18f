import Glibc
import TestSupport
import Testing

/// A fetch that is killed, again and again, while its layers come.
@Suite("Interrupted fetches", .timeLimit(.minutes(5)))
struct InterruptedFetchTests {
  @Test("kill -9 at any time leaves nothing half-done under its name, and the next one goes on")
  func killed() throws {
    let (notary, registry) = (try NotaryPeer(), try RegistryPeer())
    let folder = try TemporaryDirectory(prefix: "kr-killed")
    let owner = try ContainerMachine(notary, registry: registry.port)
    let image = try MadeContainer(octets: 6_000_000)
    let name = owner.name("team/killed:v1")
    try owner.push(name, from: try image.write(to: folder, as: "image"))
    let reader = try ContainerMachine(notary, registry: registry.port)
    try reader.run(["content", "lookup", owner.name("team/killed"), "v1", "--trust-on-first-use"])
    let program = try #require(BuiltProgram.path("keyreeve"))
    for delay in 0..<12 {
      // By timeout's own clock, so that it ends somewhere between the first request and the last rename.
      _ = try ChildProcess.run(
        [
          "timeout", "-s", "KILL", "\(0.02 * Double(delay + 1))", program, "fetch", "docker://" + name, "--sysroot",
          reader.machine.path,
        ],
        environment: reader.environment)
      for blob in reader.blobs {
        #expect(reader.machine.contents("/var/lib/keyreeve/oci/blobs/sha256/" + blob) == image.blobs["sha256:" + blob])
      }
    }
    #expect(try reader.fetch(name).text == image.manifest + "\n")
    #expect(try reader.run(["image", "verify", "docker://" + name]).text.hasPrefix("accepted"))
    try reader.run(["image", "gc", "--grace-period", "0"])
    #expect(reader.staging.isEmpty && reader.blobs.count == image.blobs.count)
  }
}

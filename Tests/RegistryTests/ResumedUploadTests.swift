import Fetch
import TestSupport
import Testing
import TrustModel

@testable import Images
@testable import Registry

/// Uploads that are cut once, and what is sent again.
@Suite("Resumed uploads", .timeLimit(.minutes(2)))
struct ResumedUploadTests {
  @Test("What the registry says that it has is not sent again", arguments: [nil, UInt64(600_000)])
  func resumed(_ chunk: UInt64?) throws {
    let peer = try UploadPeer(cuttingAbove: 200_000)
    let folder = try TemporaryDirectory(prefix: "kr-resumed")
    let image = try MadeContainer(octets: 1_000_000, forms: [.none])
    let reference = try DockerReference("localhost:\(peer.port)/team/app:v1")
    let local = try LocalImage(try image.write(to: folder, as: "image"), named: reference)
    let access = RegistryAccess(try RegistryServer("localhost:\(peer.port)", isInsecure: true), FetchSettings())
    // One after the other: the peer knows one upload at a time.
    let client = access.client(reference.repository, actions: "pull,push")
    for blob in local.blobs {
      var told: Int64 = 0
      try BlobUpload(client, chunk: chunk).run(blob, local.piece(blob.digest)) { told += $0 }
      #expect(told == Int64(blob.size))
    }
    let size = local.blobs.map(\.size).max() ?? 0
    let first = min(chunk ?? size, size)
    let half = first / 2
    let log = try peer.log.filter { !$0.hasPrefix("POST") }
    var expected = ["PATCH 0 \(half)", "GET \(half)", "PATCH \(half) \(min(chunk ?? size, size - half))"]
    if let chunk, half + chunk < size { expected.append("PATCH \(half + chunk) \(size - half - chunk)") }
    #expect(log.filter { !$0.hasPrefix("PUT") }.suffix(expected.count) == expected[...], "\(log)")
    #expect(log.filter { $0.hasPrefix("PUT") } == ["PUT True", "PUT True"])
  }

  @Test("An upload to docker-registry, which gives up what was cut, begins anew and goes through")
  func anew() throws {
    let (registry, notary) = (try RegistryPeer(), try NotaryPeer())
    let folder = try TemporaryDirectory(prefix: "kr-anew")
    let image = try MadeContainer(octets: 2_000_000, forms: [.none])
    let proxy = try CutOnceProxy(to: registry.port, after: 1_000_000)
    let owner = try ContainerMachine(notary, registry: proxy.port)
    let name = owner.name("team/once:v1")
    try owner.push(name, from: try image.write(to: folder, as: "image"), "--chunk-size", "262144")
    #expect(try proxy.cuts() == 1)
    try owner.fetch(name)
    #expect(try owner.run(["image", "verify", "docker://" + name]).text.hasPrefix("accepted"))
  }
}

import Credentials
import Fetch
import Registry
import Stores
import TestSupport
import Testing
import TrustModel

@testable import Images

/// Registries that lie, cut and stall, played by a test site; straight into the store.
@Suite("Registries that lie", .timeLimit(.minutes(3)))
struct LyingRegistryTests {
  private let site: TestSite
  private let machine: SandboxMachine

  init() throws { (site, machine) = (try TestSite(), try SandboxMachine()) }

  private var writer: ContainerStoreWriter {
    ContainerStoreWriter(
      ContainerStore(StateDirectory(sysroot: Sysroot(machine.path), user: 0) { _ in nil }))
  }

  private func fetch(
    _ digest: String, size: UInt64? = nil, repository: String = "team/app",
    credentials: DockerCredentials? = nil, host: HostSettings? = nil
  ) throws -> FetchedContainer {
    var settings = FetchSettings()
    settings.caBundle = SettingFile(path: try SiteCertificate.authorities, origin: "the test")
    if let host { settings.hosts.append(host) }
    let access = RegistryAccess(try RegistryServer("localhost:\(site.port)"), settings, credentials: credentials)
    let reference = DockerReference(try Repository("localhost:\(site.port)/\(repository)"), tag: .latest)
    let verdict = Verdict(subject: .init(reference.repository, tag: "latest"), outcome: .accepted, message: "signed")
    var wanted = WantedContainer(reference, digest: try ManifestDigest(digest), size: size, verdict: verdict)
    wanted.platform = ImagePlatform("linux", "amd64")
    return try ContainerFetcher(into: writer, from: access).fetch(wanted, at: Timestamp(seconds: 1_795_000_000)) {
      _, _ in
    }
  }

  private func failure(_ digest: String, size: UInt64? = nil) throws -> RegistryError {
    try #require(throws: RegistryError.self) { try fetch(digest, size: size) }
  }

  private var blobs: [String] { machine.names(in: "/var/lib/keyreeve/oci/blobs/sha256") ?? [] }

  @Test("The digest of what came decides, whatever the headers say; the signed length too")
  func manifests() throws {
    let image = try MadeContainer(octets: 3000)
    try image.serve(on: site, as: "team/app", tag: "latest")
    let place = "/v2/team/app/manifests/\(image.manifest)"
    let good = SiteAnswer(.octets(image.blobs[image.manifest] ?? []))
    try site.answer(
      place,
      SiteAnswer(.octets(Array("{}".utf8))).with(header: "Content-Type", MadeContainer.manifestType)
        .with(header: "Docker-Content-Digest", image.manifest))
    #expect(try failure(image.manifest).reason == .tampered)
    try site.answer(place, good.with(header: "Content-Type", "application/vnd.docker.distribution.manifest.v2+json"))
    #expect(try failure(image.manifest).description.contains("delivered as"))
    try site.answer(place, good.with(header: "Content-Type", MadeContainer.manifestType))
    let length = UInt64(image.blobs[image.manifest]?.count ?? 0)
    #expect(try failure(image.manifest, size: length + 1).reason == .tampered)
    #expect(try fetch(image.manifest, size: length).record.layers == 3)
    try site.answer(
      "/v2/team/app/manifests/\(image.layers[0])",
      SiteAnswer(.endless).with(header: "Content-Type", MadeContainer.manifestType))
    #expect(try failure(image.layers[0]).description.contains("more than \(RegistryLimits.manifestOctets)"))
  }

  @Test("Layers: other octets, too many, too few; nothing is kept under its name")
  func layers() throws {
    let image = try MadeContainer(octets: 30_000, forms: [.gzip])
    let layer = image.layers[0]
    let octets = image.blobs[layer] ?? []
    try image.serve(on: site, as: "team/app", tag: "latest")
    let place = "/v2/team/app/blobs/\(layer)"
    for (answer, reason) in [
      (SiteAnswer(.octets(MadeContainer.noise(octets.count))), Reason.tampered),
      (SiteAnswer(.octets(octets + [0])), .malformed), (SiteAnswer(.endless), .tampered),
      (SiteAnswer(.octets(octets.dropLast())), .tampered), (SiteAnswer.status(404), .notFound),
      (SiteAnswer(.gzip(ofZeros: 1)).with(header: "Content-Encoding", "gzip"), .failed),
    ] {
      try site.answer(place, answer)
      let error = try failure(image.manifest)
      #expect(error.reason == reason || error.reason == .tampered, "\(error)")
      #expect(!blobs.contains(String(layer.dropFirst(7))))
    }
  }

  @Test("A layer that is not what the configuration says is told where it is unpacked, and one altered on disk as well")
  func unpacked() throws {
    var image = MadeContainer()
    let plain = MadeContainer.noise(9000)
    try image.addLayer(plain, .zstd, claimed: "sha256:" + String(repeating: "0", count: 64))
    try image.addLayer(plain, .gzip)
    image.finish()
    try image.serve(on: site, as: "team/app", tag: "latest")
    let stored = try LayeredImage(try fetch(image.manifest).record, in: writer.store)
    let lying = try #require(throws: RegistryError.self) { try stored.read(0) { _ in } }
    #expect(lying.reason == .malformed && lying.description.contains("configuration says"), "\(lying)")
    var octets: [UInt8] = []
    try stored.read(1) { octets += $0 }
    #expect(octets == plain)

    let path = "/var/lib/keyreeve/oci/blobs/sha256/\(image.layers[1].dropFirst(7))"
    try machine.write(path, (try #require(machine.contents(path))).dropLast() + [1])
    let tampered = try #require(throws: RegistryError.self) { try stored.read(1) { _ in } }
    #expect(tampered.reason == .tampered && tampered.description.contains("keyreeve image rm"), "\(tampered)")
  }

  @Test("What is cut goes on where it ended, and a server without ranges begins anew")
  func resumed() throws {
    let image = try MadeContainer(octets: 600_000, forms: [.gzip])
    try image.serve(on: site, as: "team/app", tag: "latest")
    let place = "/v2/team/app/blobs/\(image.layers[0])"
    let octets = image.blobs[image.layers[0]] ?? []
    let whole = SiteAnswer(.octets(octets)).with { $0.ranges = true }
    try site.answer(place, whole.with { $0.cutAfter = 200_000 }, whole.with { $0.cutAfter = 200_000 }, whole)
    #expect(try fetch(image.manifest).fetched == UInt64(octets.count))
    let ranges = try site.requests(place).map { $0.headers["range"] }
    #expect(ranges == [nil, "bytes=200000-", "bytes=400000-"], "\(ranges)")

    let other = try MadeContainer(octets: 600_000, forms: [.none])
    try other.serve(on: site, as: "team/app", tag: "latest")
    let plain = SiteAnswer(.octets(other.blobs[other.layers[0]] ?? []))
    try site.answer("/v2/team/app/blobs/\(other.layers[0])", plain.with { $0.cutAfter = 300_000 }, plain)
    _ = try fetch(other.manifest)
  }

  @Test("A wrong part is refused; a part of something else is noticed by the digest and fetched anew")
  func mixed() throws {
    let image = try MadeContainer(octets: 600_000, forms: [.gzip])
    try image.serve(on: site, as: "team/app", tag: "latest")
    let hex = String(image.layers[0].dropFirst(7))
    let octets = image.blobs[image.layers[0]] ?? []
    // What an earlier process has left is of another blob.
    try machine.write("/var/lib/keyreeve/oci/staging/\(hex).part", MadeContainer.noise(100_000))
    _ = try fetch(image.manifest)
    #expect(machine.contents("/var/lib/keyreeve/oci/blobs/sha256/\(hex)") == octets)

    let second = try MadeContainer(octets: 600_000, forms: [.gzip])
    try second.serve(on: site, as: "team/app", tag: "latest")
    let place = "/v2/team/app/blobs/\(second.layers[0])"
    let whole = SiteAnswer(.octets(second.blobs[second.layers[0]] ?? [])).with { $0.ranges = true }
    try site.answer(
      place, whole.with { $0.cutAfter = 200_000 }, whole.with { $0.contentRange = "bytes 100-199/200" })
    let error = try failure(second.manifest)
    #expect(
      error.description.contains("and not from 200000") || error.description.contains("cannot be resumed"), "\(error)")
    #expect(!blobs.contains(String(second.layers[0].dropFirst(7))))
  }

  @Test("A layer elsewhere is fetched from there, and what the registry was shown is not shown there")
  func redirected() throws {
    let image = try MadeContainer(octets: 30_000, forms: [.gzip])
    try image.serve(on: site, as: "team/app", tag: "latest")
    let elsewhere = try site.open(try .https())
    let place = "/v2/team/app/blobs/\(image.layers[0])"
    try site.answer(
      place,
      .redirect(to: "https://localhost:\(elsewhere)/store/layer", status: 307).with {
        $0.demands = ("Basic \(RegistryPeer.login)", "Basic realm=\"tests\"")
      })
    try site.answer("/store/layer", SiteAnswer(.octets(image.blobs[image.layers[0]] ?? [])))
    let login = "{\"auths\":{\"localhost:\(site.port)\":{\"auth\":\"\(RegistryPeer.login)\"}}}"
    try machine.write("/docker/config.json", Array(login.utf8), mode: 0o600)
    let credentials = DockerCredentials(ForeignFolder(sysroot: Sysroot(machine.path), path: "/docker"))
    // Private addresses are nothing that a registry may lead to by itself.
    let refused = try #require(throws: RegistryError.self) { try fetch(image.manifest, credentials: credentials) }
    #expect(refused.description.contains("allow-private"))
    var other = try HostSettings(authority: "localhost:\(elsewhere)")
    (other.allowsPrivate, other.caBundle) = (
      true, SettingFile(path: try SiteCertificate.authorities, origin: "the test")
    )
    _ = try fetch(image.manifest, credentials: credentials, host: other)
    #expect(try site.requests(place).contains { $0.headers["authorization"] != nil })
    let there = try site.requests("/store/layer")
    #expect(!there.isEmpty && there.allSatisfy { $0.headers["authorization"] == nil })
  }

  @Test("Without an answer for a while it is tried again, and given up in the end")
  func busy() throws {
    let image = try MadeContainer(octets: 30_000, forms: [.gzip])
    try image.serve(on: site, as: "team/app", tag: "latest")
    let place = "/v2/team/app/blobs/\(image.layers[0])"
    let good = SiteAnswer(.octets(image.blobs[image.layers[0]] ?? []))
    try site.answer(place, .status(503), .status(502), good)
    _ = try fetch(image.manifest)
    let other = try MadeContainer(octets: 30_000, forms: [.none])
    try other.serve(on: site, as: "team/app", tag: "latest")
    try site.answer("/v2/team/app/blobs/\(other.layers[0])", .status(503))
    #expect(try failure(other.manifest).description.contains("busy"))
    #expect(try site.requests("/v2/team/app/blobs/\(other.layers[0])").count == 4)
  }
}

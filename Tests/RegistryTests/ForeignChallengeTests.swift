import Credentials
import Fetch
import Images
import Registry
import Stores
import TestSupport
import Testing
import TrustModel

/// A registry leads elsewhere for a layer, and who is there asks for what is the registry's alone.
@Suite("Challenges of others than the registry", .timeLimit(.minutes(1)))
struct ForeignChallengeTests {
  private let site: TestSite
  private let machine: SandboxMachine

  init() throws { (site, machine) = (try TestSite(), try SandboxMachine()) }

  private func fetch(_ image: MadeContainer, elsewhere: Int) throws {
    let login = "{\"auths\":{\"localhost:\(site.port)\":{\"auth\":\"\(RegistryPeer.login)\"}}}"
    try machine.write("/docker/config.json", Array(login.utf8), mode: 0o600)
    var settings = FetchSettings()
    settings.caBundle = SettingFile(path: try SiteCertificate.authorities, origin: "the test")
    var other = try HostSettings(authority: "localhost:\(elsewhere)")
    (other.allowsPrivate, other.caBundle) = (true, settings.caBundle)
    settings.hosts.append(other)
    let sysroot = Sysroot(machine.path)
    let access = RegistryAccess(
      try RegistryServer("localhost:\(site.port)"), settings,
      credentials: DockerCredentials(ForeignFolder(sysroot: sysroot, path: "/docker")))
    let reference = DockerReference(try Repository("localhost:\(site.port)/team/app"), tag: .latest)
    let verdict = Verdict(subject: .init(reference.repository, tag: "latest"), outcome: .accepted, message: "signed")
    var wanted = WantedContainer(reference, digest: try ManifestDigest(image.manifest), size: nil, verdict: verdict)
    wanted.platform = ImagePlatform("linux", "amd64")
    let store = ContainerStore(StateDirectory(sysroot: sysroot, user: 0) { _ in nil })
    _ = try ContainerFetcher(into: ContainerStoreWriter(store), from: access).fetch(
      wanted, at: Timestamp(seconds: 1_795_000_000)
    ) { _, _ in }
  }

  @Test("Nobody gets a password or token because the registry led there", arguments: ["Bearer", "Basic"])
  func elsewhere(_ kind: String) throws {
    let image = try MadeContainer(octets: 3000, forms: [.gzip])
    try image.serve(on: site, as: "team/app", tag: "latest")
    let elsewhere = try site.open(try .https())
    let place = "/v2/team/app/blobs/"
    let demands = (authorization: "Basic \(RegistryPeer.login)", challenge: "Basic realm=\"tests\"")
    // By then the password was shown to the registry.
    try site.answer(
      place + image.configuration,
      SiteAnswer(.octets(image.blobs[image.configuration] ?? [])).with { $0.demands = demands })
    try site.answer(
      place + image.layers[0],
      .redirect(to: "https://localhost:\(elsewhere)/store/layer", status: 307).with { $0.demands = demands })
    let challenge = kind == "Basic" ? "Basic realm=\"x\"" : "Bearer realm=\"https://localhost:\(elsewhere)/steal\""
    try site.answer("/store/layer", SiteAnswer.status(401).with(header: "WWW-Authenticate", challenge))
    try site.answer("/steal", .text("{\"token\":\"stolen\"}", type: "application/json"))
    let error = try #require(throws: RegistryError.self) { try fetch(image, elsewhere: elsewhere) }
    #expect(error.reason == .failed && error.description.contains("led to"), "\(error)")
    #expect(try site.requests("/steal").isEmpty)
    #expect(try site.requests("/store/layer").allSatisfy { $0.headers["authorization"] == nil })
  }
}

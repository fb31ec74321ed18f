import ContentChange
import ContentSigning
import ContentTrust
import Fetch
import SignedMetadata
import Stores
import StrictJSON
import TestSupport
import Testing
import TrustModel

/// The folder behind a web server that knows nothing of it: read by the real notary, by the real docker, and by Keyreeve.
@Suite("A folder of repositories behind a web server", .timeLimit(.minutes(3)))
struct FolderServedTests {
  /// The folder's repository is called after the site, where docker looks for it.
  private func served() throws -> (desk: FolderDesk, site: TestSite) {
    let site = try TestSite()
    let desk = try FolderDesk()
    try desk.makeRepository(targets: ["v1", "a&b"])
    try site.serve(desk.machine.located(FolderDesk.place))
    return (desk, site)
  }

  private func docker(_ desk: FolderDesk, _ site: TestSite) throws -> ChildProcess.Outcome {
    let certificates = "/other/tls/localhost:\(site.port)/ca.crt"
    try desk.machine.write(certificates, try ChildProcess.run(["cat", try SiteCertificate.authorities]).output)
    return try ChildProcess.run(
      ["docker", "trust", "inspect", FolderDesk.name],
      environment: ChildProcess.cleanEnvironment.merging([
        "HOME": desk.machine.located("/other"), "DOCKER_CONFIG": desk.machine.located("/other"),
        "DOCKER_CONTENT_TRUST_SERVER": "https://localhost:\(site.port)",
      ]) { $1 })
  }

  private func notary(_ desk: FolderDesk, _ site: TestSite) throws -> String {
    let outcome = try ChildProcess.run(
      [
        "notary", "-s", "https://localhost:\(site.port)", "--tlscacert", try SiteCertificate.authorities, "-d",
        desk.machine.located("/notary"), "list", FolderDesk.name,
      ], environment: ChildProcess.cleanEnvironment.merging(["HOME": desk.machine.located("/home")]) { $1 })
    return outcome.text + outcome.errorText
  }

  private func keyreeve(_ desk: FolderDesk, _ site: TestSite) throws -> RepositoryReading {
    var settings = FetchSettings()
    settings.caBundle = SettingFile(path: try SiteCertificate.authorities, origin: "the test")
    let client = MetadataClient(
      try NotaryServer("https://localhost:\(site.port)"), for: desk.repository, with: Fetcher(settings))
    var pins = TrustPins()
    pins.allowsFirstUse = true
    return try RepositoryReader(desk.repository, from: KeptMetadata { _ in nil }, pins: pins, at: FolderDesk.now) {
      client.answer($0)
    }.read()
  }

  @Test("notary, docker and Keyreeve read what was published, after the next publication and after new keys, too")
  func everybody() throws {
    let (desk, site) = try served()
    for round in 1...3 {
      if round == 2 { try desk.sign("v2") }
      if round == 3 {
        let key = try desk.host().ownKey(of: .timestamp, isNew: true)
        let own = try desk.host().ownKey(of: .snapshot, isNew: true)
        try desk.publisher().publish(at: FolderDesk.now) {
          $0.changeRoot {
            $0.roles[.timestamp] = .init([key])
            $0.roles[.snapshot] = .init([own])
          }
        } review: { _ in
        }
      }
      let list = try notary(desk, site)
      #expect(list.contains("v1") && list.contains("a&b") && list.contains("v2") == (round > 1), "\(round): \(list)")
      let inspected = try docker(desk, site)
      #expect(inspected.status == 0 && inspected.text.contains("\"SignedTag\": \"v1\""), "\(inspected.errorText)")
      #expect(inspected.text.contains("\"SignedTag\": \"v2\"") == (round > 1))
      let reading = try keyreeve(desk, site)
      #expect(reading.trusted.root.head.version == (round == 3 ? 2 : 1))
    }
  }
}

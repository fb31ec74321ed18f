import ContentTrust
import Credentials
import Fetch
import Glibc
import SignedMetadata
import Stores
import StrictJSON
import TestSupport
import Testing
import TrustModel

@Suite("Servers of signed metadata")
struct ServerTests {
  private static let now = Timestamp(seconds: Int64(time(nil)))
  private static let name = "example.com/team/app"

  private static func settings(_ change: (inout FetchSettings) throws -> Void = { _ in }) throws -> FetchSettings {
    var settings = FetchSettings()
    settings.caBundle = SettingFile(path: try SiteCertificate.authorities, origin: "the test")
    try change(&settings)
    return settings
  }

  private static func read(
    _ address: String, _ settings: FetchSettings, from kept: KeptMetadata = KeptMetadata { _ in nil },
    credentials: (any CredentialSource)? = nil
  ) throws -> RepositoryReading {
    let repository = try Repository(name)
    let client = MetadataClient(
      try NotaryServer(address), for: repository, with: Fetcher(settings), credentials: credentials)
    var pins = TrustPins()
    pins.allowsFirstUse = true
    return try RepositoryReader(repository, from: kept, pins: pins, at: now) { client.answer($0) }.read()
  }

  @Test("A real notary-server with tokens: read with a password, refused without, and without access")
  func tokens() throws {
    let authority = try TokenAuthority()
    let peer = try NotaryPeer(tokens: authority)
    peer.environment["NOTARY_AUTH"] = "YWxpY2U6czNjcmV0"
    try authority.give(["*", "push", "pull"], on: Self.name, to: "Basic YWxpY2U6czNjcmV0")
    try peer.makeRepository(Self.name, targets: ["v1"])
    func password(_ digits: String) -> NotaryVariable { NotaryVariable(SecretOctets(Array(digits.utf8))) }
    func failure(_ source: NotaryVariable?) throws -> String {
      let error = #expect(throws: MetadataError.self) {
        try Self.read(peer.address, Self.settings(), credentials: source)
      }
      guard case .unreachable(let cause)? = error?.rule else { return "\(String(describing: error))" }
      return cause
    }
    try authority.give(["pull"], on: Self.name, to: "Basic YWxpY2U6czNjcmV0")
    let reading = try Self.read(peer.address, Self.settings(), credentials: password("YWxpY2U6czNjcmV0"))
    #expect(reading.roles[0].document.targets["v1"] != nil)
    #expect(try failure(nil).contains("docker login example.com, or set NOTARY_AUTH"))
    #expect(try failure(password("YWxpY2U6d3Jvbmc=")).contains("does not accept the password or token"))
    try authority.give([], on: Self.name)
    #expect(try failure(password("YWxpY2U6czNjcmV0")).contains("does not let the account from NOTARY_AUTH see"))
    try authority.give(["pull"], on: "example.com/team/other")
    #expect(try failure(password("YWxpY2U6czNjcmV0")).contains("does not let the account from NOTARY_AUTH see"))
  }

  @Test("One reading is one connection, however many documents it asks for")
  func connection() throws {
    let peer = try NotaryPeer()
    try peer.makeRepository(Self.name, targets: ["v1"])
    let proxy = try TestSite(.proxy())
    let settings = try Self.settings {
      $0.proxies = .always(try #require(Proxy(octets: Array("http://127.0.0.1:\(proxy.port)".utf8))))
    }
    #expect(try Self.read(peer.address, settings).roles.count == 1)
    #expect(try proxy.requests().map(\.method) == ["CONNECT"])
    // That a second connection would be seen: another reading has one of its own.
    _ = try Self.read(peer.address, settings)
    #expect(try proxy.requests().count == 2)
  }

  @Test("A server error, nothing where there was data yesterday, and a refused connection are three answers")
  func answers() throws {
    let peer = try NotaryPeer()
    try peer.makeRepository(Self.name, targets: ["v1"])
    try peer.notary(["list", Self.name])
    let kept = KeptMetadata(try Repository(Self.name), in: TrustFolder(sysroot: .machine, path: peer.trustFolder))
    // The server has lost everything, as one with its data in memory does when it is started again.
    let forgetful = try NotaryPeer()
    let error = #expect(throws: MetadataError.self) { try Self.read(forgetful.address, Self.settings(), from: kept) }
    #expect(error?.rule == .absent && error?.role == .timestamp)
    let site = try TestSite()
    try site.answer("*", .status(500))
    #expect(try Self.read(site.address(""), Self.settings(), from: kept).offline?.contains("status 500") == true)
    try site.answer("*", .status(503))
    #expect(try Self.read(site.address(""), Self.settings(), from: kept).offline?.contains("busy") == true)
    let refused = try Self.read("https://localhost:1", Self.settings(), from: kept)
    #expect(refused.offline?.contains("cannot be reached") == true)
    // Where nothing was kept, none of them is an answer.
    for (address, rule) in [(site.address(""), "503"), ("https://localhost:1", "cannot be reached")] {
      let error = #expect(throws: MetadataError.self) { try Self.read(address, Self.settings()) }
      #expect(error.map { "\($0)".contains(rule) } == true, "\(String(describing: error))")
    }
    #expect(throws: MetadataError(.root, .absent)) { try Self.read(forgetful.address, Self.settings()) }
  }

  @Test("The server: what is named, then by registry, then notary's, then docker's variable, then the registry")
  func rule() throws {
    var rule = ServerRule()
    func base(_ name: String) throws -> String { try rule.source(of: Repository(name)).base }
    #expect(try base("alpine") == "https://notary.docker.io")
    #expect(try base("Example.com:5000/x") == "https://Example.com:5000")
    rule.docker = ""
    #expect(try base("alpine") == "https://notary.docker.io")
    rule.docker = "https://variable.example/"
    #expect(try base("alpine") == "https://variable.example")
    rule.notary = "https://notary.example"
    #expect(try base("alpine") == "https://notary.example")
    rule.byRegistry["example.com:5000"] = .server(try NotaryServer("https://registry.example"))
    #expect(try base("Example.com:5000/x") == "https://registry.example")
    #expect(try base("example.com/x") == "https://notary.example")
    rule.named = "https://named.example"
    #expect(try base("example.com:5000/x") == "https://named.example")
    for bad in ["http://x", "x", "https://a@b", "https://x?y"] {
      rule.named = bad
      #expect(throws: AddressError.self) { try rule.source(of: Repository("alpine")) }
    }
  }

  @Test("A certificate that nobody vouches for is refused on localhost as everywhere")
  func localhost() throws {
    for certificate in [SiteCertificate.strange, .selfSigned, .wrongHost, .expired] {
      let site = try TestSite(certificate)
      for address in ["https://localhost:\(site.port)", "https://127.0.0.1:\(site.port)"] {
        let error = #expect(throws: MetadataError.self) { try Self.read(address, Self.settings()) }
        #expect(error.map { "\($0)".contains("no secure connection") } == true)
      }
      #expect(try site.requests().isEmpty)
    }
  }
}

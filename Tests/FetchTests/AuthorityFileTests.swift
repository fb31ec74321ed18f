import Fetch
import TestSupport
import Testing

@Suite("Several files of authorities")
struct AuthorityFileTests {
  private static func host(_ site: TestSite, _ files: [String]) throws -> FetchSettings {
    var settings = FetchSettings()
    settings.hosts = [
      try Peer.host("localhost:\(site.port)") {
        $0.authorities = files.map { SettingFile(path: $0, origin: "test.conf:7") }
      }
    ]
    return settings
  }

  @Test("They count together, in whatever order, and instead of the system's")
  func together() throws {
    let site = try TestSite()
    try site.answer("/", .text("x"))
    let request = try Peer.request(site.address("/"))
    let (other, right) = (try SiteCertificate.selfSigned.file, try SiteCertificate.authorities)
    #expect(try Fetcher(Self.host(site, [other, right])).octets(request).head.status == 200)
    #expect(try Fetcher(Self.host(site, [right, other])).octets(request).head.status == 200)
    #expect(Peer.failure { _ = try Fetcher(Self.host(site, [other, other])).octets(request) }.word == "tls")
  }

  @Test("Those of the server that names an address count for it, unless settings speak of its host")
  func named() throws {
    let (server, tokens) = (try TestSite(), try TestSite())
    try tokens.answer("/token", .text("x"))
    func word(_ path: String, _ settings: FetchSettings, named: Bool = true) -> String {
      Peer.failure {
        let request = try Peer.request(tokens.address(path)) {
          $0.namedBy = named ? try Address(server.address("/")) : nil
        }
        _ = try Fetcher(settings).octets(request)
      }.word
    }
    var settings = try Self.host(server, [SiteCertificate.authorities])
    #expect(word("/token", settings) == "none")
    #expect(word("/token", settings, named: false) == "tls")
    settings.caBundle = SettingFile(path: try SiteCertificate.selfSigned.file, origin: "test")
    #expect(word("/token", settings) == "none")
    settings.hosts += try Self.host(tokens, [SiteCertificate.selfSigned.file]).hosts
    #expect(word("/token", settings) == "tls")
  }

  @Test("One of them that cannot be used is an error that names it", arguments: ["missing", "text", "long"])
  func unusable(kind: String) throws {
    let site = try TestSite()
    try site.answer("/", .text("x"))
    let folder = try TemporaryDirectory()
    let path = folder.path + "/b.crt"
    if kind == "text" { try folder.write("b.crt", Array("hello\n".utf8)) }
    if kind == "long" {
      let text = try ChildProcess.run(["cat", SiteCertificate.authorities]).output
      try folder.write("b.crt", text + [UInt8](repeating: 0x0a, count: (1 << 20) - text.count))
      #expect(
        try Fetcher(Self.host(site, [SiteCertificate.authorities, path])).octets(Peer.request(site.address("/"))).head
          .status == 200)
      try folder.write("b.crt", text + [UInt8](repeating: 0x0a, count: (1 << 20) - text.count + 1))
    }
    let settings = try Self.host(site, [SiteCertificate.authorities, path])
    let failure = Peer.failure { _ = try Fetcher(settings).octets(Peer.request(site.address("/"))) }
    #expect(failure.word == "configuration" && failure.sentence.hasPrefix("test.conf:7: \(path)"), "\(failure)")
  }
}

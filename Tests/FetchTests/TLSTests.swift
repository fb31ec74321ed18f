import Fetch
import TestSupport
import Testing

/// Rows H-01, H-02 and H-15.
@Suite("TLS")
struct TLSTests {
  static let refused: [(SiteCertificate, String)] = [
    (.expired, "has expired"), (.notYetValid, "not valid yet"), (.wrongHost, "for another name"),
    (.selfSigned, "ca-bundle = FILE"), (.strange, "ca-bundle = FILE"), (.weakHash, "too weak"),
    (.weakKey, "too weak"),
  ]

  @Test("A certificate that is not good is refused before any request (H-01)", arguments: refused)
  func refusedCertificate(certificate: SiteCertificate, reason: String) throws {
    let site = try TestSite(certificate)
    let failure = Peer.failure { _ = try Fetcher(Peer.settings()).octets(Peer.request(site.address("/"))) }
    #expect(failure.word == "tls")
    #expect(failure.sentence.contains(reason), "\(failure.sentence)")
    #expect(try site.requests().isEmpty)
  }

  @Test(
    "A name, an address and a wildcard are matched (H-01)",
    arguments: [
      ("good", "localhost", "none"), ("good", "127.0.0.1", "none"), ("good", "example.com", "none"),
      ("good", "www.example.com", "tls"), ("wildcard", "a.example.com", "none"), ("wildcard", "a.b.example.com", "tls"),
      ("wildcard", "example.com", "tls"), ("wildcard", "127.0.0.1", "tls"),
    ])
  func matched(certificate: String, host: String, word: String) throws {
    let site = try TestSite(certificate == "good" ? .good : .wildcard)
    let settings = try Peer.settings {
      $0.hosts = [
        try Peer.host("\(host):\(site.port)") { $0.connectTo = try Address("https://127.0.0.1:\(site.port)") }
      ]
    }
    try site.answer("/", .text("x"))
    let failure = Peer.failure { _ = try Fetcher(settings).octets(Peer.request(site.address("/", host: host))) }
    #expect(failure.word == word, "\(failure.sentence)")
  }

  @Test("Without the authority the system's do not vouch for it (H-01)")
  func unknownAuthority() throws {
    let site = try Peer.site
    let failure = Peer.failure { _ = try Fetcher().octets(Peer.request(site.address("/"))) }
    #expect(failure.word == "tls")
    #expect(failure.sentence.contains("/etc/keyreeve/*.conf"))
  }

  @Test("A server that speaks TLS 1.1 at most is refused (H-02)")
  func oldVersion() throws {
    let site = try TestSite(.https(isOld: true))
    let failure = Peer.failure { _ = try Fetcher(Peer.settings()).octets(Peer.request(site.address("/"))) }
    #expect(failure.word == "tls", "\(failure.sentence)")
  }

  @Test("A host's own authorities stand before all others")
  func hostAuthorities() throws {
    let site = try Peer.site
    try site.answer("/own-authorities", .text("x"))
    var settings = FetchSettings()
    settings.hosts = [
      try Peer.host("localhost:\(site.port)") {
        $0.caBundle = SettingFile(path: try SiteCertificate.authorities, origin: "test")
      }
    ]
    let request = try Peer.request(site.address("/own-authorities"))
    #expect(try Fetcher(settings).octets(request).head.status == 200)
    settings.hosts[0].caBundle = SettingFile(path: try SiteCertificate.selfSigned.file, origin: "test")
    settings.caBundle = SettingFile(path: try SiteCertificate.authorities, origin: "test")
    #expect(Peer.failure { _ = try Fetcher(settings).octets(request) }.word == "tls")
  }

  // Row H-15, NCC-8: what cannot be loaded is never gone on without.
  @Test(
    "A missing, unreadable or empty file is an error of configuration (H-15)",
    arguments: ["missing", "directory", "empty", "text", "key", "openKey", "encryptedKey"])
  func badFile(kind: String) throws {
    let site = try Peer.site
    let folder = try TemporaryDirectory()
    var settings = try Peer.settings()
    let certificate = SettingFile(path: try SiteCertificate.client.file, origin: "test.conf:7")
    func file(_ octets: String, mode: UInt32 = 0o600) throws -> SettingFile {
      SettingFile(path: try folder.write("file", Array(octets.utf8), mode: mode), origin: "test.conf:7")
    }
    func host(key: SettingFile) throws -> [HostSettings] {
      [
        try Peer.host("localhost:\(site.port)") {
          ($0.clientCertificate, $0.clientKey) = (certificate, key)
        }
      ]
    }
    switch kind {
    case "missing": settings.caBundle = SettingFile(path: folder.path + "/none", origin: "test.conf:7")
    case "directory": settings.caBundle = SettingFile(path: folder.path, origin: "test.conf:7")
    case "empty": settings.caBundle = try file("")
    case "text": settings.caBundle = try file("hello\n")
    case "key": settings.hosts = try host(key: try file("hello\n"))
    case "openKey": settings.hosts = try host(key: try file("hello\n", mode: 0o644))
    default:
      let path = folder.path + "/encrypted"
      let key = try SiteCertificate.client.keyFile
      _ = try ChildProcess.run(["openssl", "pkey", "-in", key, "-aes128", "-passout", "pass:x", "-out", path])
      settings.hosts = try host(key: SettingFile(path: path, origin: "test.conf:7"))
    }
    try site.answer("/bad-file", .text("x"))
    let failure = Peer.failure { _ = try Fetcher(settings).octets(Peer.request(site.address("/bad-file"))) }
    #expect(failure.word == "configuration", "\(kind): \(failure)")
    #expect(failure.sentence.hasPrefix("test.conf:7: /"), "\(kind): \(failure)")
    #expect(kind == "openKey" ? failure.sentence.contains("chmod o-rwx") : true)
    #expect(try site.requests("/bad-file").isEmpty)
  }

  @Test("A client certificate is shown to its host, and asked for where it is missing")
  func clientCertificate() throws {
    let site = try TestSite(.https(clients: true))
    try site.answer("/", .text("x"))
    let request = try Peer.request(site.address("/"))
    let missing = Peer.failure { _ = try Fetcher(Peer.settings()).octets(request) }
    #expect(missing.word == "tls")
    #expect(missing.sentence.contains("client-certificate = FILE"), "\(missing.sentence)")
    let settings = try Peer.settings {
      $0.hosts = [
        try Peer.host("localhost:\(site.port)") {
          $0.clientCertificate = SettingFile(path: try SiteCertificate.client.file, origin: "test")
          $0.clientKey = SettingFile(path: try SiteCertificate.client.keyFile, origin: "test")
        }
      ]
    }
    #expect(try Fetcher(settings).octets(request).head.status == 200)
    #expect(try site.requests().last?.certificate.contains("client") == true)
  }
}

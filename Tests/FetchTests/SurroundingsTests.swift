import Fetch
import TestSupport
import Testing

/// Row H-13, connections, and where they lead by configuration.
@Suite("Surroundings of a transfer")
struct SurroundingsTests {
  private func proxies(_ variables: [String: String]) throws -> ProxyRule {
    .environment(try ProxyEnvironment { variables[$0] })
  }

  @Test("A proxy of the environment is used for https and http (H-13)")
  func environment() throws {
    let site = try TestSite()
    let plain = try site.open(.http)
    let proxy = try site.open(.proxy(leadsTo: site.port))
    try site.answer("/x", .text("x"))
    let settings = try Peer.settings {
      $0.proxies = try proxies([
        "https_proxy": "http://user:pass@127.0.0.1:\(proxy)", "http_proxy": "127.0.0.1:\(proxy)",
      ])
    }
    let fetcher = Fetcher(settings)
    #expect(try fetcher.octets(Peer.request("https://example.com/x")).body == [0x78])
    let connect = try #require(try site.requests().first)
    #expect(connect.method == "CONNECT")
    #expect(connect.target == "example.com:443")
    #expect(connect.headers["proxy-authorization"] != nil)
    #expect(try site.requests("/x").first?.headers["proxy-authorization"] == nil)
    _ = try fetcher.octets(Peer.request("http://example.com:\(plain)/x") { $0.allowsHTTP = true })
    #expect(try site.requests("/x").last?.listener == "\(proxy)")
  }

  @Test("A proxy that refuses, or is not there, is said; nothing goes around it (H-13)")
  func refusing() throws {
    let site = try TestSite()
    let proxy = try site.open(.proxy(refuses: true))
    for address in ["http://127.0.0.1:\(proxy)", "http://127.0.0.1:1"] {
      let settings = try Peer.settings { $0.proxies = .always(try #require(Proxy(octets: Array(address.utf8)))) }
      let failure = Peer.failure { _ = try Fetcher(settings).octets(Peer.request(site.address("/"))) }
      #expect(failure.word == "unreachable", "\(failure)")
    }
    #expect(try site.requests("/").isEmpty)
  }

  @Test("Cookies and HSTS are not kept, and nothing of the person is sent (H-13)")
  func nothingElse() throws {
    let site = try TestSite()
    let plain = try site.open(.http)
    try site.answer(
      "/cookie",
      .text("x").with(header: "Set-Cookie", "a=b; Path=/").with(header: "Strict-Transport-Security", "max-age=1000"))
    let fetcher = Fetcher(try Peer.settings())
    for _ in 1...2 { _ = try fetcher.octets(Peer.request(site.address("/cookie"))) }
    _ = try fetcher.octets(Peer.request("http://localhost:\(plain)/cookie") { $0.allowsHTTP = true })
    let requests = try site.requests("/cookie")
    #expect(requests.map(\.listener) == ["\(site.port)", "\(site.port)", "\(plain)"])
    for request in requests {
      #expect(Set(request.headers.keys) == ["host", "user-agent", "accept"])
      #expect(request.headers["user-agent"] == "keyreeve")
    }
  }

  @Test("A connection is used again for the same host, and a new one after an error")
  func reuse() throws {
    let site = try TestSite()
    try site.answer("/a", .text("a"))
    try site.answer("/missing", .status(404))
    try site.answer("/to-a", .redirect(to: "/a"))
    try site.answer("/cut", SiteAnswer(.zeros(10)).with { $0.cutAfter = 5 })
    let fetcher = Fetcher(try Peer.settings())
    func fetch(_ path: String) -> String {
      Peer.failure { _ = try fetcher.octets(Peer.request(site.address(path))) }.word
    }
    #expect(["/a", "/missing", "/to-a", "/a"].map(fetch) == ["none", "status", "none", "none"])
    #expect(Set(try site.requests().map(\.connection)).count == 1)
    #expect(["/cut", "/a"].map(fetch) == ["cut", "none"])
    #expect(Set(try site.requests().map(\.connection)).count == 2)
  }

  @Test("A Unix socket and another place to connect to are used, the certificate is still the host's")
  func otherPlaces() throws {
    let site = try TestSite()
    let folder = try TemporaryDirectory()
    let socket = folder.path + "/socket"
    _ = try site.open(.https().at(socket: socket))
    try site.answer("/x", .text("x"))
    var settings = try Peer.settings {
      $0.proxies = .always(try #require(Proxy(octets: Array("127.0.0.1:1".utf8))))
      $0.hosts = [try Peer.host("example.com") { $0.unixSocket = socket }]
    }
    #expect(try Fetcher(settings).octets(Peer.request("https://example.com/x")).body == [0x78])
    #expect(try site.requests().last?.listener == socket)
    #expect(try site.requests().last?.headers["host"] == "example.com")
    settings.hosts = [try Peer.host("example.com") { $0.connectTo = try Address("https://127.0.0.1:\(site.port)") }]
    #expect(try Fetcher(settings).octets(Peer.request("https://example.com/x")).body == [0x78])
    settings.hosts = [try Peer.host("evil.example") { $0.connectTo = try Address("https://127.0.0.1:\(site.port)") }]
    #expect(Peer.failure { _ = try Fetcher(settings).octets(Peer.request("https://evil.example/x")) }.word == "tls")
  }

  @Test("No such host, and nobody at the port, are said")
  func unreachable() throws {
    for address in ["https://no-such-host.invalid/", "https://127.0.0.1:1/"] {
      let failure = Peer.failure { _ = try Fetcher().octets(Peer.request(address)) }
      #expect(failure.word == "unreachable", "\(failure)")
      #expect(failure.sentence.contains(address))
    }
  }

  @Test("Ten fetches at once, each with its own connections")
  func parallel() async throws {
    let site = try Peer.site
    try site.answer("/parallel", SiteAnswer(.zeros(200_000)))
    let settings = try Peer.settings()
    let request = try Peer.request(site.address("/parallel"))
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 1...10 { group.addTask { try Fetcher(settings).octets(request).body.count } }
      for try await count in group { #expect(count == 200_000) }
    }
  }
}

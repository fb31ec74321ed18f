import Fetch
import TestSupport
import Testing

/// Rows H-03 to H-06 and D-06.
@Suite("Redirects")
struct RedirectTests {
  @Test("A redirect is followed and shown", arguments: [301, 302, 303, 307, 308])
  func followed(status: Int) throws {
    let site = try Peer.site
    try site.answer("/redirect/\(status)", .redirect(to: "../redirect-end?x=\(status)#part", status: status))
    try site.answer("/redirect-end", .text("end"))
    let fetcher = Fetcher(try Peer.settings())
    let answer = try fetcher.octets(Peer.request(site.address("/redirect/\(status)")))
    let end = try Address(site.address("/redirect-end?x=\(status)"))
    #expect(answer.body == Array("end".utf8))
    #expect(answer.head.address == end)
    #expect(answer.head.redirects == [end])
    #expect(fetcher.redirects == [end])
  }

  @Test("As many redirects as the limit allows are followed, one more is not (H-06, D-06)", arguments: [5, 6, 30])
  func limit(count: Int) throws {
    let site = try Peer.site
    for hop in 1...count { try site.answer("/hop-\(count)-\(hop)", .redirect(to: "/hop-\(count)-\(hop - 1)")) }
    try site.answer("/hop-\(count)-0", .text("end"))
    let fetcher = Fetcher(try Peer.settings())
    let failure = Peer.failure { _ = try fetcher.octets(Peer.request(site.address("/hop-\(count)-\(count)"))) }
    #expect(failure.word == (count <= 5 ? "none" : "redirects"))
    #expect(fetcher.redirects.count == 5)
    #expect(try site.requests().filter { $0.path.hasPrefix("/hop-\(count)-") }.count == 6)
  }

  @Test("A circle is seen before the limit (H-06)", arguments: [1, 2])
  func circle(length: Int) throws {
    let site = try Peer.site
    try site.answer("/circle-\(length)-a", .redirect(to: length == 1 ? "/circle-1-a" : "/circle-2-b"))
    try site.answer("/circle-\(length)-b", .redirect(to: "/circle-2-a"))
    let failure = Peer.failure { _ = try Peer.fetch("/circle-\(length)-a") }
    #expect(failure.word == "redirects")
    #expect(failure.sentence.contains("in a circle"))
    #expect(try site.requests().filter { $0.path.hasPrefix("/circle-\(length)-") }.count == length)
  }

  @Test("https never leads to http, even where http is allowed (H-03, D-06)", arguments: [false, true])
  func downgrade(allowsHTTP: Bool) throws {
    let site = try Peer.site
    let port = try site.open(.http)
    try site.answer("/downgrade-\(allowsHTTP)", .redirect(to: "http://localhost:\(port)/downgrade-end"))
    let failure = Peer.failure { _ = try Peer.fetch("/downgrade-\(allowsHTTP)") { $0.allowsHTTP = allowsHTTP } }
    #expect(failure.word == "downgrade")
    #expect(failure.sentence.contains("http://localhost:\(port)/downgrade-end"))
    #expect(try site.requests("/downgrade-end").isEmpty)
  }

  @Test("Plain http is asked only where the request allows it, and may lead to https")
  func plainHTTP() throws {
    let site = try Peer.site
    let port = try site.open(.http)
    try site.answer("/plain", .redirect(to: site.address("/plain-end")))
    try site.answer("/plain-end", .text("end"))
    let fetcher = Fetcher(try Peer.settings())
    let address = "http://localhost:\(port)/plain"
    let refusal = Peer.failure { _ = try fetcher.octets(Peer.request(address)) }
    #expect(refusal.word == "insecure")
    #expect(refusal.sentence.contains("--insecure-allow-http"))
    #expect(try site.requests("/plain").isEmpty)
    let hosts = [try Peer.host("localhost:\(site.port)")]
    let trusting = Fetcher(try Peer.settings { $0.hosts = hosts })
    #expect(try trusting.octets(Peer.request(address) { $0.allowsHTTP = true }).head.address.scheme == .https)
  }

  @Test(
    "A redirect to anything else than https is refused (H-05, D-06)",
    arguments: [
      "file:///etc/hostname", "ftp://example.com/x", "gopher://example.com/", "javascript:alert(1)", "https://",
      "https://user:pass@example.com/", "https://exa mple.com/", "https:///etc/hostname",
    ])
  func otherScheme(location: String) throws {
    let failure = Peer.failure { _ = try Peer.fetch("/scheme", .redirect(to: location)) }
    #expect(failure.word == "address", "\(failure)")
  }

  @Test("A redirect without, or with two different, places to go is refused")
  func noPlace() throws {
    #expect(Peer.failure { _ = try Peer.fetch("/no-place", SiteAnswer(status: 302)) }.word == "protocolViolation")
    let two = SiteAnswer.redirect(to: "/a").with(header: "location", "/b")
    #expect(Peer.failure { _ = try Peer.fetch("/two-places", two) }.word == "protocolViolation")
  }

  @Test("The body of a redirect is not waited for, however long it is")
  func longBody() throws {
    try Peer.site.answer("/long-body-end", .text("end"))
    for body in [SiteAnswer.Body.endless, .zeros(100_000_000), .zeros(10)] {
      let answer = SiteAnswer(body, status: 302).with(header: "Location", "/long-body-end")
      #expect(try Peer.fetch("/long-body", answer).body == Array("end".utf8))
    }
    let stalled = SiteAnswer(.zeros(10), status: 302).with(header: "Location", "/long-body-end").with {
      $0.stallAfter = 1
    }
    #expect(try Peer.fetch("/long-body", stalled).body == Array("end".utf8))
  }

  // Rows H-04, N15b and N15c.
  @Test("Secrets of a host go to exactly its origin, over https, and never along with a redirect (H-04)")
  func secrets() throws {
    let site = try TestSite()
    let (other, plain) = (try site.open(.https()), try site.open(.http))
    let token = Array("Bearer s3cret".utf8)
    let settings = try Peer.settings { settings in
      settings.hosts = try ["localhost:\(site.port)", "127.0.0.1:\(other)", "localhost:\(plain)"].map { authority in
        try Peer.host(authority) { $0.headers = [try #require(SecretHeader(name: "Authorization", value: token))] }
      }
    }
    func authorization(of path: String) throws -> [String] {
      try site.requests(path).map { $0.headers["authorization"] ?? "none" }
    }
    let fetcher = Fetcher(settings)
    try site.answer("/end", .text("end"))
    // To itself; within its origin.
    try site.answer("/same", .redirect(to: "/end"))
    _ = try fetcher.octets(Peer.request(site.address("/same")))
    #expect(try authorization(of: "/same") == ["Bearer s3cret"])
    #expect(try authorization(of: "/end") == ["Bearer s3cret"])
    try site.forget()
    // Another port, another name of the same machine, even where that one has a secret of its own, and back.
    try site.answer("/port", .redirect(to: "https://localhost:\(other)/end"))
    try site.answer("/name", .redirect(to: "https://127.0.0.1:\(other)/back"))
    try site.answer("/back", .redirect(to: site.address("/end")))
    let sections = try Peer.settings {
      $0.hosts = settings.hosts + [try Peer.host("localhost:\(other)")]
    }
    _ = try Fetcher(sections).octets(Peer.request(site.address("/port")))
    _ = try Fetcher(sections).octets(Peer.request(site.address("/name")))
    #expect(try authorization(of: "/back") == ["none"])
    #expect(try authorization(of: "/end") == ["none", "none"])
    try site.forget()
    // Never in the clear.
    _ = try fetcher.octets(Peer.request("http://localhost:\(plain)/end") { $0.allowsHTTP = true })
    #expect(try authorization(of: "/end") == ["none"])
  }

  @Test("A secret is in no description, dump or error")
  func silentSecrets() throws {
    let header = try #require(SecretHeader(name: "Authorization", value: Array("Bearer s3cret".utf8)))
    let proxy = try #require(Proxy(octets: Array("http://user:s3cret@proxy.example:3128".utf8)))
    var settings = FetchSettings()
    settings.proxies = .always(proxy)
    settings.hosts = [try Peer.host("example.com") { $0.headers = [header] }]
    var text = "\(header) \(proxy) \(settings) \(String(reflecting: settings))"
    dump(settings, to: &text)
    #expect(!text.contains("s3cret"))
    #expect("\(header)" == "Authorization: (secret)")
    #expect("\(proxy)" == "http://(secret)@proxy.example:3128")
    #expect(SecretHeader(name: "Range", value: [0x31]) == nil)
    #expect(SecretHeader(name: "X-A", value: Array("a\r\nX-B: b".utf8)) == nil)
    #expect(SecretHeader(name: "X A", value: [0x31]) == nil)
  }
}

import Discovery
import Fetch
import TestSupport
import Testing
import TrustModel

/// Discovery of example.com, whose connections lead to servers of these tests.
@Suite("Discovery against servers that misbehave")
struct SiteTests {
  /// A site that is example.com on https, and maybe another one that is it on http.
  private struct Web {
    let site: TestSite
    private let plain: Int?

    init(_ certificate: SiteCertificate = .good, http: Bool = false) throws {
      site = try TestSite(certificate)
      plain = http ? try site.open(.http) : nil
    }

    func settings() throws -> FetchSettings {
      var settings = FetchSettings()
      settings.caBundle = SettingFile(path: try SiteCertificate.authorities, origin: "the test")
      for (authority, port) in [("example.com", site.port), ("example.com:80", plain ?? 1)] {
        var host = try HostSettings(authority: authority)
        host.connectTo = try Address("https://127.0.0.1:\(port)")
        host.headers = [SecretHeader(name: "Authorization", value: Array("Bearer s3cret".utf8))].compactMap { $0 }
        settings.hosts.append(host)
      }
      return settings
    }

    func discover(
      _ name: String = "example.com/hello", allowsHTTP: Bool = false, seconds: Int = Discovery.timeLimit
    ) throws -> DiscoveryResult {
      DiscoveryClient(fetcher: Fetcher(try settings()), allowsHTTP: allowsHTTP, seconds: seconds)
        .discover(try DiscoveryTarget(name), wanting: .both)
    }
  }

  private func problem(_ step: DiscoveryStep) -> String {
    if case .failed(let problem) = step.answer { problem } else { "" }
  }

  @Test("D-06: a loop, six hops, a file and another scheme end a step, and the parent is asked")
  func redirects() throws {
    let web = try Web()
    try web.site.answer("/", .text(Talk.usual))
    try web.site.answer("/loop", .redirect(to: "/loop?ac-discovery=1"))
    for hop in 0..<30 { try web.site.answer("/hop\(hop)", .redirect(to: "/hop\(hop + 1)")) }
    try web.site.answer("/file", .redirect(to: "file:///etc/hostname"))
    try web.site.answer("/ftp", .redirect(to: "ftp://example.com/x"))
    for (path, words) in [("loop", "circle"), ("hop0", "more than 5"), ("file", "https://"), ("ftp", "https://")] {
      let result = try web.discover("example.com/\(path)")
      #expect(problem(result.steps[0]).contains(words), "\(result.steps[0])")
      #expect(result.images.count == 1 && result.steps.count == 2)
    }
    let hops = try web.discover("example.com/hop0")
    #expect(hops.steps[0].redirects.count == 5 && problem(hops.steps[0]).contains("more than 5"))
    // The sixth redirect is the one too many.
    #expect(try web.site.requests("/hop5").count == 2 && web.site.requests("/hop6").isEmpty)
  }

  @Test("D-06: five redirects are followed, to another host too, and each is in the trace")
  func otherHost() throws {
    let web = try Web()
    try web.site.answer("/hello", .redirect(to: "https://localhost:\(web.site.port)/there"))
    let refused = try web.discover()
    // To this machine no redirect may lead, unless the person named it.
    #expect(problem(refused.steps[0]).contains("this machine itself"))
    #expect(try web.site.requests("/there").isEmpty)
    try web.site.answer("/hello", .redirect(to: "/1"))
    for hop in 1..<5 { try web.site.answer("/\(hop)", .redirect(to: "/\(hop + 1)")) }
    try web.site.answer("/5", .text(Talk.usual))
    let found = try web.discover()
    #expect(found.steps.count == 1 && found.steps[0].redirects.map(\.path) == ["/1", "/2", "/3", "/4", "/5"])
    #expect(found.keys.first?.pageRedirects == found.steps[0].redirects)
  }

  @Test("D-06, weakness 11 (D8): a page on https that redirects to http is not followed")
  func downgrade() throws {
    let web = try Web(http: true)
    try web.site.answer("/hello", .redirect(to: "http://example.com/page"))
    try web.site.answer("/page", .text(Talk.usual))
    let result = try web.discover()
    #expect(result.images.isEmpty && problem(result.steps[0]).contains("never followed"))
    #expect(try web.site.requests("/page").isEmpty)
    // With the flag http is a step of its own, which the trace shows as what it is.
    let allowed = try web.discover(allowsHTTP: true)
    #expect(problem(allowed.steps[0]).contains("never followed"))
    #expect(allowed.steps[1].address.description == "http://example.com/hello?ac-discovery=1")
  }

  @Test("D-10: http is asked only with the flag, and only where https failed")
  func http() throws {
    let web = try Web(.expired, http: true)
    try web.site.answer("/hello", .text(Talk.usual))
    let without = try web.discover()
    #expect(without.images.isEmpty && without.steps.allSatisfy { $0.address.scheme == .https })
    #expect(!without.wasAnswered && problem(without.steps[0]).contains("expired"))
    let with = try web.discover(allowsHTTP: true)
    #expect(with.images.count == 1 && with.steps.map(\.address.scheme) == [.https, .http])
  }

  @Test("D-10: a page on https that names nothing is the last word; http is not asked for it")
  func httpsAnswered() throws {
    let web = try Web(http: true)
    try web.site.answer("/hello", .text("<title>nothing</title>"))
    try web.site.answer("/", .text(Talk.usual))
    let result = try web.discover(allowsHTTP: true)
    #expect(result.steps.map(\.address.scheme) == [.https, .https] && result.images.count == 1)
  }

  @Test("Weakness 13 (N15b): what is configured for a host is sent to it over https, never over http")
  func credentials() throws {
    let web = try Web(http: true)
    try web.site.answer("*", .status(404))
    #expect(try web.discover(allowsHTTP: true).steps.count == 4)
    let asked = try web.site.requests()
    let secured = asked.filter { $0.listener == "\(web.site.port)" }
    #expect(secured.count == 2 && secured.allSatisfy { $0.headers["authorization"] == "Bearer s3cret" })
    let plain = asked.filter { $0.listener != "\(web.site.port)" }
    #expect(plain.count == 2 && plain.allSatisfy { $0.headers["authorization"] == nil })
  }

  @Test("Weakness 13: a server that says nothing does not hold discovery for ever")
  func silence() throws {
    let web = try Web()
    try web.site.answer("*", .status(404).with { $0.delay = 20 })
    let began = ContinuousClock.now
    let result = try web.discover("example.com/a/b/c", seconds: 2)
    #expect(ContinuousClock.now - began < .seconds(8))
    #expect(result.images.isEmpty && !result.wasAnswered && result.steps.count < 4)
    #expect(result.steps.last.map(problem)?.contains("more than 2 seconds") == true, "\(result.steps)")
  }

  @Test("D-01: an endless page ends at the limit, and the parent is asked")
  func endless() throws {
    let web = try Web()
    try web.site.answer("/hello", SiteAnswer(.endless))
    try web.site.answer("/", .text(Talk.usual))
    let result = try web.discover()
    #expect(problem(result.steps[0]).contains("1048576") && result.images.count == 1)
  }

  @Test("D-11: a page that is swapped between requests is asked for once, for images, signatures and keys")
  func swap() throws {
    let web = try Web()
    let other = Talk.page(
      images: ["example.com https://evil.example/{name}.{ext}"], keys: ["example.com https://evil.example/k.asc"])
    try web.site.answer("/hello", .text(Talk.usual), .text(other))
    let result = try web.discover()
    let named = result.images.flatMap { [$0.image, $0.signature] } + result.keys.map(\.address)
    #expect(named.count == 3 && named.allSatisfy { $0.host == "example.com" })
    #expect(try web.site.requests("/hello").count == 1)
  }

  @Test("Weakness 14: 4xx, 5xx, no tags and errors all mean the parent, up to the host")
  func parents() throws {
    let web = try Web()
    try web.site.answer("/a/b/c/d", .status(403))
    try web.site.answer("/a/b/c", .status(503))
    try web.site.answer("/a/b", .text("<p>no tags</p>"))
    try web.site.answer("/a", .raw("nonsense\n\n"))
    try web.site.answer("/", .text(Talk.usual))
    let result = try web.discover("example.com/a/b/c/d")
    #expect(result.steps.map(\.address.path) == ["/a/b/c/d", "/a/b/c", "/a/b", "/a", "/"])
    #expect(result.steps[0].answer == .status(403) && result.steps[1].answer == .status(503))
    #expect(result.images.count == 1 && result.keys.count == 1)
    #expect(try web.site.requests().allSatisfy { $0.target.hasSuffix("?ac-discovery=1") && $0.method == "GET" })
  }
}

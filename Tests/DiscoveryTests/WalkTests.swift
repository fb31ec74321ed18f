@testable import Discovery
import Fetch
import TestSupport
import Testing
import TrustModel

@Suite("From the name up to its host")
struct WalkTests {
  @Test("The name first, then each parent up to the host, as long as nothing is found")
  func parents() throws {
    let result = try Talk().discover("example.com/a/b")
    #expect(
      result.steps.map(\.address.description) == [
        "https://example.com/a/b?ac-discovery=1", "https://example.com/a?ac-discovery=1",
        "https://example.com/?ac-discovery=1",
      ])
    #expect(result.steps.allSatisfy { $0.answer == .status(404) })
  }

  @Test("A page without a tag for the name is like none")
  func pageForOthers() throws {
    let talk = Talk(pages: [
      "https://example.com/hello?ac-discovery=1": Talk.page(images: ["other.example https://x.example/{name}.{ext}"]),
      "https://example.com/?ac-discovery=1": Talk.usual,
    ])
    let result = try talk.discover("example.com/hello")
    #expect(result.steps.count == 2 && result.images.count == 1 && result.keys.count == 1)
  }

  @Test("D-11: a page that names what is wanted is the last that is asked, and serves for all")
  func onePage() throws {
    let talk = Talk(pages: [
      "https://example.com/hello?ac-discovery=1": Talk.usual,
      "https://example.com/?ac-discovery=1": Talk.page(keys: ["example.com https://evil.example/keys.asc"]),
    ])
    #expect(try talk.discover("example.com/hello").steps.count == 1)
    #expect(try talk.discover("example.com/hello").keys.map(\.address.host) == ["example.com"])
  }

  @Test("Keys may be named higher up than images")
  func keysAbove() throws {
    let talk = Talk(pages: [
      "https://example.com/hello?ac-discovery=1": Talk.page(images: ["example.com https://example.com/{name}.{ext}"]),
      "https://example.com/?ac-discovery=1": Talk.usual,
    ])
    #expect(try talk.discover("example.com/hello", wanting: .images).steps.count == 1)
    #expect(try talk.discover("example.com/hello", wanting: .keys).keys.count == 1)
  }

  @Test("D-10: http is asked only where that is allowed, and only after https gave nothing")
  func http() throws {
    let talk = Talk(pages: ["http://example.com/hello?ac-discovery=1": Talk.usual])
    #expect(try talk.discover("example.com/hello").images.isEmpty)
    let result = try talk.discover("example.com/hello", allowsHTTP: true)
    #expect(result.images.count == 1)
    #expect(result.steps.map(\.address.scheme) == [.https, .http])
  }

  @Test("A very long name is not asked for at every parent")
  func depth() throws {
    let name = "example.com/" + (1...100).map { "p\($0)" }.joined(separator: "/")
    #expect(try Talk().discover(name).steps.count == Discovery.depthLimit)
  }

  @Test(
    "A port on the host is for the addresses, not for the name",
    arguments: [
      ("localhost:8443/hello:1", 8443, "localhost/hello", "1"), ("localhost:8443/hello", 8443, "localhost/hello", nil),
      ("localhost/hello:1", nil, "localhost/hello", "1"), ("localhost:1", nil, "localhost", "1"),
    ] as [(String, Int?, String, String?)])
  func ports(_ text: String, _ port: Int?, _ name: String, _ version: String?) throws {
    let target = try DiscoveryTarget(text)
    #expect(target.port == port && target.name.description == name && target.labels["version"] == version)
  }

  @Test("Ports out of range are no ports", arguments: ["localhost:0/x", "localhost:65536/x", "localhost:123456/x"])
  func noPort(_ text: String) {
    #expect((try? DiscoveryTarget(text))?.port == nil)
  }
}

/// Discovery over real https.
@Suite("Discovery over https")
struct ClientTests {
  private func client(_ site: TestSite, _ change: (inout FetchSettings) throws -> Void = { _ in }) throws
    -> DiscoveryClient
  {
    var settings = FetchSettings()
    settings.caBundle = SettingFile(path: try SiteCertificate.authorities, origin: "the test")
    try change(&settings)
    return DiscoveryClient(fetcher: Fetcher(settings))
  }

  private func discover(_ site: TestSite, _ path: String = "hello") throws -> DiscoveryResult {
    try client(site).discover(try DiscoveryTarget("localhost:\(site.port)/\(path)"), wanting: .both)
  }

  private let page = Talk.page(
    images: ["localhost https://localhost/{name}.{ext}"], keys: ["localhost https://localhost/k.asc"])

  @Test("The query is exactly ac-discovery=1, and one request is made")
  func query() throws {
    let site = try TestSite()
    try site.answer("/hello", .text(page))
    #expect(try discover(site).images.count == 1)
    #expect(try site.requests().map(\.target) == ["/hello?ac-discovery=1"])
  }

  @Test("D-01: a page of 1 MiB is read, an endless one is not")
  func pageLimit() throws {
    let site = try TestSite()
    let padding = String(repeating: " ", count: 1024 * 1024 - page.utf8.count)
    try site.answer("/hello", .text(page + padding))
    #expect(try discover(site).images.count == 1)
    try site.answer("/hello", .text(page + padding + " "))
    #expect(try discover(site).images.isEmpty)
  }

  @Test("D-06, weakness 11: a page on https that leads to http is not followed; the trace says so")
  func downgrade() throws {
    let site = try TestSite()
    let plain = try site.open(.http)
    try site.answer("/hello", .redirect(to: "http://localhost:\(plain)/page"))
    try site.answer("/page", .text(page))
    let result = try discover(site)
    #expect(result.images.isEmpty)
    guard case .failed(let problem) = result.steps[0].answer else {
      Issue.record("\(result.steps[0].answer)")
      return
    }
    #expect(problem.contains("never followed"))
    #expect(try site.requests("/page").isEmpty)
  }

  @Test("Redirects are followed and shown")
  func redirects() throws {
    let site = try TestSite()
    try site.answer("/hello", .redirect(to: "/elsewhere"))
    try site.answer("/elsewhere", .text(page))
    let result = try discover(site)
    #expect(result.images.count == 1 && result.steps[0].redirects.map(\.path) == ["/elsewhere"])
  }

  @Test("A server error is like no page: the parent is asked")
  func serverError() throws {
    let site = try TestSite()
    try site.answer("/hello", .status(500))
    try site.answer("/", .text(page))
    let result = try discover(site)
    #expect(result.steps.map(\.answer).first == .status(500) && result.images.count == 1)
  }

  @Test("D-08: keys that are none, several, secret or too many octets")
  func keys() throws {
    let site = try TestSite()
    var settings = FetchSettings()
    settings.caBundle = SettingFile(path: try SiteCertificate.authorities, origin: "the test")
    let address = try Address(site.address("/keys.asc"))
    try site.answer("/keys.asc", SiteAnswer(.octets([UInt8](repeating: 65, count: 512 * 1024))))
    #expect(try PublishedKeys.fetch(address, by: Fetcher(settings)).octets.count == 512 * 1024)
    try site.answer("/keys.asc", SiteAnswer(.octets([UInt8](repeating: 65, count: 512 * 1024 + 1))))
    #expect(throws: FetchError.self) { try PublishedKeys.fetch(address, by: Fetcher(settings)) }
    try site.answer("/keys.asc", .status(404))
    #expect(throws: FetchError.self) { try PublishedKeys.fetch(address, by: Fetcher(settings)) }
  }

  @Test("D-07: an address that a page names may not be a private one of another host")
  func privateAddress() throws {
    let site = try TestSite()
    var settings = FetchSettings()
    settings.caBundle = SettingFile(path: try SiteCertificate.authorities, origin: "the test")
    let endpoint = KeyEndpoint(
      address: try Address(site.address("/keys.asc")), page: try Address("https://example.com/"),
      tagPrefix: "example.com")
    try site.answer("/keys.asc", .text("keys"))
    #expect(throws: FetchError.self) {
      try PublishedKeys.fetch(endpoint, of: DiscoveryTarget("example.com/x"), by: Fetcher(settings))
    }
    #expect(try site.requests().isEmpty)
    let own = try DiscoveryTarget("localhost:\(site.port)/x")
    #expect(try PublishedKeys.fetch(endpoint, of: own, by: Fetcher(settings)).octets == Array("keys".utf8))
  }
}

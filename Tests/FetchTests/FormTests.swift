import Fetch
import Glibc
import TestSupport
import Testing
import TrustModel

@Suite("Forms that are posted, and bodies that are secret")
struct FormTests {
  private static func form(_ value: String) -> SecretOctets {
    FormBody.encoded([("grant_type", Array("a b".utf8)), ("refresh_token", SecretOctets(Array(value.utf8)))])
  }

  @Test("A form is posted to the address, encoded, over a connection that is kept")
  func posted() throws {
    let site = try TestSite()
    try site.answer("/token", .text("yes"))
    let fetcher = Fetcher(try Peer.settings())
    let octets = try fetcher.secret(try Peer.request(site.address("/token")) { $0.body = .form(Self.form("s=3&c/é~")) })
    #expect(Array(octets) == Array("yes".utf8))
    #expect(try fetcher.octets(try Peer.request(site.address("/token"))).head.status == 200)
    let requests = try site.requests()
    #expect(requests.map(\.method) == ["POST", "GET"] && Set(requests.map(\.connection)).count == 1)
    #expect(String(decoding: requests[0].body, as: UTF8.self) == "grant_type=a%20b&refresh_token=s%3D3%26c%2F%C3%A9~")
    #expect(requests[0].headers["content-type"] == "application/x-www-form-urlencoded" && requests[1].body.isEmpty)
  }

  @Test("It is never posted again where a redirect leads", arguments: [302, 303, 307, 308])
  func redirected(status: Int) throws {
    let site = try TestSite()
    try site.answer("/token", .redirect(to: "/other", status: status))
    try site.answer("/other", .text("yes"))
    let failure = Peer.failure {
      _ = try Fetcher(Peer.settings()).secret(
        try Peer.request(site.address("/token")) { $0.body = .form(Self.form("s3cret")) })
    }
    #expect(failure.word == "redirects" && failure.sentence.contains("redirects are not") == false)
    #expect(try site.requests("/other").isEmpty)
  }

  @Test("It is never posted over plain http, also where http is allowed")
  func plain() throws {
    let site = try TestSite(.http)
    let failure = Peer.failure {
      _ = try Fetcher(Peer.settings()).secret(
        try Peer.request(site.address("/token", scheme: "http")) {
          ($0.body, $0.allowsHTTP) = (.form(Self.form("x")), true)
        })
    }
    #expect(failure.word == "insecure")
    #expect(try site.requests().isEmpty)
  }

  @Test("A secret body is taken to its limit, and not one octet more")
  func limit() throws {
    let site = try TestSite()
    try site.answer("/long", SiteAnswer(.octets([UInt8](repeating: 7, count: 100))))
    func octets(_ limit: UInt64) throws -> SecretOctets {
      try Fetcher(Peer.settings()).secret(try Peer.request(site.address("/long"), octets: limit))
    }
    #expect(try octets(100).elementsEqual([UInt8](repeating: 7, count: 100)))
    #expect(Peer.failure { _ = try octets(99) }.word == "tooLarge")
  }
}

import TestSupport
import Testing

@testable import Fetch

/// Rows D-07 and H-16.
@Suite("Private addresses")
struct PrivateAddressTests {
  @Test(
    "A page leads to no private address, however it is written (D-07)",
    arguments: [
      "https://127.0.0.1:{port}/", "https://localhost:{port}/", "https://2130706433:{port}/", "https://0x7f.1:{port}/",
      "https://[::1]:{port}/", "https://[::ffff:127.0.0.1]:{port}/", "https://0.0.0.0:{port}/",
      "https://169.254.169.254/",
      "https://10.1.2.3/", "https://192.168.0.1/", "https://172.31.0.1/", "https://[fd00::1]/", "https://[fe80::1]/",
      "https://a.localhost:{port}/", "https://100.64.0.1/", "https://[64:ff9b::a00:1]/", "https://224.0.0.1/",
    ])
  func named(address: String) throws {
    let site = try Peer.site
    let address = address.replacing("{port}", with: "\(site.port)")
    let discovered = Peer.failure {
      _ = try Fetcher(Peer.settings()).octets(Peer.request(address) { $0.isDiscovered = true })
    }
    #expect(discovered.word == "privateAddress", "\(discovered)")
    #expect(discovered.sentence.contains("allow-private = yes"))
    // A redirect is no better than a page.
    // A path of its own: the other addresses are tried at the same time, on the same site.
    let path = "/private-redirect/" + address.utf8.map { String($0, radix: 16) }.joined()
    let redirected = Peer.failure { _ = try Peer.fetch(path, .redirect(to: address)) }
    let isSame = address.hasPrefix("https://localhost:")
    #expect(redirected.word == (isSame ? "status" : "privateAddress"), "\(redirected)")
  }

  @Test("What a person named may be private: the host itself, or configured ones (D-07)")
  func allowed() throws {
    let site = try TestSite()
    try site.answer("/", .text("x"))
    func word(_ settings: FetchSettings, trusted: String? = nil) -> String {
      Peer.failure {
        _ = try Fetcher(settings).octets(
          Peer.request(site.address("/")) { ($0.isDiscovered, $0.trustedHost) = (true, trusted) })
      }.word
    }
    let settings = try Peer.settings()
    #expect(word(settings) == "privateAddress")
    #expect(word(settings, trusted: "localhost:\(site.port)") == "none")
    #expect(word(settings, trusted: "LOCALHOST:\(site.port)") == "none")
    #expect(word(settings, trusted: "localhost") == "privateAddress")
    #expect(word(settings, trusted: "other.example") == "privateAddress")
    func configured(_ allows: Bool?) throws -> FetchSettings {
      try Peer.settings { $0.hosts = [try Peer.host("localhost:\(site.port)") { $0.allowsPrivate = allows }] }
    }
    #expect(word(try configured(nil)) == "none")
    #expect(word(try configured(true)) == "none")
    #expect(word(try configured(false)) == "privateAddress")
    #expect(try site.requests().count == 4)
  }

  // A public name whose address is this machine: what a name server that lies, or changes its mind, would say.
  @Test("A public name that leads to a private address is refused before anything is sent (H-16)")
  func rebinding() throws {
    let site = try TestSite()
    try site.answer("/", .text("x"))
    let settings = try Peer.settings {
      $0.hosts = [
        try Peer.host("example.com") {
          $0.connectTo = try Address("https://127.0.0.1:\(site.port)")
          $0.allowsPrivate = false
        }
      ]
    }
    let fetcher = Fetcher(settings)
    func word(discovered: Bool) -> String {
      Peer.failure {
        _ = try fetcher.octets(Peer.request("https://example.com/") { $0.isDiscovered = discovered })
      }.word
    }
    #expect(word(discovered: true) == "privateAddress")
    #expect(try site.requests().isEmpty)
    // Named by a person it is fetched; then the connection is there, and may still not be used for a page.
    #expect(word(discovered: false) == "none")
    #expect(word(discovered: true) == "privateAddress")
    #expect(word(discovered: false) == "none")
    #expect(try site.requests().count == 2)
  }

  @Test(
    "Networks that are not the public internet's",
    arguments: [
      ("0.0.0.0", true), ("10.255.255.255", true), ("11.0.0.0", false), ("100.63.255.255", false), ("100.64.0.0", true),
      ("100.127.255.255", true), ("100.128.0.0", false), ("126.255.255.255", false), ("127.0.0.1", true),
      ("128.0.0.0", false), ("169.253.255.255", false), ("169.254.0.0", true), ("172.15.255.255", false),
      ("172.16.0.0", true), ("172.31.255.255", true), ("172.32.0.0", false), ("192.167.255.255", false),
      ("192.168.0.0", true), ("192.169.0.0", false), ("198.17.255.255", false), ("198.18.0.0", true),
      ("198.19.255.255", true), ("198.20.0.0", false), ("223.255.255.255", false), ("224.0.0.0", true),
      ("255.255.255.255", true), ("8.8.8.8", false), ("::", true), ("::1", true), ("::2", true), ("fc00::", true),
      ("fdff::", true), ("fe00::", false), ("fe80::1", true), ("febf::1", true), ("fec0::1", true), ("ff02::1", true),
      ("::ffff:8.8.8.8", false), ("::ffff:10.0.0.1", true), ("::10.0.0.1", true), ("64:ff9b::8.8.8.8", false),
      ("64:ff9b::127.0.0.1", true), ("64:ff9b:1::1", true), ("2002:7f00:1::", true), ("2002:808:808::", false),
      ("2001:db8::1", true), ("2001:4860:4860::8888", false), ("2001::1", true), ("2606:4700::1111", false),
    ])
  func networks(text: String, isPrivate: Bool) throws {
    let address = try #require(NetworkAddress(text))
    #expect((address.privacy != nil) == isPrivate)
    #expect(NetworkAddress(octets: address.octets) == address)
  }
}

import Discovery
import Fetch
import TestSupport
import Testing
import TrustModel

/// Row D-07: which hosts are named, shown and asked.
@Suite("Hosts of names and of tags")
struct HostTests {
  private func warnings(of host: String) throws -> [String] {
    try Talk.read(Talk.page(keys: ["example.com https://\(host)/k.asc"])).steps[0].warnings
  }

  @Test("D-07: a name in other letters is shown as punycode, with what it says")
  func punycode() throws {
    let plain = try warnings(of: "xn--e1afmkfd.example")
    #expect(plain.count == 1 && plain[0].contains("'пример.example'") && plain[0].hasPrefix("xn--e1afmkfd.example "))
    #expect(plain[0].contains("several alphabets") == false)
    #expect(try warnings(of: "example.net").isEmpty)
  }

  @Test(
    "D-07: letters of several alphabets in one word imitate a name",
    arguments: [("xn--pple-43d.example", "аpple.example"), ("xn--exmple-4nf.example", "exаmple.example")])
  func mixedScript(_ host: String, _ letters: String) throws {
    let found = try warnings(of: host)
    #expect(found.count == 1 && found[0].contains("several alphabets") && found[0].contains("'\(letters)'"), "\(found)")
  }

  @Test("D-07: one alphabet with accents is not several", arguments: ["xn--mnchen-3ya.example", "xn--fiqs8s.example"])
  func oneScript(_ host: String) throws {
    let found = try warnings(of: host)
    #expect(found.count == 1 && !found[0].contains("several alphabets"), "\(found)")
  }

  @Test(
    "Punycode that stands for nothing is pointed out, and breaks nothing",
    arguments: ["xn--a.example", "xn--99999999.example", "xn--999999999999999999999999999999b.example", "xn--.example"])
  func brokenPunycode(_ host: String) throws {
    #expect(try warnings(of: host).count <= 1)
  }

  @Test("D-07: redirects are looked at too; names themselves have no punycode")
  func redirects() throws {
    var discovery = Discovery(try DiscoveryTarget("example.com/x"), wanting: .both)
    discovery.take(.status(404, redirects: [try Address("https://xn--pple-43d.example/")]))
    #expect(discovery.result.steps[0].warnings.count == 1)
    #expect(throws: NameError.self) { try DiscoveryTarget("xn--e1afmkfd.example/x") }
  }

  @Test(
    "D-07: hosts in forms that hide where they lead are no addresses in tags",
    arguments: [
      "пример.example", "example.com.", "example.com..", "[::1", "[fe80::1%25eth0]", "exa mple.com", "%65xample.com",
      "user@example.com",
    ])
  func refused(_ host: String) throws {
    let result = try Talk.read(Talk.page(keys: ["example.com https://\(host)/k.asc"]))
    #expect(result.keys.isEmpty && result.steps[0].tags.first?.problem != nil)
  }

  @Test(
    "D-07: an address in numbers is shown in its usual form",
    arguments: [
      ("2130706433", "127.0.0.1"), ("0x7f.1", "127.0.0.1"), ("0177.0.0.1", "127.0.0.1"),
      ("169.254.169.254", "169.254.169.254"), ("[::ffff:10.0.0.1]", "::ffff:10.0.0.1"),
    ])
  func numbers(_ host: String, _ shown: String) throws {
    #expect(try Talk.read(Talk.page(keys: ["example.com https://\(host)/k.asc"])).keys.map(\.address.host) == [shown])
  }

  @Test(
    "D-07: what a page names is not fetched from private networks",
    arguments: [
      "127.0.0.1", "2130706433", "10.0.0.1", "192.168.1.1", "169.254.169.254", "[::1]", "[::ffff:10.0.0.1]",
      "[fd00::1]", "localhost", "x.localhost",
    ])
  func privateHosts(_ host: String) throws {
    let target = try DiscoveryTarget("example.com/hello")
    let found = try Talk.read(Talk.page(keys: ["example.com https://\(host)/k.asc"]))
    let endpoint = try #require(found.keys.first)
    let error = #expect(throws: FetchError.self) { try PublishedKeys.fetch(endpoint, of: target, by: Fetcher()) }
    guard case .privateAddress = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("A name whose first component is no host is said to be that; nobody is asked")
  func noHost() throws {
    let result = try Talk().discover("a~b/hello")
    #expect(result.steps.isEmpty && result.hindrance?.contains("'a~b'") == true && result.wasAnswered)
    #expect(result.problems.count == 1)
  }

  @Test("The same address named twice counts once; what differs does not")
  func duplicates() throws {
    let keys = ["example.com https://example.com/k.asc", "example.com/hello https://example.com/k.asc"]
    let found = try Talk.read(Talk.page(keys: keys + ["example.com https://example.com/other.asc"]))
    #expect(found.keys.map(\.address.path) == ["/k.asc", "/other.asc"])
    #expect(found.keys.first?.tagPrefix == "example.com/hello")
  }

  @Test("What was typed can be typed again")
  func description() throws {
    #expect(try DiscoveryTarget("localhost:8443/a/b:1,os=linux").description == "localhost:8443/a/b")
    #expect(try DiscoveryTarget("example.com").description == "example.com")
  }
}

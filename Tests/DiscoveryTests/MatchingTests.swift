import Discovery
import Fetch
import Testing
import TrustModel

@Suite("Which tags count, and where they lead")
struct MatchingTests {
  @Test("A usual page names image, signature and keys")
  func usual() throws {
    let result = try Talk.read(Talk.usual, for: "example.com/hello:1.2,arch=aarch64")
    #expect(result.images.map(\.image.description) == ["https://example.com/example.com/hello-1.2-linux-aarch64.aci"])
    #expect(
      result.images.map(\.signature.description) == ["https://example.com/example.com/hello-1.2-linux-aarch64.aci.asc"])
    #expect(result.keys.map(\.address.description) == ["https://example.com/pubkeys.asc"])
  }

  @Test("Without a version it is the latest; system and architecture are the machine's")
  func defaults() throws {
    let arch = try #require(MachineLabels.current["arch"])
    let result = try Talk.read(Talk.usual, for: "example.com/hello")
    #expect(
      result.images.first?.image.description == "https://example.com/example.com/hello-latest-linux-\(arch).aci")
  }

  @Test(
    "Weakness 1, D-04: whole components are compared, never parts of one",
    arguments: [
      ("example.com", true), ("example.com/hello", true), ("example.com/he", false), ("example.co", false),
      ("example.com/hello/deeper", false), ("com", false), ("", false), ("..", false), ("Example.com", false),
    ])
  func prefixes(_ prefix: String, _ counts: Bool) throws {
    let result = try Talk.read(Talk.page(images: ["\(prefix) https://x.example/{name}.{ext}"]))
    #expect(result.images.isEmpty != counts)
    #expect(counts || result.steps[0].tags.first?.problem != nil)
  }

  @Test("Weakness 14: the longest prefix comes first, then the order of the page")
  func order() throws {
    let result = try Talk.read(
      Talk.page(images: [
        "example.com https://one.example/{name}.{ext}", "example.com/hello https://two.example/{name}.{ext}",
        "example.com https://three.example/{name}.{ext}",
      ]))
    #expect(result.images.map(\.image.host) == ["two.example", "one.example", "three.example"])
  }

  @Test(
    "D-05, weakness 14: values are percent-encoded, whatever they are",
    arguments: [
      ("../../x", "..%2F..%2Fx"), ("1?a=b", "1%3Fa%3Db"), ("1#f", "1%23f"), ("50%", "50%25"), ("{ext}", "%7Bext%7D"),
      ("ä", "%C3%A4"), ("a b", "a%20b"),
    ])
  func encoding(_ version: String, _ written: String) throws {
    var labels = Labels()
    try labels.add("version", version)
    var discovery = Discovery(
      DiscoveryTarget(name: try ImageName("example.com/hello"), labels: labels), wanting: .images)
    let page = Talk.page(images: ["example.com https://example.com/i/{version}.{ext}"])
    discovery.take(.page(Array(page.utf8), redirects: []))
    #expect(discovery.result.images.first?.image.description == "https://example.com/i/\(written).aci")
  }

  @Test(
    "D-05: a template that leads nowhere is ignored, and the trace says why",
    arguments: [
      "https://example.com/{unknown}.{ext}", "https://example.com/{{name}}.{ext}", "https://example.com/{name.{ext}",
      "https://example.com/name}.{ext}", "https://example.com/{name}.aci", "http://example.com/{name}.{ext}",
      "ftp://example.com/{name}.{ext}", "file:///{name}.{ext}", "javascript:alert({name},{ext})",
      "https://user:word@example.com/{name}.{ext}", "https://example.com/{name}.{ext}#part", "/images/{name}.{ext}",
      "//example.com/{name}.{ext}", "{name}.{ext}", "https://example.com:99999/{name}.{ext}", "https:///{name}.{ext}",
      "https://example.com/a b/{name}.{ext}",
    ])
  func templates(_ template: String) throws {
    let result = try Talk.read(Talk.page(images: ["example.com \(template)"]))
    #expect(result.images.isEmpty)
    #expect(result.steps[0].tags.first?.problem != nil)
  }

  @Test("D-05: another host and a port may be named; http only where it is allowed")
  func otherHosts() throws {
    let page = Talk.page(
      images: [
        "example.com https://mirror.example:8443/{name}.{ext}", "example.com http://plain.example/{name}.{ext}",
      ])
    #expect(try Talk.read(page).images.map(\.image.authority) == ["mirror.example:8443"])
    #expect(try Talk.read(page, allowsHTTP: true).images.count == 2)
  }

  @Test(
    "Weakness 12, D9: a key tag must name an address, never a path of this machine",
    arguments: [
      "/etc/passwd", "etc/passwd", "file:///etc/passwd", "http://example.com/keys.asc", "{name}",
    ])
  func keyPaths(_ address: String) throws {
    #expect(try Talk.read(Talk.page(keys: ["example.com \(address)"])).keys.isEmpty)
  }

  @Test("D-07: a name in punycode is pointed out")
  func punycode() throws {
    let result = try Talk.read(Talk.page(images: ["example.com https://xn--e1afmkfd.example/{name}.{ext}"]))
    #expect(result.images.count == 1 && result.steps[0].warnings.count == 1)
  }
}

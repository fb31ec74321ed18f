import Discovery
import Fetch
import OpenPGP
import Publishing
import TestSupport
import Testing
import TrustModel
import TrustVerify

@Suite("Sites for meta discovery")
struct PublicationTests {
  /// A folder with images, whoever signs them, and the site.
  final class Desk {
    let folder: TemporaryDirectory
    let signer: Signer

    init(_ signer: Signer) throws {
      folder = try TemporaryDirectory(prefix: "kr-site")
      self.signer = signer
    }

    convenience init() throws { try self.init(.fit()) }

    static func labels(_ version: String, os: String = "linux", arch: String = "amd64") -> String {
      #"{"name":"version","value":"\#(version)"},{"name":"os","value":"\#(os)"},{"name":"arch","value":"\#(arch)"}"#
    }

    func image(
      _ file: String, _ name: String = "example.com/hello", labels: String = labels("1"), size: Int = 5,
      by signer: Signer? = nil
    ) throws -> String {
      let octets = MadeImage(name: name, size: size).with { $0.labels = labels }.octets
      try folder.write(file + ".asc", try Signer.file(over: octets, by: [signer ?? self.signer]))
      return try folder.write(file, octets)
    }

    func publication(_ images: [String], name: String = "example.com/hello") throws -> SitePublication {
      var wish = SitePublication(
        folder.path + "/site", try Prefix(name), base: try Address("https://example.com/"), images: images)
      wish.keys = [try Certificate.read(signer.certificate.octets)]
      return wish
    }

    func publish(
      _ images: [String], name: String = "example.com/hello", _ change: (inout SitePublication) -> Void = { _ in }
    ) throws -> SitePublication.Result {
      var wish = try publication(images, name: name)
      change(&wish)
      return try wish.run(at: Moment.now)
    }

    func contents(_ path: String) throws -> String {
      try ChildProcess.run(["cat", folder.path + "/site/" + path]).text
    }

    var tree: [String] {
      get throws {
        try ChildProcess.run(["sh", "-c", "cd \(folder.path)/site && find . ! -type d | sort"]).text.split(
          separator: "\n"
        ).map(String.init)
      }
    }
  }

  @Test("Page, image, signature, keys: as a client finds them")
  func site() throws {
    let desk = try Desk()
    let result = try desk.publish([try desk.image("a.aci")])
    #expect(result.rows.map(\.action) == [.added] && result.listed == 1 && result.keys == [desk.signer.fingerprint])
    let image = "./images/example.com/hello/1/linux-amd64.aci"
    #expect(try desk.tree == ["./hello/images.json", "./hello/index.html", image, image + ".asc", "./pubkeys.gpg"])
    var discovery = Discovery(try DiscoveryTarget("example.com/hello:1,os=linux,arch=amd64"), wanting: .both)
    #expect(discovery.next?.description == "https://example.com/hello?ac-discovery=1")
    discovery.take(.page(Array(try desk.contents("hello/index.html").utf8), redirects: []))
    #expect(discovery.next == nil && discovery.result.steps[0].tags.allSatisfy { $0.problem == nil })
    #expect(discovery.result.images.map(\.image.description) == ["https://example.com/" + image.dropFirst(2)])
    #expect(
      discovery.result.images.map(\.signature.description) == ["https://example.com/" + image.dropFirst(2) + ".asc"])
    #expect(discovery.result.keys.map(\.address.description) == ["https://example.com/pubkeys.gpg"])
    let modes = try ChildProcess.run(["sh", "-c", "cd \(desk.folder.path)/site && find . -printf '%m\\n' | sort -u"])
      .text
    #expect(modes == "644\n755\n")
  }

  @Test("Another image keeps the first, another signer's key joins the other, in one block as rkt reads it")
  func incremental() throws {
    let desk = try Desk()
    _ = try desk.publish([try desk.image("a.aci")])
    let second = try Signer.fit()
    let image = try desk.image("b.aci", labels: Desk.labels("2"), by: second)
    let certificate = try Certificate.read(second.certificate.octets)
    let result = try desk.publish([image]) { $0.keys.append(certificate) }
    #expect(result.listed == 2 && Set(result.keys) == [desk.signer.fingerprint, second.fingerprint])
    let keys = try desk.contents("pubkeys.gpg")
    #expect(keys.split(separator: "\n").count { $0.hasPrefix("-----BEGIN") } == 1)
    #expect(try Certificate.readAll(Array(keys.utf8)).count == 2)
    let list = try #require(SiteList(Array(try desk.contents("hello/images.json").utf8)))
    #expect(list.images.map { $0.labels["version"] } == ["1", "2"])
    #expect(try desk.publish([image]).rows.map(\.action) == [.unchanged])
  }

  @Test("Another image under the same name and version is refused, or replaced where that is said")
  func conflict() throws {
    let desk = try Desk()
    let image = try desk.image("a.aci")
    _ = try desk.publish([image])
    let other = try desk.image("b.aci", size: 6)
    #expect(problem { _ = try desk.publish([other]) }?.reason == .declined)
    #expect(
      try desk.publish([other]) { ($0.isReplacing, $0.isDryRun) = (true, true) }.rows.map(\.action) == [.replaced])
    #expect(try desk.publish([image]).rows.map(\.action) == [.unchanged])
    #expect(try desk.publish([other]) { $0.isReplacing = true }.rows.map(\.action) == [.replaced])
    #expect(problem { _ = try desk.publish([other, other]) }?.reason == .usage)
  }

  @Test("What is not in order is refused, every image at once, and the site stays as it was")
  func refusals() throws {
    let desk = try Desk()
    _ = try desk.publish([try desk.image("a.aci")])
    let before = try desk.tree
    let unsigned = try desk.folder.write("unsigned.aci", MadeImage.usual)
    let tampered = try desk.image("tampered.aci")
    try desk.folder.write("tampered.aci", MadeImage(size: 7).octets)
    let stranger = try desk.image("stranger.aci", by: .fit())
    let cases: [(String, Reason)] = [
      (unsigned, .unsigned), (tampered, .tampered), (stranger, .untrusted), ("/nowhere.aci", .notFound),
      (try desk.image("other.aci", "example.com/hell"), .mismatch),
      (try desk.image("parts.aci", labels: #"{"name":"version","value":"1"}"#), .mismatch),
      (try desk.image("path.aci", labels: Desk.labels("../../x")), .mismatch),
      (try desk.image("dots.aci", labels: Desk.labels("..")), .mismatch),
    ]
    for (image, reason) in cases {
      let found = problem { _ = try desk.publish([image]) }
      #expect(found?.reason == reason, "\(image): \(String(describing: found))")
    }
    let all = problem { _ = try desk.publish(cases.map(\.0)) }
    #expect(all?.description.split(separator: "\n").count == cases.count)
    #expect(try desk.tree == before)
  }

  @Test("Keys that do not count sign nothing", arguments: ["expired", "revoked", "weak", "future"])
  func unfit(_ kind: String) throws {
    let signer: Signer =
      switch kind {
      case "expired": try .expired()
      case "revoked": try .revoked()
      case "weak": try .weak()
      default: try .future()
      }
    let desk = try Desk(signer)
    #expect(problem { _ = try desk.publish([try desk.image("a.aci")]) }?.reason == .unfit)
  }

  @Test("A revocation that the site has published is not undone by an older copy of the key")
  func revocation() throws {
    let desk = try Desk()
    let image = try desk.image("a.aci")
    _ = try desk.publish([image])
    var revoked = desk.signer.certificate
    try revoked.addOverKey(.revocation(0x20, .reason(1, "new key")))
    try desk.folder.write("site/pubkeys.gpg", MadeArmor.publicKey.wrap(revoked.octets))
    #expect(problem { _ = try desk.publish([try desk.image("b.aci", labels: Desk.labels("2"))]) }?.reason == .unfit)
  }

  @Test("The latest version is a link, moved at once; a page that is somebody else's stays")
  func latest() throws {
    let desk = try Desk()
    for version in ["1", "2"] {
      _ = try desk.publish([try desk.image("\(version).aci", labels: Desk.labels(version))]) { $0.isLatest = true }
      let target = try ChildProcess.run(["readlink", desk.folder.path + "/site/images/example.com/hello/latest"]).text
      #expect(target == version + "\n")
    }
    try desk.folder.mkdir("site/other")
    try desk.folder.write("site/other/index.html", Array("<html>mine</html>".utf8))
    let image = try desk.image("other.aci", "example.com/other")
    #expect(problem { _ = try desk.publish([image], name: "example.com/other") }?.reason == .declined)
    #expect(try desk.contents("other/index.html") == "<html>mine</html>")
    #expect(try desk.publish([image], name: "example.com/other") { $0.isReplacing = true }.listed == 1)
    #expect(try desk.publish([image], name: "example.com").page == "index.html")
  }

  @Test("What others wrote is text on the page, and no part of it")
  func escaping() throws {
    let signer = try Signer.fit(userID: "<script>alert('x')</script> \"&\" <a@b>")
    let desk = try Desk(signer)
    _ = try desk.publish([try desk.image("a.aci")])
    let page = try desk.contents("hello/index.html")
    #expect(
      !page.contains("<script") && page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &quot;&amp;&quot;"))
  }

  @Test("Addresses that no client would ask")
  func addresses() throws {
    let desk = try Desk()
    let image = try desk.image("a.aci")
    for text in ["http://example.com", "https://example.com/?x=1"] {
      let base = try Address(text)
      #expect(problem { _ = try desk.publish([image]) { $0.base = base } }?.reason == .usage)
    }
  }

  @Test("Whoever looks while images are published never sees one without its signature")
  func order() throws {
    let desk = try Desk()
    let script =
      "cd \(desk.folder.path); while [ ! -e end ]; do for f in $(find site -name '*.aci' 2>/dev/null); do [ -e $f.asc ] || echo $f; done; done"
    let images = try (1...30).map { try desk.image("\($0).aci", labels: Desk.labels("\($0)")) }
    let watcher = try ChildProcess.run(["sh", "-c", "(\(script)) >\(desk.folder.path)/seen 2>&1 & echo started"])
    #expect(watcher.text == "started\n")
    for image in images { _ = try desk.publish([image]) }
    try desk.folder.write("end", [])
    #expect(try ChildProcess.run(["cat", desk.folder.path + "/seen"]).text == "")
  }
}

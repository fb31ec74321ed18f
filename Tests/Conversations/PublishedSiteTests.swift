import ExampleMachine
import Glibc
import StrictJSON
import TestSupport
import Testing

/// From the key to the client: what is published is served by a real web server, checked, trusted and fetched.
@Suite("A site that was published, behind a web server")
struct PublishedSiteTests {
  /// A machine whose configuration leads publisher.example to a server that shows the published folder.
  private final class Desk {
    let machine: ExampleMachine
    let site: TestSite

    init() throws {
      machine = try ExampleMachine()
      let subjects = ["DNS:publisher.example", "DNS:staging.example"]
      site = try TestSite(SiteCertificate("published", subjects: subjects))
      let authority = try ChildProcess.run(["cat", SiteCertificate.authorities]).output
      try machine.sandbox.write("/etc/keyreeve/authority.pem", authority)
      var text = "[fetch]\nproxy = none\nca-bundle = /etc/keyreeve/authority.pem\n"
      for host in ["publisher.example", "staging.example"] {
        text += "[host \(host)]\nconnect-to = 127.0.0.1:\(site.port)\nallow-private = yes\n"
      }
      try machine.sandbox.write("/etc/keyreeve/site.conf", Array(text.utf8))
      try prepare()
    }

    deinit { _ = try? run("gpgconf --homedir g --kill all") }

    func run(_ line: String) throws -> ChildProcess.Outcome {
      try ChildProcess.run(["sh", "-c", line], environment: machine.environment, directory: machine.path)
    }

    /// Runs what has to go well, and gives what it says on standard output.
    @discardableResult
    func well(_ line: String) throws -> String {
      let outcome = try run(line)
      #expect(outcome.status == 0, "\(line)\n\(outcome.text)\(outcome.errorText)")
      return outcome.text
    }

    private func prepare() throws {
      try well("keyreeve keygen --gnupg-home $PWD/g --name Release --no-passphrase --algorithm rsa2048 >fpr")
      try well("mkdir -p image/rootfs && echo hello >image/rootfs/hello")
      try machine.sandbox.write(
        "/image/manifest",
        Array(
          #"{"acKind":"ImageManifest","acVersion":"0.8.11","name":"publisher.example/hello","labels":[{"name":"version","value":"1.0"},{"name":"os","value":"linux"},{"name":"arch","value":"amd64"}]}"#
            .utf8))
      try well("keyreeve build-aci image --output hello.aci && keyreeve sign hello.aci --gnupg-home $PWD/g")
      try publish()
    }

    func publish() throws {
      try well(
        "keyreeve publish --gnupg-home $PWD/g --site site --name publisher.example/hello --base-url https://publisher.example --latest hello.aci"
      )
      for file in try well("cd site && find -L . -type f | cut -c2-").split(separator: "\n") {
        try site.answer(String(file), SiteAnswer(.file(machine.path + "/site" + file)))
      }
      try site.answer("/hello", SiteAnswer(.file(machine.path + "/site/hello/index.html")))
    }

    /// The findings of a check, as `step: message`.
    func findings(_ words: String) throws -> [String] {
      let outcome = try run("keyreeve check-site --json \(words)")
      let document = try JSON.parse(outcome.output)
      let found = (document["steps"]?.array ?? []).filter { step in
        ["warning", "error"].contains(step["outcome"]?.string?.text)
      }
      #expect(outcome.status == (found.isEmpty ? 0 : 4), "\(outcome.text)\(outcome.errorText)")
      return found.map { "\($0["step"]?.string?.text ?? ""): \($0["message"]?.string?.text ?? "")" }
    }
  }

  private static let image = "/images/publisher.example/hello/1.0/linux-amd64.aci"

  @Test("It is checked, trusted and fetched, with a version and without")
  func fetched() throws {
    let desk = try Desk()
    let check = try desk.well("keyreeve check-site https://publisher.example/hello")
    #expect(check.contains("the image was not read") && check.contains("no findings"))
    #expect(try desk.well("keyreeve check-site --download https://publisher.example/hello/").contains("good, by "))
    #expect(try desk.well("keyreeve-verify check-site https://publisher.example/hello") == check)
    #expect(try desk.findings("https://staging.example --name publisher.example/hello") == [])
    try desk.well("keyreeve trust --prefix publisher.example/hello --fingerprint $(cat fpr)")
    let id = try desk.well("keyreeve fetch publisher.example/hello:1.0,os=linux,arch=amd64")
    #expect(id.hasPrefix("sha512-"))
    #expect(try desk.well("keyreeve fetch publisher.example/hello,os=linux,arch=amd64") == id)
  }

  @Test("What is wrong with it is found, one thing at a time")
  func findings() throws {
    let desk = try Desk()
    let address = "https://publisher.example/hello"
    try desk.site.answer(Self.image + ".asc", .status(404))
    #expect(try desk.findings(address) == ["signature: the server answered 404"])
    try desk.site.answer(Self.image + ".asc", .text("no signature"))
    #expect(try desk.findings(address).first?.hasPrefix("signature: no well-formed detached signature") == true)
    try desk.publish()
    try desk.site.answer(Self.image, .status(404))
    #expect(try desk.findings(address) == ["image: the server answered 404"])
    try desk.site.answer(Self.image, .text("another image"))
    #expect(try desk.findings(address).first?.hasPrefix("image: it has 13 octets; the site's list says") == true)
    #expect(try desk.findings(address + " --download").last == "signature: does not match the bytes")
    try desk.publish()
    try desk.site.answer("/pubkeys.gpg", .text("no keys"))
    #expect(try desk.findings(address).map { $0.prefix(22) } == ["keys: no public keys: ", "signature: by a key th"])
    let other = try ExampleKey.release2.armored()
    try desk.site.answer("/pubkeys.gpg", SiteAnswer(.octets(other)))
    #expect(try desk.findings(address) == ["signature: by a key that the site does not publish"])
    try desk.site.answer("/pubkeys.gpg", SiteAnswer(.octets(try ExampleKey.lapsed.armored())))
    #expect(try desk.findings(address).first?.hasPrefix("key: it expired") == true)
    try desk.publish()
    try desk.site.answer("/hello", .status(500))
    #expect(try desk.findings(address).count == 2)
    let page =
      "<html><head><meta name=ac-discovery content='publisher.example/hell https://publisher.example/{name}.{ext}'></head></html>"
    try desk.site.answer("/hello", .text(page))
    let found = try desk.findings(address)
    #expect(found.contains { $0.contains("it is about publisher.example/hell") } && found.count == 3, "\(found)")
  }

  @Test("Without a list, what a client of this machine asks for is looked at")
  func unlisted() throws {
    let desk = try Desk()
    try desk.site.answer("/hello/images.json", .status(404))
    let check = try desk.well(
      "keyreeve check-site https://publisher.example/hello --name publisher.example/hello,os=linux,arch=amd64")
    #expect(check.contains("the site has no list") && check.contains("/hello/latest/linux-amd64.aci"))
  }

  @Test("Addresses and folders that cannot be checked are usage errors")
  func usage() throws {
    let desk = try Desk()
    for words in ["http://publisher.example/hello", "/nowhere", "https://UPPER.example/Hello", ""] {
      #expect(try desk.run("keyreeve check-site \(words)").status == 2, "\(words)")
    }
  }
}

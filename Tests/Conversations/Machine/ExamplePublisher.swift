import TestSupport

/// A publisher's site for the example machine, whose configuration leads publisher.example there and nowhere else.
///
/// Its keys are those of `ExampleKey.quayside` (`/keys.asc`) and `.release2` (`/second.asc`).
public struct ExamplePublisher {
  private let site: TestSite

  /// The port on localhost.
  public var port: Int { site.port }

  /// Starts it, and writes the configuration of the machine.
  public init(on machine: ExampleMachine) throws {
    let subjects = ["DNS:publisher.example", "DNS:localhost"]
    site = try TestSite(SiteCertificate("publisher", subjects: subjects))
    try configure(machine)
    try serveKeys()
    try servePages()
  }

  private func configure(_ machine: ExampleMachine) throws {
    let authority = try ChildProcess.run(["cat", SiteCertificate.authorities]).output
    try machine.sandbox.write("/etc/keyreeve/authority.pem", authority)
    let text = """
      [fetch]
      proxy = none
      ca-bundle = /etc/keyreeve/authority.pem
      [host publisher.example]
      connect-to = 127.0.0.1:\(port)
      allow-private = yes
      [host down.example]
      connect-to = 127.0.0.1:1
      """
    try machine.sandbox.write("/etc/keyreeve/publisher.conf", Array((text + "\n").utf8))
  }

  private func serveKeys() throws {
    try site.answer("/keys.asc", SiteAnswer(.octets(try ExampleKey.quayside.armored())))
    try site.answer("/second.asc", SiteAnswer(.octets(try ExampleKey.release2.armored())))
    try site.answer("/moved.asc", .redirect(to: "/keys.asc"))
    try site.answer("/down.asc", .redirect(to: "http://publisher.example/keys.asc"))
    let both = try ExampleKey.quayside.certificate().octets + ExampleKey.release2.certificate().octets
    try site.answer("/both.asc", SiteAnswer(.octets(MadeArmor.publicKey.wrap(both))))
    let secret = MadePacket.make(.secretKey, try ExampleKey.release2.certificate().primary.body + [0, 0])
    try site.answer("/secret.asc", SiteAnswer(.octets(secret)))
    try site.answer("/page.asc", .text("<html><body>no key</body></html>"))
    try site.answer("/large.asc", SiteAnswer(.zeros(5_000_000)))
    try site.answer("/archive.asc", SiteAnswer(.octets(try ExampleKey.archive2019.armored())))
  }

  private func servePages() throws {
    let images = "publisher.example https://publisher.example/images/{name}-{version}-{os}-{arch}.{ext}"
    try page("/hello", images: [images], keys: ["publisher.example https://publisher.example/keys.asc"])
    try page("/two", keys: ["keys", "second"].map { "publisher.example https://publisher.example/\($0).asc" })
    try page("/moved", keys: ["publisher.example https://publisher.example/moved.asc"])
    try page("/secret", keys: ["keys", "secret"].map { "publisher.example https://publisher.example/\($0).asc" })
    try page("/disabled", keys: ["publisher.example https://publisher.example/archive.asc"])
    try site.answer("/redirected", .redirect(to: "/hello"))
    try page(
      "/odd",
      images: [
        "publisher.example http://publisher.example/{name}.{ext}",
        "publisher.example https://publisher.example/{colour}/{name}.{ext}",
        "publisher.example/od https://publisher.example/{name}.{ext}", "publisher.example \u{1b}[31m",
      ], keys: ["publisher.example /etc/hostname"])
    try site.answer("/broken", .status(500))
    try page("/local", keys: ["localhost https://localhost:\(port)/keys.asc"])
  }

  private func page(_ path: String, images: [String] = [], keys: [String] = []) throws {
    let tags =
      images.map { "<meta name=\"ac-discovery\" content=\"\($0)\">\n" }
      + keys.map { "<meta name=\"ac-discovery-pubkeys\" content=\"\($0)\">\n" }
    try site.answer(path, .text("<!DOCTYPE html>\n<html><head>\n\(tags.joined())</head><body></body></html>\n"))
  }
}

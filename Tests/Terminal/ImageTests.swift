import ExampleMachine
import TestSupport
import Testing
import TrustModel

/// Images and downloads in the real program on a real terminal, from a real https server.
@Suite("Images on a real terminal")
struct ImageTests {
  /// The program with a site that serves an image of 300,000 octets and its signature.
  private func console(_ site: TestSite, _ change: (inout SiteAnswer) -> Void = { _ in }) throws -> RealConsole {
    let octets = MadeImage(size: 300_000).octets
    let key = try ExampleKey.release.certificate().primary
    let signature = MadeArmor.signature.wrap(try MadeSignature.detached.packet(by: key, over: .data(octets)))
    var answer = SiteAnswer(.octets(octets))
    (answer.ranges, answer.etag) = (true, "\"one\"")
    change(&answer)
    try site.answer("/hello.aci", answer)
    try site.answer("/hello.aci.asc", SiteAnswer(.octets(signature)))
    return try RealConsole(variables: ["SSL_CERT_FILE": try SiteCertificate.authorities, "NO_PROXY": "*"])
  }

  @Test("An image is fetched over https, listed, read again and removed")
  func fetchToRemoval() throws {
    let site = try TestSite()
    let console = try console(site)
    try console.session.send("f")
    try console.session.waitFor("A name")
    try console.session.type(site.address("/hello.aci"))
    try console.session.send("Enter")
    try console.session.waitFor("Verdict      accepted", timeout: 10)
    try console.session.send("4")
    try console.session.waitFor("1 image: 1 accepted today", timeout: 10)
    try console.session.send("v")
    try console.session.waitFor("Read again   accepted", timeout: 10)
    try console.session.send("D")
    try console.session.waitFor("[ Remove ]")
    try console.pause()
    try console.session.send("Tab", "Enter")
    try console.session.waitFor("no longer in the store", timeout: 10)
    try console.session.send("q", "q", "q", "q")
    #expect(try console.session.exitStatus() == 0)
    try console.expectRestored()
  }

  @Test("Ctrl-C stops a download that stalls, the program goes on, and the terminal is given back")
  func interrupted() throws {
    let site = try TestSite()
    let console = try console(site) { $0.stallAfter = 100_000 }
    try console.session.send("f")
    try console.session.waitFor("A name")
    try console.session.type(site.address("/hello.aci"))
    try console.session.send("Enter")
    try console.session.waitFor("97.7 KiB of 296.0 KiB", timeout: 10)
    try console.session.resize(columns: 40, rows: 10)
    try console.session.waitFor("97.7 KiB of")
    try console.session.send("C-c")
    try console.session.waitFor("f fetches it again", timeout: 10)
    try console.session.resize(columns: 80, rows: 24)
    try console.session.waitFor("kept for a day")
    try console.session.send("q", "q")
    #expect(try console.session.exitStatus() == 0)
    try console.expectRestored()
  }
}

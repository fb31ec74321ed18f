import ExampleMachine
import Screen
import TestSupport
import Testing
import TrustModel
import TrustVerify

/// Keys from an address and by discovery, and copies of keys that are here already.
@Suite("Keys from elsewhere in the console")
struct KeyFetchTests {
  private typealias Step = ScriptedTerminal.Step

  /// Types a source and a prefix, and asks for the keys.
  private func ask(_ source: String, for prefix: String) -> [Step] {
    Steps.type("gt") + Steps.type(source) + [.tab, .event(.key(.control("u")))] + Steps.type(prefix) + [.enter]
  }

  /// Serves a key at a path; a redirect leads there from `/old.asc`.
  private func site(_ key: ExampleKey, page: String? = nil) throws -> TestSite {
    let site = try TestSite()
    try site.answer("/key.asc", SiteAnswer(.octets(try key.armored())))
    try site.answer("/old.asc", .redirect(to: "/key.asc"))
    if let page { try site.answer("/", .text(page)) }
    return site
  }

  private static let page =
    #"<html><head><meta name="ac-discovery-pubkeys" content="example.com https://example.com/key.asc"></head></html>"#

  @Test("From an address: the review shows it and the redirects, and the key is trusted once it was compared")
  func address() async throws {
    let site = try site(.release2)
    let run = try await ConsoleRun(
      ask(site.address("/old.asc"), for: "example.com") + [.until("step 2 of 2"), .picture("review")]
        + (try Steps.comparison(.release2)) + [
          .enter, .enter, .until("Plan: trust"), .tab, .enter, .until("Done, #1"),
        ],
      site: site)
    let review = run.picture("review").text()
    #expect(review.contains("From         https://localhost:") && review.contains("/old.asc"))
    #expect(review.contains("redirected to https://localhost:") && review.contains("/key.asc"))
    let file = "/etc/rkt/trustedkeys/prefix.d/example.com/\(try ExampleKey.release2.fingerprint())"
    #expect(run.machine.sandbox.contents(file) == (try ExampleKey.release2.armored()))
  }

  @Test("By discovery: an empty field asks the site of the names, and the review says that the site chose the key")
  func discovery() async throws {
    let site = try site(.release2, page: Self.page)
    let run = try await ConsoleRun(
      ask("", for: "example.com") + [.until("step 2 of 2")], size: FrameTests.large, site: site)
    #expect(run.frames.contains { $0.position(of: "Now reading and judging what came") != nil })
    #expect(run.frames.contains { $0.position(of: "Done: asking example.com") != nil })
    let review = run.frame.text()
    #expect(review.contains("named by the page https://example.com"), "\(review)")
    #expect(review.contains("Whoever runs the site chose this key"))
    #expect(review.contains("Beside       the keys that are here for these names: 3CBA 0802 2362 F51F"))
    #expect(try run.journal().isEmpty)
  }

  @Test("A slow download says how much has come, of how much and in percent")
  func slow() async throws {
    let site = try TestSite()
    var answer = SiteAnswer(.octets(try ExampleKey.release2.armored()))
    answer.drip = (40, 0.15)
    try site.answer("/key.asc", answer)
    let run = try await ConsoleRun(
      ask(site.address("/key.asc"), for: "example.com") + [.until("step 2 of 2")], site: site)
    let told = run.frames.filter { $0.position(of: "Now receiving: ") != nil }
    #expect(!told.isEmpty)
    #expect(told.contains { $0.text().contains(" %...") }, "\(told.last?.text() ?? "")")
    #expect(told.allSatisfy { $0.text().split(separator: "receiving: ").count == 2 })
  }

  @Test("Where discovery finds nothing the sentence says what was asked, and the fields stay")
  func nothing() async throws {
    let site = try TestSite()
    try site.answer("*", .status(404))
    let run = try await ConsoleRun(
      ask("", for: "example.com") + [.until("Discovery found no keys for example.com")], site: site)
    #expect(run.frame.position(of: "step 1 of 2") != nil)
    #expect(run.frame.position(of: "example.com_") != nil)
  }

  @Test(
    "What cannot be asked for is said at its field",
    arguments: [
      ("", "*", "are not discovered"), ("http://example.com/key.asc", "example.com", "plain http"),
      ("https://", "example.com", "address"), ("", "", "Type the prefix"), ("", "Example.com", "upper-case"),
    ])
  func impossible(source: String, prefix: String, words: String) async throws {
    let run = try await ConsoleRun(ask(source, for: prefix) + [.until(words)], size: Size(rows: 24, columns: 160))
    #expect(run.frame.position(of: "step 1 of 2") != nil, "\(run.frame.text())")
  }

  @Test("A key that does not come is waited for without blocking: Esc stops it, and a second answer is not taken")
  func stop() async throws {
    let site = try TestSite()
    try site.answer("/key.asc", SiteAnswer(.octets(try ExampleKey.release2.armored())).with { $0.delay = 2 })
    let run = try await ConsoleRun(
      ask(site.address("/key.asc"), for: "example.com") + [.until("Now fetching https://localhost")] + Steps.type("abc")
        + [.event(.resize(FrameTests.small)), .until("Now fetching"), .event(.resize(.full)), .escape]
        + [.until("Stopped. Nothing was trusted."), .perhaps("step 2 of 2"), .escape, .until("STATE")], site: site)
    #expect(!run.frames.contains { $0.position(of: "step 2 of 2") != nil })
    #expect(!run.frames.contains { $0.position(of: "key.ascabc") != nil })
  }

  @Test("Keys of several pages have a review each, numbered through")
  func several() async throws {
    let site = try site(.release2)
    try site.answer("/other.asc", SiteAnswer(.octets(try ExampleKey.quayside.armored())))
    let tag = #"<meta name="ac-discovery-pubkeys" content="example.com https://example.com/"#
    try site.answer("/", .text("<html><head>\(tag)key.asc\">\(tag)other.asc\"></head></html>"))
    let run = try await ConsoleRun(
      ask("", for: "example.com") + [.until("key 1 of 2"), .escape, .until("key 2 of 2"), .escape, .until("STATE")],
      site: site)
    #expect(try run.journal().isEmpty)
  }

  @Test("A copy with a new user id is shown as a difference, needs no comparison, and is taken over by its button")
  func refresh() async throws {
    let machine = try ExampleMachine(images: true)
    var renewed = try ExampleKey.site.certificate()
    try renewed.addUserID("Site Operations 2 <ops-2@site.example>")
    try machine.sandbox.write("/keys/renewed.asc", MadeArmor.publicKey.wrap(renewed.octets))
    let open = ask("keys/renewed.asc", for: "site.example") + [.until("Refresh a key")]
    let alone = try await ConsoleRun(open + [.enter, .until("Nothing was trusted.")], on: machine)
    #expect(try alone.journal().isEmpty)
    let run = try await ConsoleRun(
      open + [.picture("review"), .tab, .enter, .until("Plan: trust"), .tab, .enter, .until("Done, #1")], on: machine)
    let review = run.picture("review")
    #expect(review.position(of: "CHANGES      user id added: Site Operations 2") != nil, "\(review.text())")
    #expect(review.position(of: "ANOTHER WAY") == nil)
    #expect(try run.journal().map(\.reason) == ["refreshed copy"])
  }

  @Test("A copy that lacks something says so, and the plan says it again")
  func loss() async throws {
    let machine = try ExampleMachine(images: true)
    var old = try ExampleKey.site.certificate()
    try old.addUserID("Site Operations 2 <ops-2@site.example>")
    try machine.sandbox.place(old, in: .prefix(try Prefix("site.example")), .administrator)
    let run = try await ConsoleRun(
      ask("keys/site.asc", for: "site.example") + [.until("LOSES"), .tab, .enter, .until("Plan: trust")], on: machine)
    #expect(run.frame.text().contains("missing: Site Operations 2"), "\(run.frame.text())")
  }
}

import Fetch
import Glibc
import TestSupport
import Testing

/// Rows H-07 to H-09.
@Suite("Bodies")
struct BodyTests {
  @Test("A body of as many octets as the limit is taken, one more is not, however its end is told (H-08)")
  func limit() throws {
    for framing in [SiteAnswer.Framing.length, .chunked] {
      for (count, word) in [(100_000, "none"), (100_001, "tooLarge"), (0, "none")] {
        let answer = SiteAnswer(.zeros(count)).with { $0.framing = framing }
        let failure = Peer.failure {
          let found = try Peer.fetch("/limit", answer, octets: 100_000).body.count
          #expect(found == count)
        }
        #expect(failure.word == word, "\(framing) \(count) \(failure)")
      }
    }
  }

  @Test("An endless body ends at the limit and not beyond it (H-08)", arguments: ["chunked", "close"])
  func endless(framing: String) throws {
    let site = try Peer.site
    try site.answer("/endless-\(framing)", SiteAnswer(.endless).with { $0.framing = .init(rawValue: framing) })
    let address = "http://localhost:\(try site.open(.http))/endless-\(framing)"
    var received = 0
    let failure = Peer.failure {
      try Fetcher().fetch(Peer.request(address) { $0.allowsHTTP = true }) { received += $0.count }
    }
    #expect(failure.word == "tooLarge")
    #expect(received <= 1024 * 1024)
  }

  @Test("A length beyond the limit is refused before the body comes")
  func announced() throws {
    var received = 0
    try Peer.site.answer("/announced", SiteAnswer(.zeros(2_000_000)))
    let failure = Peer.failure {
      try Fetcher(Peer.settings()).fetch(Peer.request(Peer.site.address("/announced"))) { received += $0.count }
    }
    #expect(failure.word == "tooLarge")
    #expect(received == 0)
  }

  // 200 MiB in 200 KB, as in the row.
  @Test("An encoding that nobody asked for is refused, and not one octet is decoded (H-07)")
  func bomb() throws {
    let site = try Peer.site
    for coding in ["gzip", "br", "deflate", "zstd", "identity, gzip", "x-gzip"] {
      let answer = SiteAnswer(.gzip(ofZeros: coding == "gzip" ? 200 << 20 : 1 << 20))
      let failure = Peer.failure {
        // The site needs a moment to make it.
        _ = try Peer.fetch("/bomb", answer.with(header: "Content-Encoding", coding)) {
          ($0.limits.stall, $0.limits.total) = (30, 60)
        }
      }
      #expect(failure.word == "encoded", "\(coding) \(failure)")
    }
    #expect(try site.requests("/bomb").allSatisfy { $0.headers["accept-encoding"] == nil })
    // Not an encoding, but what the file is.
    #expect(try Peer.fetch("/plain-gzip", SiteAnswer(.gzip(ofZeros: 1 << 20))).body.count < 5000)
    let identity = SiteAnswer.text("x").with(header: "Content-Encoding", "identity")
    #expect(try Peer.fetch("/identity", identity).body == [0x78])
  }

  @Test("A transfer encoding other than chunks is refused, and nothing of it is decoded (H-07)")
  func transferEncoding() throws {
    for coding in ["gzip", "gzip, chunked", "identity", "chunked, chunked"] {
      let answer = SiteAnswer(.gzip(ofZeros: 1 << 20)).with(header: "Transfer-Encoding", coding)
      let failure = Peer.failure {
        _ = try Peer.fetch("/transfer", answer.with { $0.framing = SiteAnswer.Framing.none })
      }
      #expect(failure.word == "protocolViolation", "\(coding) \(failure)")
    }
  }

  @Test("A body shorter than announced is cut, however the connection ends (H-09)")
  func short() throws {
    let answers = [
      SiteAnswer(.zeros(10)).with { ($0.length, $0.keepsConnection) = (11, false) },
      SiteAnswer(.zeros(1000)).with { $0.cutAfter = 500 },
      SiteAnswer(.zeros(1000)).with { ($0.cutAfter, $0.framing) = (500, .chunked) },
      SiteAnswer.raw("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nhello\n"),
      SiteAnswer.raw("HTTP/1.1 200 OK\nContent-Le"), SiteAnswer.raw(""), SiteAnswer.raw("HTTP/1.1 200 OK\nX: 1\n"),
    ]
    for answer in answers {
      let failure = Peer.failure { _ = try Peer.fetch("/short", answer) }
      #expect(failure.word == "cut", "\(answer) \(failure)")
    }
  }

  @Test("An answer that only ends with its connection is refused over https, where anybody could end it (H-09)")
  func unframed() throws {
    let site = try Peer.site
    let answer = SiteAnswer(.zeros(1000)).with { $0.framing = .close }
    #expect(Peer.failure { _ = try Peer.fetch("/unframed", answer) }.word == "protocolViolation")
    #expect(
      Peer.failure { _ = try Peer.fetch("/unframed", answer.with { $0.cutAfter = 500 }) }.word == "protocolViolation")
    let address = "http://localhost:\(try site.open(.http))/unframed"
    try site.answer("/unframed", answer)
    #expect(try Fetcher().octets(Peer.request(address) { $0.allowsHTTP = true }).body.count == 1000)
  }

  @Test("What comes behind an answer belongs to no other (H-09)")
  func excess() throws {
    let site = try TestSite()
    let smuggled = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"
    // In one piece with the answer, and in one that comes before the next request.
    try site.answer(
      "/excess", .raw("HTTP/1.1 200 OK\nContent-Length: 4\n\ngood" + smuggled, keepsConnection: true),
      SiteAnswer.text("good").with { $0.excess = Array(smuggled.utf8) })
    try site.answer("/after-excess", .text("fine"))
    let fetcher = Fetcher(try Peer.settings())
    for _ in 1...2 {
      #expect(try fetcher.octets(Peer.request(site.address("/excess"))).body == Array("good".utf8))
      usleep(200_000)
      #expect(try fetcher.octets(Peer.request(site.address("/after-excess"))).body == Array("fine".utf8))
    }
    #expect(Set(try site.requests().map(\.connection)).count >= 2)
  }

  @Test("A status that is not accepted is an error with the final address; 202 is taken where it is")
  func status() throws {
    for status in [201, 202, 204, 300, 304, 400, 401, 403, 404, 410, 429, 500, 503] {
      let failure = Peer.failure { _ = try Peer.fetch("/status", .status(status)) }
      #expect(failure.word == "status")
      #expect(failure.sentence.contains("/status"))
    }
    try Peer.site.answer("/deferred", .status(202), .text("now"))
    #expect(try Peer.fetch("/deferred") { $0.accepts = [200, 202] }.head.status == 202)
    #expect(try Peer.fetch("/deferred") { $0.accepts = [200, 202] }.head.status == 200)
    try Peer.site.answer("/to-gone", .redirect(to: "/gone"))
    try Peer.site.answer("/gone", .status(410))
    do {
      _ = try Peer.fetch("/to-gone")
      Issue.record("fetched")
    } catch let error as FetchError {
      #expect(error.isNotFound)
      #expect("\(error)".contains("/gone"))
    }
  }

  // Row H-14: nobody is answered.
  @Test("A question for credentials is not answered (H-14)")
  func unauthorised() throws {
    let site = try Peer.site
    let answer = SiteAnswer.status(401).with(header: "WWW-Authenticate", "Basic realm=\"http://evil.example\"")
    let failure = Peer.failure { _ = try Peer.fetch("/unauthorised", answer) }
    #expect(failure.word == "status")
    #expect(failure.sentence.contains("header = "))
    #expect(!failure.sentence.contains("evil"))
    #expect(try site.requests("/unauthorised").count == 1)
  }

  private struct Enough: Error {}

  @Test("What the consumer throws stops the transfer and comes out")
  func consumer() throws {
    let site = try Peer.site
    try site.answer("/consumer", SiteAnswer(.endless))
    let request = try Peer.request(site.address("/consumer"))
    let fetcher = Fetcher(try Peer.settings())
    do {
      try fetcher.fetch(request) { _ in throw Enough() }
      Issue.record("fetched")
    } catch .consumer(let error) {
      #expect(error is Enough)
    }
    do {
      try fetcher.fetch(request, onHead: { _ in throw Enough() }, onData: { _ in })
      Issue.record("fetched")
    } catch .consumer(let error) {
      #expect(error is Enough)
    }
  }

  @Test("The head comes before the body, once")
  func order() throws {
    let site = try Peer.site
    try site.answer("/order-start", .redirect(to: "/order"))
    try site.answer(
      "/order", SiteAnswer(.zeros(500_000)).with { ($0.etag, $0.headers) = ("\"e\"", [("Content-Type", "a/b")]) })
    var steps: [String] = []
    let head = try Fetcher(Peer.settings()).fetch(
      Peer.request(site.address("/order-start")), onHead: { steps.append("head \($0.length ?? 0)") },
      onData: { _ in if steps.last != "body" { steps.append("body") } })
    #expect(steps == ["head 500000", "body"])
    #expect(head.etag == "\"e\"")
    #expect(head.contentType == "a/b")
    #expect(head.offset == 0)
  }
}

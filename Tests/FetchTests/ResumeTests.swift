import Fetch
import TestSupport
import Testing

/// Row H-11.
@Suite("Resumed downloads")
struct ResumeTests {
  private static let etag = "\"version-1\""
  private static let date = "Sun, 06 Nov 1994 08:49:37 GMT"
  private static let whole = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }

  private static func answer(_ change: (inout SiteAnswer) -> Void = { _ in }) -> SiteAnswer {
    SiteAnswer(.octets(whole)).with { ($0.ranges, $0.etag, $0.lastModified) = (true, etag, date) }.with(change)
  }

  private static func fetch(
    _ path: String, _ answer: SiteAnswer, from offset: UInt64 = 400, etag: String? = etag, lastModified: String? = nil,
    octets: UInt64 = 1000
  ) throws -> (head: FetchHead, body: [UInt8]) {
    try Peer.fetch(path, answer, octets: octets) {
      $0.resume = ResumePoint(offset: offset, etag: etag, lastModified: lastModified)
      #expect($0.resume != nil)
    }
  }

  @Test("The rest comes where nothing has changed, by entity tag or by date", arguments: [true, false])
  func rest(byTag: Bool) throws {
    let path = "/resume/\(byTag)"
    let answer = try Self.fetch(path, Self.answer(), etag: byTag ? Self.etag : "W/\"weak\"", lastModified: Self.date)
    #expect(answer.head.status == 206)
    #expect(answer.head.offset == 400)
    #expect(answer.head.length == 1000)
    #expect(answer.head.etag == Self.etag)
    #expect(answer.body == Array(Self.whole[400...]))
    let request = try #require(try Peer.site.requests(path).last)
    #expect(request.headers["range"] == "bytes=400-")
    #expect(request.headers["if-range"] == (byTag ? Self.etag : Self.date))
  }

  @Test("It begins anew where the entity tag has changed, or the server knows no ranges (H-11)")
  func restart() throws {
    for answer in [Self.answer { $0.etag = "\"version-2\"" }, Self.answer { $0.ranges = false }] {
      let result = try Self.fetch("/resume/restart", answer)
      #expect(result.head.status == 200)
      #expect(result.head.offset == 0)
      #expect(result.body == Self.whole)
    }
  }

  @Test(
    "Another part than the one that was asked for is refused (H-11)",
    arguments: [
      "bytes 399-999/1000", "bytes 401-999/1000", "bytes 400-998/1000", "bytes 400-999/*", "bytes 0-999/1000",
      "bytes */1000", "",
    ])
  func otherPart(range: String) throws {
    let failure = Peer.failure { _ = try Self.fetch("/resume/other", Self.answer { $0.contentRange = range }) }
    #expect(failure.word == "mixed", "\(failure)")
  }

  @Test("A range that contradicts itself or the length is refused (H-11)")
  func contradiction() throws {
    for range in ["bytes 999-400/1000", "bytes 400-1000/1000", "400-999/1000", "bytes 400-999", "lines 400-999/1000"] {
      let failure = Peer.failure { _ = try Self.fetch("/resume/bad", Self.answer { $0.contentRange = range }) }
      #expect(failure.word == "protocolViolation", "\(range) \(failure)")
    }
    let length = Self.answer { ($0.contentRange, $0.length) = ("bytes 400-999/1000", 601) }
    #expect(Peer.failure { _ = try Self.fetch("/resume/bad", length) }.word == "protocolViolation")
  }

  @Test("A part of another version is refused, whatever its range says (H-11)")
  func otherVersion() throws {
    let lie = SiteAnswer.raw(
      "HTTP/1.1 206 Part\nContent-Range: bytes 400-403/404\nContent-Length: 4\nETag: \"version-2\"\n\nevil")
    #expect(Peer.failure { _ = try Self.fetch("/resume/lie", lie) }.word == "mixed")
    let later = SiteAnswer.raw(
      "HTTP/1.1 206 Part\nContent-Range: bytes 400-403/404\nContent-Length: 4\n"
        + "Last-Modified: Mon, 07 Nov 1994 08:49:37 GMT\n\nevil")
    let failure = Peer.failure { _ = try Self.fetch("/resume/later", later, etag: nil, lastModified: Self.date) }
    #expect(failure.word == "mixed")
  }

  @Test("Nothing is missing, or more is there than there should be (H-11)")
  func unsatisfiable() throws {
    let complete = try Self.fetch("/resume/complete", Self.answer(), from: 1000)
    #expect(complete.head.offset == 1000)
    #expect(complete.head.length == 1000)
    #expect(complete.body.isEmpty)
    let longer = try Self.fetch("/resume/longer", Self.answer(), from: 1200)
    #expect(longer.head.offset == 0)
    #expect(longer.body == Self.whole)
    #expect(try Peer.site.requests("/resume/longer").map { $0.headers["range"] } == ["bytes=1200-", nil])
  }

  @Test("The limit counts what is there already")
  func limit() throws {
    #expect(Peer.failure { _ = try Self.fetch("/resume/limit", Self.answer(), octets: 999) }.word == "tooLarge")
    #expect(Peer.failure { _ = try Self.fetch("/resume/limit", Self.answer(), octets: 1000) }.word == "none")
  }

  @Test("A rest that ends too early is cut")
  func cut() throws {
    #expect(Peer.failure { _ = try Self.fetch("/resume/cut", Self.answer { $0.cutAfter = 300 }) }.word == "cut")
  }

  @Test("A part that nobody asked for is refused")
  func unasked() throws {
    let answer = SiteAnswer.raw("HTTP/1.1 206 Part\nContent-Range: bytes 0-3/8\nContent-Length: 4\n\nhalf")
    let failure = Peer.failure { _ = try Peer.fetch("/resume/unasked", answer) { $0.accepts = [200, 206] } }
    #expect(failure.word == "protocolViolation")
  }

  @Test("A point needs something that is there, and what tells its version")
  func points() {
    #expect(ResumePoint(offset: 0, etag: Self.etag, lastModified: Self.date) == nil)
    #expect(ResumePoint(offset: 1, etag: nil, lastModified: nil) == nil)
    #expect(ResumePoint(offset: 1, etag: "W/\"a\"", lastModified: nil) == nil)
    #expect(ResumePoint(offset: 1, etag: "\"a\r\nX: y\"", lastModified: "yesterday") == nil)
    #expect(ResumePoint(offset: 1, etag: "unquoted", lastModified: nil) == nil)
    #expect(ResumePoint(offset: 1, etag: Self.etag, lastModified: Self.date)?.validator == Self.etag)
    #expect(ResumePoint(offset: 1, etag: "W/\"a\"", lastModified: Self.date)?.validator == Self.date)
  }
}

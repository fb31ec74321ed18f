import Fetch
import Glibc
import TestSupport
import Testing
import TrustModel

/// What is sent to a registry: by which method, from where, and to whom not.
@Suite("Pieces that are sent")
struct PieceTests {
  @Test("A piece of a file arrives as it lies there, with its place; octets too, and nothing as nothing")
  func sent() throws {
    let folder = try TemporaryDirectory(prefix: "kr-piece")
    let octets = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let file = open(try folder.write("file", octets), O_RDONLY)
    defer { close(file) }
    try Peer.site.answer("/piece/file", .status(202), .status(202))
    for (start, count) in [(0, octets.count), (1000, 200_000)] {
      let piece = SentPiece(.patch, .file(file, offset: UInt64(start), count: UInt64(count)), at: UInt64(start))
      #expect(try Peer.fetch("/piece/file") { ($0.body, $0.accepts) = (.piece(piece), [202]) }.head.status == 202)
      let request = try #require(try Peer.site.requests("/piece/file").last)
      #expect(request.method == "PATCH" && request.body == Array(octets[start..<start + count]))
      #expect(request.headers["content-range"] == "\(start)-\(start + count - 1)" && request.headers["expect"] == nil)
    }
    try Peer.site.answer("/piece/octets", .status(201), .status(202))
    _ = try Peer.fetch("/piece/octets") {
      ($0.body, $0.accepts) = (.piece(SentPiece(.put, .octets([1, 2, 3]), type: "text/x")), [201])
    }
    _ = try Peer.fetch("/piece/octets") { ($0.body, $0.accepts) = (.piece(SentPiece(.post, .octets([]))), [202]) }
    let requests = try Peer.site.requests("/piece/octets")
    #expect(requests.map(\.method) == ["PUT", "POST"] && requests.map(\.body) == [[1, 2, 3], []])
    #expect(requests[0].headers["content-type"] == "text/x" && requests[1].headers["content-length"] == "0")
  }

  @Test("A file that became shorter ends the request")
  func shorter() throws {
    let folder = try TemporaryDirectory(prefix: "kr-piece")
    let file = open(try folder.write("file", [1, 2, 3]), O_RDONLY)
    defer { close(file) }
    try Peer.site.answer("/piece/shorter", .status(202))
    let failure = Peer.failure {
      _ = try Peer.fetch("/piece/shorter") {
        ($0.body, $0.accepts) = (.piece(SentPiece(.put, .file(file, offset: 0, count: 10))), [202])
      }
    }
    #expect(failure.word != "none")
  }

  @Test("Over plain http only where that is allowed, and never on to another place")
  func whither() throws {
    let site = try TestSite(.http)
    try site.answer("/x", .status(202))
    let address = site.address("/x", scheme: "http")
    func send(_ allowsHTTP: Bool) -> String {
      Peer.failure {
        _ = try Fetcher(Peer.settings()).octets(
          Peer.request(address) {
            ($0.body, $0.accepts, $0.allowsHTTP) = (.piece(SentPiece(.put, .octets([1]))), [202], allowsHTTP)
          })
      }.word
    }
    #expect(send(false) == "insecure" && send(true) == "none")
    try Peer.site.answer("/piece/on", .redirect(to: "/piece/elsewhere", status: 307))
    let failure = Peer.failure {
      _ = try Peer.fetch("/piece/on") { $0.body = .piece(SentPiece(.put, .octets([1]))) }
    }
    #expect(failure.word == "redirects")
    #expect(try Peer.site.requests("/piece/elsewhere").isEmpty)
  }

  @Test("The headers alone: no body is waited for, and the length is known")
  func head() throws {
    try Peer.site.answer("/piece/head", SiteAnswer(.zeros(5_000_000)).with(header: "Location", "/there"))
    let (head, body) = try Peer.fetch("/piece/head") {
      ($0.isHeadOnly, $0.mediaTypes) = (true, ["text/a", "text/b"])
    }
    #expect(head.length == 5_000_000 && body.isEmpty && head.location == "/there")
    let request = try #require(try Peer.site.requests("/piece/head").last)
    #expect(request.method == "HEAD" && request.headers["accept"] == "text/a, text/b")
  }

  @Test("What is known by its digest goes on without a word on its version")
  func resumed() throws {
    let whole = SiteAnswer(.octets(Array("0123456789".utf8))).with { ($0.ranges, $0.etag) = (true, "\"a\"") }
    try Peer.site.answer("/piece/part", whole)
    let (head, body) = try Peer.fetch("/piece/part") { $0.resume = ResumePoint(offsetOfDigested: 4) }
    #expect(head.offset == 4 && body == Array("456789".utf8))
    let request = try #require(try Peer.site.requests("/piece/part").last)
    #expect(request.headers["range"] == "bytes=4-" && request.headers["if-range"] == nil)
    #expect(ResumePoint(offsetOfDigested: 0) == nil)
  }
}

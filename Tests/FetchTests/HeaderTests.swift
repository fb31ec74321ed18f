import Fetch
import TestSupport
import Testing

/// Row H-09.
@Suite("Headers")
struct HeaderTests {
  @Test(
    "Headers that contradict each other or break the format are refused (H-09)",
    arguments: [
      "Content-Length: 4\nContent-Length: 5", "Content-Length: 4\nTransfer-Encoding: chunked",
      "Transfer-Encoding: chunked\nContent-Length: 4", "Content-Length: -4", "Content-Length: +4", "Content-Length: 4x",
      "Content-Length: 4, 4", "Content-Length: 99999999999999999999", "Content-Length: ", "Content-Length: 0x4",
      "X: a\u{0}b", "X: a\u{1b}[2Jb", "X a: b", ": b", "Xab", "X: a\n b", "X : a", "Content-Range: bytes x",
    ])
  func contradictions(lines: String) throws {
    let failure = Peer.failure { _ = try Peer.fetch("/lines", .raw("HTTP/1.1 200 OK\n\(lines)\n\nbody")) }
    #expect(failure.word == "protocolViolation", "\(failure)")
    #expect(!failure.sentence.contains("\u{1b}"))
  }

  @Test("The same length twice, and an interim answer, are no contradiction")
  func harmless() throws {
    let twice = SiteAnswer.raw("HTTP/1.1 200 OK\nContent-Length: 4\nContent-Length: 4\n\nbody")
    #expect(try Peer.fetch("/twice", twice).body.count == 4)
    let interim = SiteAnswer.raw(
      "HTTP/1.1 100 Continue\n\nHTTP/1.1 103 Early\nLink: x\n\nHTTP/1.1 200 OK\nContent-Length: 4\n\nbody")
    #expect(try Peer.fetch("/interim", interim).body.count == 4)
    let trailers = SiteAnswer(.zeros(4)).with {
      ($0.framing, $0.trailers) = (.chunked, [("Content-Length", "9"), ("X", "y")])
    }
    #expect(try Peer.fetch("/trailers", trailers).body.count == 4)
  }

  @Test(
    "What is not HTTP is refused",
    arguments: [
      "hello\n\n", "<html>\n", "HTTP/1.1 20 OK\n\n", "HTTP/1.1 999 OK\n\n", "HTTP/9.9 200 OK\n\n", "SSH-2.0-x\n",
    ])
  func notHTTP(text: String) throws {
    let failure = Peer.failure { _ = try Peer.fetch("/not-http", .raw(text)) }
    #expect(["protocolViolation", "cut"].contains(failure.word), "\(failure)")
  }

  @Test(
    "Broken chunks are refused",
    arguments: ["x\nhello\n", "-5\nhello\n", "fffffffffffffffff\nhello\n", "5\nhelloworld\n0\n\n"])
  func brokenChunks(chunks: String) throws {
    let answer = SiteAnswer.raw("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n" + chunks)
    let failure = Peer.failure { _ = try Peer.fetch("/chunks", answer) }
    #expect(failure.word == "protocolViolation", "\(failure)")
  }

  @Test("As many header lines and octets as the limits allow are taken, one more is not (H-09)")
  func headerLimits() throws {
    func fetch(_ lines: [String]) -> String {
      let text = "HTTP/1.1 200 OK\nContent-Length: 4\n" + lines.map { $0 + "\n" }.joined() + "\nbody"
      return Peer.failure {
        let count = try Peer.fetch("/header-limits", .raw(text)).body.count
        #expect(count == 4)
      }.word
    }
    // The status line, the length and the empty line count as well.
    let most = FetchLimits.headerLines - 3
    #expect(fetch((0..<most).map { "X-\($0): y" }) == "none")
    #expect(fetch((0..<most + 1).map { "X-\($0): y" }) == "protocolViolation")
    let longest = FetchLimits.headerLineOctets - 2
    #expect(fetch(["X: " + String(repeating: "y", count: longest - 3)]) == "none")
    #expect(fetch(["X: " + String(repeating: "y", count: longest - 2)]) == "protocolViolation")
    // Status line 17, length 19, end 2; seven lines of 8192, and the rest.
    let rest = FetchLimits.headerOctets - 38 - 7 * 8192
    let seven = (1...7).map { "X-\($0): " + String(repeating: "y", count: 8192 - 7) }
    #expect(fetch(seven + ["Z: " + String(repeating: "z", count: rest - 5)]) == "none")
    #expect(fetch(seven + ["Z: " + String(repeating: "z", count: rest - 4)]) == "protocolViolation")
    #expect(fetch((0..<100_000).map { "X-\($0): y" }) == "protocolViolation")
    #expect(fetch(["X: " + String(repeating: "y", count: 1 << 20)]) != "none")
  }
}

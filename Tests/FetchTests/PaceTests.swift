import Fetch
import Glibc
import TestSupport
import Testing

/// Rows H-10, H-12 and T-18, and cancellation.
@Suite("Slow servers")
struct PaceTests {
  private static func seconds(_ body: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try body()
    let spent = (ContinuousClock.now - start).components
    return Double(spent.seconds) + Double(spent.attoseconds) / 1e18
  }

  struct Case: Sendable {
    let name: String
    let word: String
    let answer: SiteAnswer
  }

  static let cases = [
    Case(name: "no answer", word: "stalled", answer: .text("x").with { $0.delay = 60 }),
    Case(name: "headers, no body", word: "stalled", answer: SiteAnswer(.zeros(10)).with { $0.stallAfter = 0 }),
    Case(name: "half a body", word: "stalled", answer: SiteAnswer(.zeros(100_000)).with { $0.stallAfter = 50_000 }),
    Case(
      name: "half a chunked body", word: "stalled",
      answer: SiteAnswer(.endless).with { ($0.stallAfter, $0.framing) = (50_000, .chunked) }),
    Case(name: "body in drips", word: "tooSlow", answer: SiteAnswer(.zeros(1000)).with { $0.drip = (1, 0.05) }),
    Case(
      name: "chunks in drips", word: "tooSlow", answer: SiteAnswer(.endless).with { $0.drip = (1, 0.05) }),
    Case(name: "headers in drips", word: "stalled", answer: .text("x").with { $0.headerPause = 0.08 }),
  ]

  @Test("A server that falls silent or only drips is left within the limit (H-10, H-12)", arguments: cases)
  func left(shape: Case) throws {
    var failure = (word: "", sentence: "")
    let spent = try Self.seconds {
      let path = "/pace/" + shape.name.replacing(" ", with: "-")
      try Peer.site.answer(path, shape.answer)
      failure = Peer.failure { _ = try Peer.fetch(path) }
    }
    #expect(failure.word == shape.word, "\(failure)")
    #expect(spent < 3.5)
  }

  @Test("A server that is just fast enough is waited for")
  func fastEnough() throws {
    let answer = SiteAnswer(.zeros(300)).with { $0.drip = (30, 0.1) }
    #expect(try Peer.fetch("/fast-enough", answer).body.count == 300)
  }

  @Test("The whole takes no longer than its limit, redirects included (H-12)")
  func total() throws {
    let site = try Peer.site
    try site.answer("/total", .redirect(to: "/total-end").with { $0.delay = 0.7 })
    try site.answer("/total-end", SiteAnswer(.endless).with { $0.drip = (500, 0.1) })
    let spent = Self.seconds {
      let failure = Peer.failure { _ = try Peer.fetch("/total") { $0.limits.total = 1 } }
      #expect(failure.word == "timeout", "\(failure)")
    }
    #expect(spent > 0.9 && spent < 2)
  }

  @Test("A server that takes the connection and never speaks TLS is left within the limit (H-10)")
  func silent() throws {
    let port = try Peer.site.open(.silent)
    let spent = Self.seconds {
      let failure = Peer.failure {
        _ = try Fetcher(Peer.settings()).octets(Peer.request("https://localhost:\(port)/") { $0.limits.connect = 1 })
      }
      #expect(failure.word == "unreachable")
      #expect(failure.sentence.contains("within 1 seconds"))
    }
    #expect(spent < 2.5)
  }

  @Test("A consumer that takes its time is not the server's fault")
  func slowConsumer() throws {
    let site = try Peer.site
    try site.answer("/slow-consumer", SiteAnswer(.zeros(60_000)))
    var slept = false
    try Fetcher(Peer.settings()).fetch(Peer.request(site.address("/slow-consumer")) { $0.limits.total = 2 }) { _ in
      if !slept { usleep(2_200_000) }
      slept = true
    }
  }

  @Test(
    "Another thread ends it within a second, wherever it is", arguments: ["silent", "stalled", "endless", "before"])
  func cancelled(place: String) throws {
    let site = try Peer.site
    try site.answer("/cancel/stalled", SiteAnswer(.zeros(10)).with { $0.stallAfter = 5 })
    try site.answer("/cancel/endless", SiteAnswer(.endless).with { $0.drip = (1000, 0.01) })
    let address =
      place == "silent" ? "https://localhost:\(try site.open(.silent))/" : site.address("/cancel/\(place)")
    let cancellation = Cancellation()
    let settings = try Peer.settings()
    var limits = FetchLimits.image(octets: .max)
    limits.connect = 60
    let request = FetchRequest(try Address(address), limits: limits)
    if place == "before" { cancellation.cancel() }
    let spent = Self.seconds {
      Self.cancelLater(cancellation)
      let failure = Peer.failure { try Fetcher(settings, cancellation: cancellation).fetch(request) { _ in } }
      #expect(failure.word == "cancelled", "\(failure)")
    }
    #expect(spent < 1.3)
    #expect(cancellation.isCancelled || place == "before")
  }

  /// Cancels after 0.3 seconds, on a thread that no task has to share.
  private static func cancelLater(_ cancellation: Cancellation) {
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { context in
        usleep(300_000)
        if let context { Unmanaged<Cancellation>.fromOpaque(context).takeRetainedValue().cancel() }
        return nil
      }, Unmanaged.passRetained(cancellation).toOpaque())
    pthread_detach(thread)
  }
}

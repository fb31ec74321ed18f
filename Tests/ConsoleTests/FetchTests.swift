import ExampleMachine
import Fetch
import Screen
import TestSupport
import Testing
import TrustModel
import TrustVerify

@testable import Console
@testable import Images

/// Fetching in the console: progress, stopping, going on, and what comes after the verdict.
@Suite("Fetching in the console")
struct FetchTests {
  private typealias Step = ScriptedTerminal.Step

  /// Serves an image for example.com with its signature; returns its address.
  private func publish(
    on site: TestSite, at path: String = "/hello.aci", size: Int = 300_000, by key: ExampleKey = .release,
    _ change: (inout SiteAnswer) -> Void = { _ in }
  ) throws -> String {
    let octets = MadeImage(size: size).octets
    var answer = SiteAnswer(.octets(octets))
    (answer.ranges, answer.etag) = (true, "\"one\"")
    change(&answer)
    try site.answer(path, answer)
    try site.answer(path + ".asc", SiteAnswer(.octets(try SeededStore.signature(over: octets, by: key))))
    return site.address(path)
  }

  @Test("A file is fetched, shown, and is in the list")
  func file() async throws {
    let run = try await ConsoleRun(
      Steps.fetch("images/hello.aci") + [.until("Verdict      accepted"), .picture("verdict"), .enter]
        + [.until("Images > example.com/hello:0.0.1"), .escape] + Steps.type("4") + [
          .until("1 image: 1 accepted today")
        ])
    #expect(run.picture("verdict").position(of: "Stored       10.0 KiB") != nil)
    #expect(try SeededStore.references(on: run.machine) == ["example.com/hello:0.0.1"])
  }

  @Test("A second fetch says that nothing was downloaded")
  func again() async throws {
    let site = try TestSite()
    let run = try await ConsoleRun(
      Steps.fetch(try publish(on: site)) + [.until("Verdict")] + Steps.type("f") + [.enter]
        + [.until("nothing was downloaded")], site: site)
    #expect(try SeededStore.references(on: run.machine).count == 1)
    #expect(try site.requests("/hello.aci").count == 1)
  }

  @Test(
    "What is refused is not stored, and the reason and the sentence are shown",
    arguments: [
      ("unsigned", "unsigned"), ("unknown", "untrusted"), ("disabled", "disabled"), ("expired", "unfit"),
      ("tampered", "tampered"), ("two-manifests", "malformed"), ("missing", "not-found"),
    ])
  func refused(file: String, reason: String) async throws {
    let run = try await ConsoleRun(Steps.fetch("images/\(file).aci") + [.until("refused (\(reason))")])
    #expect(run.frame.position(of: "Stored       nothing") != nil || run.frame.position(of: "-- more") != nil)
    #expect((run.frame.text().contains("t:Trust")) == (reason == "untrusted"))
    #expect(try SeededStore.references(on: run.machine).isEmpty)
  }

  @Test("What names no image is said in the field, which stays open")
  func impossible() async throws {
    let run = try await ConsoleRun(
      Steps.fetch("Example.com/hello") + [.until("upper-case"), .picture("problem"), .event(.key(.control("u")))]
        + Steps.type("images/hello.aci") + [.enter, .until("Verdict      accepted")])
    #expect(run.picture("problem").position(of: "Enter:Fetch") != nil)
  }

  @Test("By name: discovery, an unknown signer, trust offered for the name, and after it the fetch succeeds")
  func byName() async throws {
    let site = try TestSite()
    _ = try publish(on: site, at: "/hello-0.0.1.aci", by: .release2)
    let template = "https://example.com/hello-{version}.{ext}"
    try site.answer(
      "/", .text(#"<html><head><meta name="ac-discovery" content="example.com \#(template)"></head></html>"#))
    try site.answer(
      "/hello", .text(#"<html><head><meta name="ac-discovery" content="example.com \#(template)"></head></html>"#))
    let run = try await ConsoleRun(
      Steps.fetch("example.com/hello:0.0.1") + [.until("refused (untrusted)"), .picture("refused")] + Steps.type("t")
        + [.until("step 1 of 2"), .picture("trust")] + Steps.type("keys/release2.asc") + [
          .enter, .until("Fingerprint"),
        ]
        + (try Steps.comparison(.release2)) + [.enter, .enter, .until("Plan: trust"), .tab, .enter, .until("Done, #1")]
        + Steps.type("f") + [.enter, .until("Verdict      accepted")], site: site)
    #expect(run.picture("refused").position(of: "t trusts a key for this name") != nil)
    #expect(run.picture("trust").position(of: "example.com/hello_") != nil)
    #expect(try site.requests("/hello-0.0.1.aci").count == 1)
  }

  @Test(
    "Esc and Ctrl-C stop a download; fetched again, only the rest is asked for",
    arguments: [Event.key(.escape), .interrupt])
  func stop(by event: Event) async throws {
    let site = try TestSite()
    let address = try publish(on: site) { $0.stallAfter = 100_000 }
    let whole: @Sendable () throws -> Void = { try Self.complete(site) }
    let run = try await ConsoleRun(
      Steps.fetch(address) + [.until("97.7 KiB of"), .picture("stalled"), .event(event), .until("Stopped")]
        + [.picture("stopped"), .outside(whole)] + Steps.type("f") + [.enter, .until("Verdict      accepted")],
      site: site)
    #expect(run.picture("stalled").position(of: "[####") != nil)
    #expect(run.picture("stalled").position(of: "32 %") != nil)
    #expect(run.picture("stopped").position(of: "only the rest is asked for") != nil)
    #expect(try site.requests("/hello.aci").last?.headers["range"] == "bytes=100000-")
  }

  private static func complete(_ site: TestSite) throws {
    var answer = SiteAnswer(.octets(MadeImage(size: 300_000).octets))
    (answer.ranges, answer.etag) = (true, "\"one\"")
    try site.answer("/hello.aci", answer)
  }

  @Test("While a download stalls every key is answered at once: help, sizes, and q leaves it")
  func keysMeanwhile() async throws {
    let site = try TestSite()
    let address = try publish(on: site) { $0.stallAfter = 100_000 }
    let run = try await ConsoleRun(
      Steps.fetch(address) + [.until("97.7 KiB of")] + Steps.type("?") + [.until("stop; what has come in")]
        + Steps.type("q")
        + [.until("97.7 KiB of"), .event(.resize(Size(rows: 6, columns: 30))), .until("Keyreeve needs")]
        + [.event(.resize(FrameTests.large)), .until("97.7 KiB of")] + Steps.type("q") + [.until("STATE")]
        + [.until("was stopped.")], site: site)
    #expect(try SeededStore.references(on: run.machine).isEmpty)
  }

  @Test("In a window too small to see it, Esc stops the download before it leaves it")
  func unseen() async throws {
    let site = try TestSite()
    let address = try publish(on: site) { $0.stallAfter = 100_000 }
    let run = try await ConsoleRun(
      Steps.fetch(address) + [.until("97.7 KiB of"), .event(.resize(Size(rows: 6, columns: 30)))]
        + [.until("Keyreeve needs"), .escape, .event(.resize(.full)), .until("Stopped")], site: site)
    #expect(try SeededStore.references(on: run.machine).isEmpty)
  }

  @Test("A paste of an address with a line end starts nothing by itself")
  func paste() async throws {
    let site = try TestSite()
    let address = try publish(on: site)
    let run = try await ConsoleRun(
      Steps.type("f") + [.event(.paste(address + "\n")), .until("/hello.aci_")], site: site)
    #expect(run.frame.position(of: "Enter:Fetch") != nil)
    #expect(try site.requests().isEmpty)
  }

  @Test("Read-only, nothing is asked for; the command is named")
  func readOnly() async throws {
    let run = try await ConsoleRun(
      Steps.type("f") + [.until("Read-only here: keyreeve fetch NAME")], isReadOnly: true)
    #expect(run.frame.position(of: "STATE") != nil)
  }

  @Test("Of ten thousand news a second some ten are shown, the first and the last among them")
  func pace() throws {
    var pace = FetchPace(isDownload: true)
    let start = ContinuousClock.now
    var shown: [FetchStatus] = []
    for octet in 0...10_000 {
      let now = start + .microseconds(100) * octet
      if let status = pace.take(.image(received: UInt64(octet), total: 10_000), at: now) { shown.append(status) }
      if octet % 1_000 == 999, let status = pace.look(at: now) { shown.append(status) }
    }
    shown += [pace.look(at: start + .seconds(1))].compactMap(\.self)
    #expect(shown.count == 12)
    #expect(shown.first?.transfer?.received == 0 && shown.last?.transfer?.received == 10_000)
    let middle = try #require(shown.dropFirst(5).first?.transfer)
    #expect(abs(middle.seconds - 0.5) < 0.01)
  }

  @Test("Where nothing comes any more, time is shown to go on, once a second; a step is said once")
  func stalledPace() throws {
    var pace = FetchPace(isDownload: true)
    let start = ContinuousClock.now
    #expect(pace.take(.image(received: 5, total: 9), at: start)?.transfer?.since == 5)
    #expect(pace.look(at: start + .milliseconds(999)) == nil)
    #expect(pace.look(at: start + .seconds(1))?.transfer?.seconds == 1)
    #expect(pace.look(at: start + .milliseconds(1_999)) == nil)
    #expect(pace.take(.judging, at: start)?.step == "verifying")
    #expect(pace.take(.judging, at: start) == nil && pace.look(at: start + .seconds(9)) == nil)
    #expect(pace.take(.image(received: 7, total: nil), at: start)?.transfer?.since == 7)
  }

  @Test("A download in a thousand pieces is painted some ten times a second")
  func painted() async throws {
    let site = try TestSite()
    let address = try publish(on: site, size: 1_000_000) { $0.drip = (1_000, 0.001) }
    let run = try await ConsoleRun(Steps.fetch(address) + [.until("Verdict      accepted")], site: site)
    let pictures = run.frames.filter { $0.position(of: "Received") != nil }
    #expect(pictures.count > 2)
    #expect(pictures.count < 200, "\(pictures.count)")
  }

  // MARK: Pictures of what would take too long, or never look the same twice

  /// A model that fetches, and its order.
  private func fetching(_ source: String, size: Size) throws -> (model: ConsoleModel, order: FetchOrder) {
    let context = Context(
      now: Moment.now, host: "web01", isReadOnly: false, isStoreReadOnly: false, sysroot: nil, theme: .colour)
    var model = ConsoleModel(context, size: size)
    for event in Array("f" + source).map({ Event.text($0) }) + [.key(.enter)] { model.handle(event) }
    let orders = model.takePending().compactMap { effect -> FetchOrder? in
      if case .work(.images(.fetch(let order))) = effect { order } else { nil }
    }
    return (model, try #require(orders.first))
  }

  private func show(_ model: ConsoleModel, _ size: Size, as name: String) throws {
    var grid = Grid(size: size)
    model.draw(into: &grid)
    let text = FrameFile.text(of: grid)
    let file = "\(name)-\(size.columns)x\(size.rows)"
    #expect(text == (try FrameFile.kept(file, now: text)), "\(file) differs; if it should: RECORD_FRAMES=1")
  }

  @Test("A fetch under way looks as it was approved", arguments: FrameTests.readable)
  func running(size: Size) throws {
    var (model, order) = try fetching("example.com/hello:0.0.1", size: size)
    try show(model, size, as: "fetch-begun")
    for step in ["asking where example.com/hello is", "fetching the signature https://example.com/hello.aci.asc"] {
      model.handle(.images(.fetching(order, FetchStatus(step: step, transfer: nil))), at: Moment.now)
    }
    let transfer = FetchStatus.Transfer(
      received: 96 << 20, total: 256 << 20, since: 0, seconds: 4, isDownload: true)
    let status = FetchStatus(step: "fetching the image", transfer: transfer)
    model.handle(.images(.fetching(order, status)), at: Moment.now)
    try show(model, size, as: "fetch-running")
    model.handle(.interrupt)
    try show(model, size, as: "fetch-stopping")
    order.cancellation.cancel()
    let refused = FetchedImage.none("example.com/hello:0.0.1 was not fetched: stopped")
    model.handle(.images(.fetched(order, .answered(refused))), at: Moment.now)
    try show(model, size, as: "fetch-stopped")
  }

  @Test("Where the whole is not known there is no bar, and no part")
  func withoutLength() throws {
    var (model, order) = try fetching("example.com/hello", size: .full)
    let transfer = FetchStatus.Transfer(received: 1 << 20, total: nil, since: 0, seconds: 2, isDownload: true)
    model.handle(.images(.fetching(order, FetchStatus(step: "fetching", transfer: transfer))), at: Moment.now)
    var grid = Grid(size: .full)
    model.draw(into: &grid)
    #expect(grid.position(of: "1.0 MiB  512.0 KiB/s") != nil, "\(grid.text())")
    #expect(grid.position(of: "[#") == nil && grid.position(of: "%") == nil)
    #expect(
      FetchDescription.bar(.init(received: 5, total: 0, since: 0, seconds: 0, isDownload: true), columns: 40) == nil)
    let whole = FetchStatus.Transfer(received: 9, total: 4, since: 0, seconds: 0, isDownload: true)
    #expect(FetchDescription.bar(whole, columns: 12) == "[##########]")
  }

  @Test("News of an earlier fetch are not taken for those of this one")
  func earlierNews() throws {
    var (model, order) = try fetching("example.com/hello", size: .full)
    let other = FetchOrder("example.com/hello")
    model.handle(.images(.fetching(other, FetchStatus(step: "something else", transfer: nil))), at: Moment.now)
    model.handle(.images(.fetched(other, .impossible("no"))), at: Moment.now)
    var grid = Grid(size: .full)
    model.draw(into: &grid)
    #expect(grid.position(of: "something else") == nil && grid.position(of: "Stop") != nil)
    model.handle(.images(.fetched(order, .impossible("this one"))), at: Moment.now)
    model.draw(into: &grid)
    #expect(grid.position(of: "this one") != nil)
  }
}

extension FetchedImage {
  /// One that was not had.
  fileprivate static func none(_ message: String) -> FetchedImage {
    FetchedImage(verdict: Verdict(subject: .init(file: "-"), outcome: .undetermined, message: message))
  }
}

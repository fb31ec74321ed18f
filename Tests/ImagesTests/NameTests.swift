import Fetch
import Images
import TestSupport
import Testing
import TrustModel
import TrustVerify

@Suite("Fetching an image by its name")
struct NameTests {
  /// A publisher whose discovery page names images below `/images`, and the name of theirs.
  private struct Names {
    let publisher: Publisher
    let shop: Shop

    init(trusting: Bool = true) throws {
      (publisher, shop) = (try Publisher(), try Shop())
      if trusting { try shop.trust(publisher.signer, in: .prefix(try Prefix("localhost"))) }
      try page(images: ["localhost \(publisher.address("/images/{name}-{version}.{ext}"))"])
    }

    /// Answers discovery for every name.
    func page(images: [String], at path: String = "/") throws {
      let tags = images.map { "<meta name=\"ac-discovery\" content=\"\($0)\">" }.joined()
      try publisher.site.answer(path + "?ac-discovery=1", .text("<html><head>\(tags)</head></html>"))
    }

    /// Publishes an image of that name and version; returns its octets.
    @discardableResult
    func publish(
      _ name: String, _ version: String = "1", as file: String? = nil, signedAt created: Timestamp? = nil,
      _ change: (inout MadeImage) -> Void = { _ in }
    ) throws -> [UInt8] {
      var image = MadeImage(name: name)
      image.labels = #"{"name":"version","value":"\#(version)"}"#
      change(&image)
      let signer = created.map { moment in publisher.signer.signing { $0.created = moment } } ?? publisher.signer
      try publisher.publish(image.octets, at: "/images/\(file ?? "\(name)-\(version)").aci", signedBy: [signer])
      return image.octets
    }

    func fetch(_ text: String) throws -> FetchedImage {
      let name = text.replacing("localhost", with: "localhost:\(publisher.site.port)", maxReplacements: 1)
      return try shop.fetch(name, with: publisher.fetcher()) { options in
        try? options.machineLabels.add("os", "linux")
        try? options.machineLabels.add("arch", "amd64")
      }
    }
  }

  @Test("Found by the host's page, verified and stored; a second time only page and signature are asked for")
  func found() throws {
    let names = try Names()
    try names.publish("localhost/hello")
    let fetched = try names.fetch("localhost/hello:1")
    #expect(fetched.verdict.isAccepted, "\(fetched.verdict.message)")
    #expect(fetched.record?.origin.page?.hasSuffix("/?ac-discovery=1") == true)
    #expect(try names.fetch("localhost/hello:1").wasStored)
    #expect(try names.publisher.count("/images/localhost/hello-1.aci") == 1)
  }

  @Test("Row 19: an image of no architecture can be fetched by name, one of another cannot")
  func architecture() throws {
    let names = try Names()
    try names.publish("localhost/any")
    #expect(try names.fetch("localhost/any:1").verdict.isAccepted)
    try names.publish("localhost/arm") {
      $0.labels = #"{"name":"version","value":"1"},{"name":"os","value":"linux"},{"name":"arch","value":"aarch64"}"#
    }
    #expect(try names.fetch("localhost/arm:1").verdict.reason == .mismatch)
    #expect(try names.fetch("localhost/arm:1,arch=aarch64").verdict.isAccepted)
  }

  @Test("Another image's name, version or label is a mismatch, with verification switched off too")
  func mismatch() throws {
    let names = try Names()
    try names.publish("localhost/other", as: "localhost/hello-1")
    #expect(try names.fetch("localhost/hello:1").verdict.reason == .mismatch)
    let name = "localhost:\(names.publisher.site.port)/hello:1"
    let taken = try names.shop.fetch(name, with: names.publisher.fetcher()) { $0.skipsVerification = true }
    #expect(taken.verdict.reason == .mismatch && taken.record == nil)
    try names.publish("localhost/hello", "2", as: "localhost/hello-3")
    #expect(try names.fetch("localhost/hello:3").verdict.reason == .mismatch)
  }

  @Test("Weakness 14: every place that the page names is tried in turn")
  func everyEndpoint() throws {
    let names = try Names()
    let base = names.publisher.address("")
    try names.page(images: [
      "localhost \(base)/gone/{name}-{version}.{ext}", "localhost \(base)/images/{name}-{version}.{ext}",
    ])
    try names.publish("localhost/hello")
    #expect(try names.fetch("localhost/hello:1").verdict.isAccepted)
  }

  @Test("A name without images, and a host without answers, are two things")
  func nothing() throws {
    let names = try Names()
    #expect(try names.fetch("localhost/hello:1").verdict.reason == .notFound)
    let fetched = try names.shop.fetch("localhost:1/hello", with: names.publisher.fetcher())
    #expect(fetched.verdict.outcome == .undetermined)
  }

  @Test("The signer must be trusted for the name, or the image is never asked for")
  func otherPrefix() throws {
    let names = try Names(trusting: false)
    try names.shop.trust(names.publisher.signer, in: .prefix(try Prefix("localhost/hel")))
    try names.publish("localhost/hello")
    #expect(try names.fetch("localhost/hello:1").verdict.reason == .untrusted)
    #expect(try names.publisher.count("/images/localhost/hello-1.aci") == 0)
  }

  @Test("Weakness 20: an old image is not taken for the latest, but by its version")
  func rollback() throws {
    let names = try Names()
    try names.publish("localhost/hello", "2", as: "localhost/hello-latest", signedAt: Moment.now.advanced(by: -100))
    #expect(try names.fetch("localhost/hello").verdict.isAccepted)
    try names.publish("localhost/hello", "1", as: "localhost/hello-latest", signedAt: Moment.now.advanced(by: -200))
    let old = try names.fetch("localhost/hello")
    #expect(old.verdict.reason == .stale && old.verdict.message.contains("localhost/hello:1"), "\(old.verdict.message)")
    try names.publish("localhost/hello", "1", signedAt: Moment.now.advanced(by: -200))
    #expect(try names.fetch("localhost/hello:1").verdict.isAccepted)
    try names.publish("localhost/hello", "3", as: "localhost/hello-latest", signedAt: Moment.now.advanced(by: -50))
    #expect(try names.fetch("localhost/hello").verdict.isAccepted)
  }

  // MARK: What it stands on

  private func dependency(_ name: String, id: String? = nil) -> String {
    #"{"imageName":"\#(name)","labels":[{"name":"version","value":"1"}]\#(id.map { #","imageID":"\#($0)""# } ?? "")}"#
  }

  @Test("What it stands on is fetched first; gc takes it away once nothing stands on it")
  func dependencies() throws {
    let names = try Names()
    try names.publish("localhost/base")
    try names.publish("localhost/hello") { $0.dependencies = dependency("localhost/base") }
    let record = try #require(try names.fetch("localhost/hello:1").record)
    let base = try #require(record.dependencies.first)
    #expect(try names.shop.images.record(of: base.id).isRequested == false)
    #expect(throws: ImageStoreError.self) { try names.shop.writer.remove(base.id) }
    #expect(try names.shop.writer.clean(at: SystemClock.now).images.isEmpty)
    try names.shop.writer.remove(record.id)
    #expect(try names.shop.writer.clean(at: SystemClock.now).images == [base.id])
  }

  @Test("A-10: an id that is named is compared")
  func dependencyID() throws {
    let names = try Names()
    try names.publish("localhost/base")
    let wrong = "sha512-" + String(repeating: "0", count: 128)
    try names.publish("localhost/hello") { $0.dependencies = dependency("localhost/base", id: wrong) }
    let refused = try names.fetch("localhost/hello:1")
    #expect(refused.verdict.reason == .tampered && refused.record == nil, "\(refused.verdict.message)")
    let right = try #require(try names.fetch("localhost/base:1").record).id
    try names.publish("localhost/hello") { $0.dependencies = dependency("localhost/base", id: right.description) }
    #expect(try names.fetch("localhost/hello:1").verdict.isAccepted)
  }

  @Test("Weakness 19: an image that stands on itself is refused, at once or around a corner")
  func cycle() throws {
    let names = try Names()
    try names.publish("localhost/hello") { $0.dependencies = dependency("localhost/hello") }
    #expect(try names.fetch("localhost/hello:1").verdict.reason == .malformed)
    try names.publish("localhost/one") { $0.dependencies = dependency("localhost/two") }
    try names.publish("localhost/two") { $0.dependencies = dependency("localhost/one") }
    let fetched = try names.fetch("localhost/one:1")
    #expect(fetched.verdict.reason == .malformed && fetched.record == nil, "\(fetched.verdict.message)")
    #expect(try names.shop.images.records().records.isEmpty)
  }

  @Test("What it stands on that is missing or untrusted keeps it out of the store")
  func missingDependency() throws {
    let names = try Names()
    try names.publish("localhost/hello") { $0.dependencies = dependency("localhost/base") }
    #expect(try names.fetch("localhost/hello:1").verdict.reason == .notFound)
    let stranger = try Signer.fit()
    let base = MadeImage(name: "localhost/base").with { $0.labels = #"{"name":"version","value":"1"}"# }.octets
    try names.publisher.publish(base, at: "/images/localhost/base-1.aci", signedBy: [stranger])
    #expect(try names.fetch("localhost/hello:1").verdict.reason == .untrusted)
    #expect(try names.shop.images.records().records.isEmpty)
    try names.publish("localhost/base")
    #expect(try names.fetch("localhost/hello:1").verdict.isAccepted)
  }

  @Test("A chain of as many as may be, and one more")
  func depth() throws {
    let names = try Names()
    for number in 0...ImageFetcher.depthLimit + 1 {
      try names.publish("localhost/n\(number)") { image in
        if number > 0 { image.dependencies = dependency("localhost/n\(number - 1)") }
      }
    }
    #expect(try names.fetch("localhost/n\(ImageFetcher.depthLimit + 1):1").verdict.reason == .malformed)
    #expect(try names.fetch("localhost/n\(ImageFetcher.depthLimit):1").verdict.isAccepted)
  }
}

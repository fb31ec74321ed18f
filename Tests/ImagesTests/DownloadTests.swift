import Fetch
import Images
import TestSupport
import Testing
import TrustModel
import TrustVerify

@Suite("Fetching an image from an address")
struct DownloadTests {
  @Test("The image comes in, and a second time nothing but the signature is asked for")
  func secondFetch() throws {
    let (shop, publisher) = (try Shop(), try Publisher())
    try shop.trust(publisher.signer)
    let address = try publisher.publish(MadeImage.usual)
    let fetched = try shop.fetch(address, with: publisher.fetcher())
    #expect(fetched.verdict.isAccepted, "\(fetched.verdict.message)")
    #expect(fetched.record?.origin.address == address)
    let again = try shop.fetch(address, with: publisher.fetcher())
    #expect(again.wasStored && again.record == fetched.record)
    #expect(try publisher.count("/image.aci") == 1)
    #expect(try publisher.count("/image.aci.asc") == 2)
  }

  @Test("An image by an unknown signer is never asked for")
  func signerComesFirst() throws {
    let (shop, publisher) = (try Shop(), try Publisher())
    let fetched = try shop.fetch(try publisher.publish(MadeImage.usual), with: publisher.fetcher())
    #expect(fetched.verdict.reason == .untrusted)
    #expect(try publisher.count("/image.aci") == 0)
  }

  @Test("An image by a disabled signer is never asked for, and the reason is disabled")
  func disabledSigner() throws {
    let (shop, publisher) = (try Shop(), try Publisher())
    try shop.trust(publisher.signer)
    _ = try shop.machine.mask(publisher.signer.fingerprint)
    let fetched = try shop.fetch(try publisher.publish(MadeImage.usual), with: publisher.fetcher())
    #expect(fetched.verdict.reason == .disabled)
    #expect(try publisher.count("/image.aci") == 0)
  }

  @Test("Without a signature there is no image")
  func unsigned() throws {
    let (shop, publisher) = (try Shop(), try Publisher())
    try publisher.site.answer("/image.aci", SiteAnswer(.octets(MadeImage.usual)))
    let fetched = try shop.fetch(publisher.address("/image.aci"), with: publisher.fetcher())
    #expect(fetched.verdict.reason == .unsigned)
    #expect(fetched.record == nil)
    let missing = try shop.fetch(publisher.address("/missing.aci"), with: publisher.fetcher())
    #expect(missing.verdict.reason == .notFound)
  }

  @Test("A signature that is not there with an image that is not either")
  func missingImage() throws {
    let (shop, publisher) = (try Shop(), try Publisher())
    try shop.trust(publisher.signer)
    let address = try publisher.publish(MadeImage.usual)
    try publisher.site.answer("/image.aci", .status(404))
    #expect(try shop.fetch(address, with: publisher.fetcher()).verdict.reason == .notFound)
    try publisher.site.answer("/image.aci", .status(500))
    #expect(try shop.fetch(address, with: publisher.fetcher()).verdict.outcome == .undetermined)
  }

  @Test("A signature may be deferred once (202), not twice")
  func deferredSignature() throws {
    let (shop, publisher) = (try Shop(), try Publisher())
    try shop.trust(publisher.signer)
    let address = try publisher.publish(MadeImage.usual)
    let signature = SiteAnswer(.octets(try Signer.file(over: MadeImage.usual, by: [publisher.signer])))
    try publisher.site.answer("/image.aci.asc", .status(202), .status(202))
    let refused = try shop.fetch(address, with: publisher.fetcher())
    #expect(refused.verdict.outcome == .undetermined && refused.record == nil)
    try publisher.site.answer("/image.aci.asc", .status(202), signature)
    let fetched = try shop.fetch(address, with: publisher.fetcher())
    #expect(fetched.verdict.isAccepted, "\(fetched.verdict.message)")
  }

  @Test("H-11: a cut download goes on where it ended")
  func resume() throws {
    let (shop, publisher) = (try Shop(), try Publisher())
    try shop.trust(publisher.signer)
    let image = MadeImage().with { $0.size = 300_000 }.octets
    let address = try publisher.publish(image) {
      $0.ranges = true
      $0.etag = "\"one\""
      $0.cutAfter = 200_000
    }
    let cut = try shop.fetch(address, with: publisher.fetcher())
    #expect(cut.verdict.outcome == .undetermined && cut.record == nil)
    try publisher.publish(image) {
      $0.ranges = true
      $0.etag = "\"one\""
    }
    try publisher.site.forget()
    let fetched = try shop.fetch(address, with: publisher.fetcher())
    #expect(fetched.verdict.isAccepted, "\(fetched.verdict.message)")
    let request = try #require(try publisher.site.requests("/image.aci").first)
    #expect(request.headers["range"] == "bytes=200000-", "\(request.headers)")
    #expect(shop.images.verify(try #require(fetched.record), at: Moment.now).verdict.isAccepted)
  }

  @Test("H-11: where the image changed meanwhile, the download begins anew")
  func changedEntityTag() throws {
    let (shop, publisher) = (try Shop(), try Publisher())
    try shop.trust(publisher.signer)
    let image = MadeImage().with { $0.size = 300_000 }.octets
    let address = try publisher.publish(image) {
      $0.ranges = true
      $0.etag = "\"one\""
      $0.cutAfter = 200_000
    }
    _ = try shop.fetch(address, with: publisher.fetcher())
    try publisher.publish(image) {
      $0.ranges = true
      $0.etag = "\"two\""
    }
    #expect(try shop.fetch(address, with: publisher.fetcher()).verdict.isAccepted)
  }

  @Test("A poisoned part of a download costs a second download, not the image")
  func poisonedPart() throws {
    let (shop, publisher) = (try Shop(), try Publisher())
    try shop.trust(publisher.signer)
    let image = MadeImage().with { $0.size = 300_000 }.octets
    let address = try publisher.publish(image) {
      $0.ranges = true
      $0.etag = "\"one\""
      $0.cutAfter = 200_000
    }
    _ = try shop.fetch(address, with: publisher.fetcher())
    let slot = try #require(shop.staged.first)
    let part = Shop.place + "/staging/" + slot + "/part"
    try shop.machine.write(part, [UInt8](repeating: 9, count: try #require(shop.machine.contents(part)).count))
    try publisher.publish(image) {
      $0.ranges = true
      $0.etag = "\"one\""
    }
    #expect(try shop.fetch(address, with: publisher.fetcher()).verdict.isAccepted)
  }

  @Test("A part of an image with another signature is not gone on with")
  func otherSignature() throws {
    let (shop, publisher) = (try Shop(), try Publisher())
    try shop.trust(publisher.signer)
    let image = MadeImage().with { $0.size = 300_000 }.octets
    let address = try publisher.publish(image) {
      $0.ranges = true
      $0.etag = "\"one\""
      $0.cutAfter = 200_000
    }
    _ = try shop.fetch(address, with: publisher.fetcher())
    let other = MadeImage().with { $0.size = 300_001 }.octets
    try publisher.publish(other) {
      $0.ranges = true
      $0.etag = "\"one\""
    }
    try publisher.site.forget()
    #expect(try shop.fetch(address, with: publisher.fetcher()).verdict.isAccepted)
    #expect(try publisher.site.requests("/image.aci").first?.headers["range"] == nil)
  }

  @Test("What the server changed after signing is tampered, and nothing of it stays")
  func tampered() throws {
    let (shop, publisher) = (try Shop(), try Publisher())
    try shop.trust(publisher.signer)
    let address = try publisher.publish(MadeImage.usual)
    var octets = MadeImage.usual
    octets[700] ^= 1
    try publisher.site.answer("/image.aci", SiteAnswer(.octets(octets)))
    #expect(try shop.fetch(address, with: publisher.fetcher()).verdict.reason == .tampered)
    for slot in shop.staged { #expect(shop.machine.names(in: Shop.place + "/staging/" + slot) == []) }
  }

  @Test("A fetch that is cancelled says so, and the next one goes on")
  func cancelled() throws {
    let (shop, publisher) = (try Shop(), try Publisher())
    try shop.trust(publisher.signer)
    let address = try publisher.publish(MadeImage().with { $0.size = 300_000 }.octets) {
      $0.ranges = true
      $0.etag = "\"one\""
      $0.stallAfter = 100_000
    }
    let cancellation = Cancellation()
    let fetched = try shop.fetch(address, with: publisher.fetcher(cancellation)) { _ in
    } progress: { progress in
      if case .image(let received, _) = progress, received >= 100_000 { cancellation.cancel() }
    }
    #expect(fetched.verdict.outcome == .undetermined && fetched.record == nil)
    try publisher.publish(MadeImage().with { $0.size = 300_000 }.octets) {
      $0.ranges = true
      $0.etag = "\"one\""
    }
    #expect(try shop.fetch(address, with: publisher.fetcher()).verdict.isAccepted)
  }

  @Test("Several at once download once")
  func atOnce() async throws {
    let (shop, publisher) = (try Shop(), try Publisher())
    try shop.trust(publisher.signer)
    let address = try publisher.publish(MadeImage().with { $0.size = 2_000_000 }.octets)
    let writer = shop.writer
    let outcomes = try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<5 {
        group.addTask { try Shop.fetch(address, into: writer, with: publisher.fetcher()).verdict.isAccepted }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes == Array(repeating: true, count: 5))
    #expect(try publisher.count("/image.aci") == 1)
  }

  @Test("Rows 15 and 21: switching the key off is felt by a second fetch too")
  func disabledAfterwards() throws {
    let (shop, publisher) = (try Shop(), try Publisher())
    try shop.trust(publisher.signer)
    let address = try publisher.publish(MadeImage.usual)
    _ = try shop.fetch(address, with: publisher.fetcher())
    _ = try shop.machine.mask(publisher.signer.fingerprint)
    let again = try shop.fetch(address, with: publisher.fetcher())
    #expect(again.verdict.reason == .disabled && again.record == nil)
  }
}

import Images
import Stores
import TestSupport
import Testing
import TrustModel
import TrustVerify

@Suite("The image store") struct StoreTests {
  @Test func fetchedFileIsStoredWithItsSignatureAndRecord() throws {
    let shop = try Shop()
    let signer = try Signer.fit()
    try shop.trust(signer)
    let path = try shop.put(MadeImage.usual, signedBy: signer)
    let fetched = try shop.fetch(path)
    #expect(fetched.verdict.isAccepted, "\(fetched.verdict.message)")
    let record = try #require(fetched.record)
    #expect(record.name.description == "example.com/hello" && record.labels["version"] == "0.0.1")
    #expect(record.matched == [signer.fingerprint] && !record.isUnverified && record.isRequested)
    #expect(record.origin.asked == path && record.answer.isAccepted)
    let place = shop.place(of: record.id)
    #expect(shop.machine.contents(place + "/image-1") == MadeImage.usual)
    #expect(shop.machine.contents(place + "/signature-1") == shop.machine.contents("/image.aci.asc"))
    #expect(shop.machine.mode(place) == 0o755 && shop.machine.mode(place + "/image-1") == 0o644)
    #expect(try shop.images.record(of: record.id) == record)
  }

  @Test func nothingIsLeftInTheStagingArea() throws {
    let shop = try Shop()
    let (known, unknown) = (try Signer.fit(), try Signer.fit())
    try shop.trust(known)
    _ = try shop.fetch(try shop.put(MadeImage.usual, signedBy: known))
    _ = try shop.fetch(try shop.put(MadeImage.usual, signedBy: unknown, at: "/other.aci"))
    for slot in shop.staged { #expect(shop.machine.names(in: Shop.place + "/staging/" + slot) == []) }
  }

  @Test(arguments: [Reason.tampered, .untrusted, .malformed, .unsigned, .notFound])
  func refusedImagesAreNotStored(_ reason: Reason) throws {
    let shop = try Shop()
    let signer = try Signer.fit()
    if reason != .untrusted { try shop.trust(signer) }
    let octets = reason == .malformed ? MadeImage.malformed : MadeImage.usual
    var path = try shop.put(octets, signedBy: signer)
    switch reason {
    case .tampered: try shop.machine.write("/image.aci", octets + [0])
    case .unsigned: try shop.machine.remove("/image.aci.asc")
    case .notFound: path = shop.machine.located("/missing.aci")
    default: break
    }
    let fetched = try shop.fetch(path)
    #expect(fetched.verdict.reason == reason, "\(fetched.verdict.message)")
    #expect(fetched.record == nil)
    #expect(try shop.images.records().records.isEmpty)
  }

  @Test func disablingTheKeyChangesTodaysVerdictButNotTheOneThen() throws {
    let shop = try Shop()
    let signer = try Signer.fit()
    try shop.trust(signer)
    let record = try #require(try shop.fetch(try shop.put(MadeImage.usual, signedBy: signer)).record)
    #expect(shop.today(record) == .accepted)
    _ = try shop.machine.mask(signer.fingerprint)
    #expect(shop.today(record) == .disabled)
    #expect(shop.images.verify(record, at: Moment.now).verdict.reason == .disabled)
    #expect(try shop.images.record(of: record.id).answer.isAccepted)
  }

  @Test func expiryCountsOnTheDayOfUse() throws {
    let shop = try Shop()
    let signer = try Signer.ending(at: Moment.now.advanced(by: 100))
    try shop.trust(signer)
    let record = try #require(try shop.fetch(try shop.put(MadeImage.usual, signedBy: signer)).record)
    #expect(shop.today(record, at: Moment.now.advanced(by: 99)) == .accepted)
    #expect(shop.today(record, at: Moment.now.advanced(by: 100)) == .unfit)
  }

  @Test func storedImageThatChangedIsTampered() throws {
    let shop = try Shop()
    let signer = try Signer.fit()
    try shop.trust(signer)
    let record = try #require(try shop.fetch(try shop.put(MadeImage.usual, signedBy: signer)).record)
    #expect(shop.images.verify(record, at: Moment.now).verdict.isAccepted)
    var octets = MadeImage.usual
    octets[octets.count - 2000] ^= 1
    try shop.machine.write(shop.place(of: record.id) + "/image-1", octets)
    #expect(shop.images.verify(record, at: Moment.now).verdict.reason == .tampered)
  }

  @Test func anotherWellSignedImageUnderAnIdIsTampered() throws {
    let shop = try Shop()
    let signer = try Signer.fit()
    try shop.trust(signer)
    let record = try #require(try shop.fetch(try shop.put(MadeImage.usual, signedBy: signer)).record)
    let other = MadeImage().with { $0.size = 6 }.octets
    try shop.machine.write(shop.place(of: record.id) + "/image-1", other)
    try shop.machine.write(shop.place(of: record.id) + "/signature-1", Signer.file(over: other, by: [signer]))
    #expect(shop.images.verify(record, at: Moment.now).verdict.reason == .tampered)
  }

  @Test func unverifiedImageStaysUnverified() throws {
    let shop = try Shop()
    let signer = try Signer.fit()
    let path = try shop.put(MadeImage.usual, signedBy: signer)
    let taken = try shop.fetch(path) { $0.skipsVerification = true }
    let record = try #require(taken.record)
    #expect(record.isUnverified && !taken.verdict.isAccepted && taken.verdict.reason == .untrusted)
    try shop.trust(signer)
    #expect(shop.today(record) == .untrusted)
    #expect(shop.images.verify(record, at: Moment.now).verdict.reason == .untrusted)
    let again = try shop.fetch(path)
    #expect(again.record == nil && again.verdict.message.contains("image rm"), "\(again.verdict.message)")
    #expect(again.verdict.reason == .declined)
    try shop.writer.remove(record.id)
    #expect(try shop.fetch(path).verdict.isAccepted)
  }

  @Test func switchingVerificationOffMakesAVerifiedImageNoWorse() throws {
    let shop = try Shop()
    let signer = try Signer.fit()
    try shop.trust(signer)
    let path = try shop.put(MadeImage.usual, signedBy: signer)
    _ = try shop.fetch(path)
    let record = try #require(try shop.fetch(path) { $0.skipsVerification = true }.record)
    #expect(!record.isUnverified && shop.today(record) == .accepted)
  }

  @Test func newSignatureOverTheSameImageTakesTheOldOnesPlace() throws {
    let shop = try Shop()
    let (old, new) = (try Signer.fit(), try Signer.fit())
    try shop.trust(old, new)
    _ = try shop.fetch(try shop.put(MadeImage.usual, signedBy: old))
    let record = try #require(try shop.fetch(try shop.put(MadeImage.usual, signedBy: new)).record)
    #expect(record.matched == [new.fingerprint] && record.generation == 2)
    #expect(shop.machine.names(in: shop.place(of: record.id))?.sorted() == ["image-2", "record.json", "signature-2"])
    _ = try shop.machine.mask(old.fingerprint)
    #expect(shop.today(record) == .accepted)
    #expect(shop.images.verify(record, at: Moment.now).verdict.isAccepted)
  }

  @Test func fileWithTheSignatureOfAStoredImageIsReadAllTheSame() throws {
    let shop = try Shop()
    let signer = try Signer.fit()
    try shop.trust(signer)
    let path = try shop.put(MadeImage.usual, signedBy: signer)
    let first = try #require(try shop.fetch(path).record)
    #expect(try shop.fetch(path).record == first)
    try shop.machine.write("/image.aci", MadeImage.usual + [0])
    #expect(try shop.fetch(path).verdict.reason == .tampered)
    try shop.machine.write("/image.aci", MadeImage.usual)
    _ = try shop.machine.mask(signer.fingerprint)
    let refused = try shop.fetch(path)
    #expect(refused.verdict.reason == .disabled && refused.record == nil)
  }

  @Test func findsByBeginningOfTheIDAndByName() throws {
    let shop = try Shop()
    let signer = try Signer.fit()
    try shop.trust(signer)
    let one = try #require(try shop.fetch(try shop.put(MadeImage.usual, signedBy: signer)).record)
    let newer = MadeImage().with { $0.labels = #"{"name":"version","value":"0.0.2"}"# }.octets
    let two = try #require(try shop.fetch(try shop.put(newer, signedBy: signer, at: "/two.aci")).record)
    #expect(try shop.images.find(one.id.short) == one)
    #expect(try shop.images.find(String(one.id.description.dropFirst(7).prefix(20)).uppercased()) == one)
    #expect(try shop.images.find("example.com/hello:0.0.2") == two)
    #expect(throws: StoredImageError.self) { try shop.images.find("example.com/hello") }
    for text in ["example.com/other", "sha512-0", "f", "../x", "", String(repeating: "a", count: 129)] {
      do {
        _ = try shop.images.find(text)
        Issue.record("found \(text)")
      } catch { #expect(error.reason == .notFound || text == "f") }
    }
  }

  @Test func damagedRecordIsNamedAndStopsNothing() throws {
    let shop = try Shop()
    let signer = try Signer.fit()
    try shop.trust(signer)
    let one = try #require(try shop.fetch(try shop.put(MadeImage.usual, signedBy: signer)).record)
    let newer = MadeImage().with { $0.size = 9 }.octets
    _ = try shop.fetch(try shop.put(newer, signedBy: signer, at: "/two.aci"))
    try shop.machine.write(shop.place(of: one.id) + "/record.json", Array("{}".utf8))
    let found = try shop.images.records()
    #expect(found.records.count == 1 && found.problems.count == 1)
    // Fetching it again mends it.
    #expect(try shop.fetch(shop.machine.located("/image.aci")).verdict.isAccepted)
    #expect(try shop.images.records().records.count == 2)
  }

  @Test func recordIsReadOnlyUpToItsLimitAndThroughNoLink() throws {
    let shop = try Shop()
    let signer = try Signer.fit()
    try shop.trust(signer)
    let record = try #require(try shop.fetch(try shop.put(MadeImage.usual, signedBy: signer)).record)
    let file = shop.place(of: record.id) + "/record.json"
    let octets = try #require(shop.machine.contents(file))
    let padding = [UInt8](repeating: 0x20, count: ImageStore.recordLimit - octets.count)
    try shop.machine.write(file, octets + padding)
    #expect(try shop.images.record(of: record.id) == record)
    try shop.machine.write(file, octets + padding + [0x20])
    #expect(throws: StoredImageError.self) { try shop.images.record(of: record.id) }
    try shop.machine.write("/elsewhere.json", octets)
    try shop.machine.remove(file)
    try shop.machine.link(file, to: shop.machine.located("/elsewhere.json"))
    #expect(throws: StoredImageError.self) { try shop.images.record(of: record.id) }
  }
}

import Images
import Stores
import TestSupport
import Testing
import TrustModel
import TrustVerify

@Suite("Removing images, and what crashes leave") struct CleaningTests {
  @Test func removedImageIsGone() throws {
    let shop = try Shop()
    let signer = try Signer.fit()
    try shop.trust(signer)
    let record = try #require(try shop.fetch(try shop.put(MadeImage.usual, signedBy: signer)).record)
    try shop.writer.remove(record.id)
    #expect(try shop.images.records().records.isEmpty)
    #expect(shop.machine.names(in: Shop.place)?.contains(record.id.description) == false)
  }

  @Test func leftoversOfInterruptedWorkAreSwept() throws {
    let shop = try Shop()
    let signer = try Signer.fit()
    try shop.trust(signer)
    let record = try #require(try shop.fetch(try shop.put(MadeImage.usual, signedBy: signer)).record)
    let staging = Shop.place + "/staging"
    for name in ["/made-1-2/image-1", "/removed-3/image-1", "/slot-aa/part"] {
      try shop.machine.write(staging + name, [1, 2, 3])
    }
    try shop.machine.write(shop.place(of: record.id) + "/image-7", [1])
    let now = SystemClock.now
    let dry = try shop.writer.clean(at: now, dryRun: true)
    #expect(dry.leftovers == 2 && dry.downloads == 0)
    #expect(shop.machine.names(in: staging + "/made-1-2") != nil)
    // A young download may still be resumed.
    #expect(try shop.writer.clean(at: now).downloads == 0)
    #expect(shop.machine.names(in: staging + "/made-1-2") == nil)
    #expect(try shop.writer.clean(at: now.advanced(by: ImageStoreWriter.grace + 60)).downloads == 1)
    #expect(shop.staged.isEmpty)
    #expect(shop.machine.contents(shop.place(of: record.id) + "/image-7") == nil)
    #expect(shop.images.verify(record, at: Moment.now).verdict.isAccepted)
  }

  /// What a crash leaves at each step on the way into the store: never half an image under an id, and a second fetch
  /// mends it all.
  @Test(arguments: ["/slot", "/made", "/placed-without-record", "/renewed-image", "/renewed-record"])
  func fetchAfterACrash(_ step: String) throws {
    let shop = try Shop()
    let signer = try Signer.fit()
    try shop.trust(signer)
    let path = try shop.put(MadeImage.usual, signedBy: signer)
    let staging = Shop.place + "/staging"
    switch step {
    case "/slot":
      let key = Journal.digest(of: Array(path.utf8)).dropFirst(7)
      try shop.machine.write(staging + "/slot-\(key)/part", [UInt8](repeating: 7, count: 100_000))
    case "/made":
      try shop.machine.write(staging + "/made-9-9/image-1", [1])
    case "/placed-without-record":
      let record = try #require(try shop.fetch(path).record)
      try shop.machine.remove(shop.place(of: record.id) + "/record.json")
    default:
      let record = try #require(try shop.fetch(path).record)
      try shop.machine.write(shop.place(of: record.id) + "/image-2", [1])
      if step == "/renewed-record" { try shop.machine.write(shop.place(of: record.id) + "/.record.json", [1]) }
      try shop.put(MadeImage.usual, signedBy: signer.signing { $0.created = Moment.now.advanced(by: -5) })
    }
    let fetched = try shop.fetch(path)
    #expect(fetched.verdict.isAccepted, "\(fetched.verdict.message)")
    let record = try #require(fetched.record)
    #expect(shop.images.verify(record, at: Moment.now).verdict.isAccepted)
    #expect(try shop.images.records().records.count == 1)
    #expect(try shop.images.records().problems.isEmpty)
  }

  @Test func severalAtOnceLeaveOneImage() async throws {
    let shop = try Shop()
    let signer = try Signer.fit()
    try shop.trust(signer)
    let path = try shop.put(MadeImage().with { $0.size = 3_000_000 }.octets, signedBy: signer)
    let outcomes = try await withThrowingTaskGroup(of: Bool.self) { group in
      let writer = shop.writer
      for _ in 0..<6 { group.addTask { try Shop.fetch(path, into: writer).verdict.isAccepted } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes == Array(repeating: true, count: 6))
    let found = try shop.images.records()
    #expect(found.records.count == 1 && found.problems.isEmpty)
    let record = try #require(found.records.first)
    #expect(shop.images.verify(record, at: Moment.now).verdict.isAccepted)
  }
}

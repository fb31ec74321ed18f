import Discovery
import Fetch
import OpenPGP
import Stores
import TestSupport
import Testing
import TrustChange
import TrustModel
import TrustVerify

/// Keys from an address and from discovery, up to the review: rows D-07 to D-09, weaknesses 10 to 12.
@Suite("Keys from servers, ready to be reviewed")
struct PublishedKeyTests {
  /// A publisher's site on this machine.
  private struct Publisher {
    let site: TestSite
    let key: MadeCertificate

    init() throws {
      (site, key) = (try TestSite(), try freshKey())
      try site.answer("/keys.asc", .text(String(decoding: Self.armor(key), as: UTF8.self), type: "text/plain"))
    }

    static func armor(_ certificates: MadeCertificate...) -> [UInt8] {
      MadeArmor.publicKey.wrap(certificates.flatMap(\.octets))
    }

    func page(_ addresses: [String], at path: String = "/hello") throws {
      let tags = addresses.map { "<meta name=\"ac-discovery-pubkeys\" content=\"localhost \($0)\">" }
      try site.answer(path, .text("<head>\(tags.joined())</head>"))
    }

    func fetcher() throws -> Fetcher {
      var settings = FetchSettings()
      settings.caBundle = SettingFile(path: try SiteCertificate.authorities, origin: "the test")
      return Fetcher(settings)
    }

    func reviews(_ origin: KeyOrigin? = nil, allowsHTTP: Bool = false) throws -> [TrustReview] {
      let target = try DiscoveryTarget("localhost:\(site.port)/hello")
      return try (origin ?? .discovery(target)).reviews(by: fetcher(), allowsHTTP: allowsHTTP, at: Moment.now)
    }

    func address(_ path: String) throws -> KeyOrigin { .address(try Address(site.address(path))) }
  }

  @Test("Where a key came from is in its review: the page, its tag, and each redirect on both ways")
  func origin() throws {
    let publisher = try Publisher()
    try publisher.site.answer("/hello", .redirect(to: "/moved"))
    try publisher.page([publisher.site.address("/old.asc")], at: "/moved")
    try publisher.site.answer("/old.asc", .redirect(to: "/keys.asc"))
    let review = try #require(try publisher.reviews().first)
    #expect(review.isDiscovered && review.source == publisher.site.address("/old.asc"))
    #expect(
      review.route == [
        "named by the page \(publisher.site.address("/hello?ac-discovery=1")), for localhost",
        "that page redirected to \(publisher.site.address("/moved"))",
        "redirected to \(publisher.site.address("/keys.asc"))",
      ])
    #expect(review.candidates.map(\.certificate.fingerprint) == [publisher.key.fingerprint])
    let armored = Publisher.armor(publisher.key)
    #expect(review.digest == Journal.digest(of: armored) && review.candidates.first?.stored == armored)
  }

  @Test("An address that a person named is no discovery")
  func address() throws {
    let publisher = try Publisher()
    let review = try #require(try publisher.reviews(publisher.address("/keys.asc")).first)
    #expect(!review.isDiscovered && review.route.isEmpty)
  }

  @Test("Weakness 12 (D2): two tags are two reviews, each with its own keys")
  func twoTags() throws {
    let publisher = try Publisher()
    let second = try freshKey("Second <second@example.com>")
    try publisher.site.answer("/second.asc", SiteAnswer(.octets(Publisher.armor(second))))
    try publisher.page(["/keys.asc", "/second.asc"].map { publisher.site.address($0) })
    let reviews = try publisher.reviews()
    #expect(
      reviews.map { $0.candidates.map(\.certificate.fingerprint) } == [
        [publisher.key.fingerprint], [second.fingerprint],
      ])
  }

  @Test("D-08: a file of two keys is two candidates, each stored by itself")
  func twoKeys() throws {
    let publisher = try Publisher()
    let second = try freshKey("Second <second@example.com>")
    try publisher.site.answer("/two.asc", SiteAnswer(.octets(Publisher.armor(publisher.key, second))))
    let review = try #require(try publisher.reviews(publisher.address("/two.asc")).first)
    #expect(review.candidates.map(\.certificate.fingerprint) == [publisher.key.fingerprint, second.fingerprint])
    #expect(review.candidates.allSatisfy { $0.stored.count < review.size })
  }

  @Test("D-08: a secret key, a page, nothing, an error and 5 MB are no keys; nothing comes of the others either")
  func unfit() throws {
    let publisher = try Publisher()
    let secret = MadePacket.make(.secretKey, publisher.key.primary.body + [0, 0])
    let cases: [(path: String, answer: SiteAnswer, reason: Reason)] = [
      ("/secret", SiteAnswer(.octets(secret)), .unfit), ("/page", .text("<html>hello</html>"), .usage),
      ("/empty", SiteAnswer(), .usage), ("/gone", .status(404), .notFound), ("/broken", .status(500), .failed),
      ("/big", SiteAnswer(.zeros(5_000_000)), .failed),
      ("/cut", SiteAnswer(.zeros(100)).with { $0.cutAfter = 10 }, .failed),
    ]
    for (path, answer, reason) in cases {
      try publisher.site.answer(path, answer)
      let single = #expect(throws: ChangeError.self) { try publisher.reviews(publisher.address(path)) }
      #expect(single?.reason == reason, "\(path): \(String(describing: single))")
      try publisher.page(["/keys.asc", path].map { publisher.site.address($0) })
      let discovered = #expect(throws: ChangeError.self) { try publisher.reviews() }
      #expect(discovered?.reason == reason, "\(path): \(String(describing: discovered))")
    }
  }

  @Test("Weakness 11 (T9d, T9e): a key on https that redirects to http is not taken")
  func downgrade() throws {
    let publisher = try Publisher()
    let plain = try publisher.site.open(.http)
    try publisher.site.answer("/moved.asc", .redirect(to: "http://localhost:\(plain)/keys.asc"))
    for allowsHTTP in [false, true] {
      let error = #expect(throws: ChangeError.self) {
        try publisher.reviews(publisher.address("/moved.asc"), allowsHTTP: allowsHTTP)
      }
      #expect(error.map { "\($0)" }?.contains("never followed") == true)
    }
    #expect(try publisher.site.requests("/keys.asc").isEmpty)
  }

  @Test("Weakness 11 (D7): a page that names a key on http leads nowhere without the flag, and says so with it")
  func httpKey() throws {
    let publisher = try Publisher()
    let plain = try publisher.site.open(.http)
    try publisher.page(["http://localhost:\(plain)/keys.asc"])
    let error = #expect(throws: ChangeError.self) { try publisher.reviews() }
    #expect(error?.reason == .notFound && "\(error.map { "\($0)" } ?? "")".contains("--insecure-allow-http"))
    // The page is on another port, which is no private address that the person named.
    #expect(throws: ChangeError.self) { try publisher.reviews(allowsHTTP: true) }
    let direct = try publisher.reviews(.address(try Address("http://localhost:\(plain)/keys.asc")), allowsHTTP: true)
    #expect(direct.first?.route == ["it came over plain http: anybody on the way could change it"])
  }

  @Test("Weakness 12 (D9): a tag that names a path of this machine is never opened")
  func localPath() throws {
    let publisher = try Publisher()
    try publisher.page(["/etc/hostname", "file:///etc/hostname", "etc/hostname"])
    let error = #expect(throws: ChangeError.self) { try publisher.reviews() }
    #expect(error?.reason == .notFound)
  }

  @Test("D-07: a page may not send to this machine by another name")
  func privateAddress() throws {
    let publisher = try Publisher()
    try publisher.page(["https://127.0.0.1:\(publisher.site.port)/keys.asc"])
    let error = #expect(throws: ChangeError.self) { try publisher.reviews() }
    #expect(error.map { "\($0)" }?.contains("this machine itself") == true)
    #expect(try publisher.site.requests("/keys.asc").isEmpty)
  }

  @Test("No keys, no such page and no server are told apart")
  func nothing() throws {
    let publisher = try Publisher()
    let none = #expect(throws: ChangeError.self) { try publisher.reviews() }
    #expect(none?.reason == .notFound)
    #expect(none.map { "\($0)" }?.contains("keyreeve discover localhost:\(publisher.site.port)/hello") == true)
    let nobody = KeyOrigin.discovery(try DiscoveryTarget("localhost:1/hello"))
    let failed = #expect(throws: ChangeError.self) { try publisher.reviews(nobody) }
    #expect(failed?.reason == .failed)
    let unhosted = KeyOrigin.discovery(try DiscoveryTarget("a~b/hello"))
    #expect(#expect(throws: ChangeError.self) { try publisher.reviews(unhosted) }?.reason == .notFound)
  }

  @Test("Weakness 10: a user id with escape sequences is shown, not obeyed")
  func visible() throws {
    let publisher = try Publisher()
    let key = try freshKey("Eva \u{1b}[31m\u{202e}<eva@example.com>")
    try publisher.site.answer("/keys.asc", SiteAnswer(.octets(Publisher.armor(key))))
    let review = try #require(try publisher.reviews(publisher.address("/keys.asc")).first)
    let shown = try #require(review.candidates.first?.certificate.userIDs.first).visible.description
    #expect(shown == "Eva <U+001B>[31m<U+202E><eva@example.com>")
  }
}

/// Row D-09: what is there already for the names of a prefix.
@Suite("Local keys that discovered ones would be added to")
struct ExistingKeyTests {
  @Test("D-09: keys of either layer at the prefix and above it count, those of the root scope and below it do not")
  func scopes() throws {
    let machine = try SandboxMachine()
    let keys = try (0..<5).map { try freshKey("Key \($0) <key@example.com>") }
    try machine.place(keys[0], .distribution)
    try machine.place(keys[1], in: try scope("example.com"), .distribution)
    try machine.place(keys[2], in: try scope("example.com/hello"), .administrator)
    try machine.place(keys[3], in: try scope("example.com/hello/web"), .administrator)
    try machine.place(keys[4], in: try scope("example.com/he"), .administrator)
    let planner = Desk(machine).planner
    #expect(Set(planner.keys(for: try scope("example.com/hello"))) == Set([keys[1], keys[2]].map(\.fingerprint)))
    #expect(planner.keys(for: try scope("example.com")) == [keys[1].fingerprint])
    #expect(planner.keys(for: .root).isEmpty)
  }

  @Test("D-09 (N2g): an empty file above the prefix is known, and the plan says that it no longer holds")
  func masks() throws {
    let machine = try SandboxMachine()
    let key = try freshKey()
    let mask = try machine.mask(key.fingerprint)
    let desk = Desk(machine)
    let planner = desk.planner
    #expect(planner.masks(of: key.fingerprint, for: try scope("example.com")) == [mask])
    #expect(planner.masks(of: try freshKey("Other <o@example.com>").fingerprint, for: .root).isEmpty)
    let change = try desk.change(try desk.trust(key.octets, in: try scope("example.com")))
    #expect(change.warnings.contains { $0.contains(mask) && $0.contains("counts again") }, "\(change.warnings)")
    let sibling = try SandboxMachine()
    try sibling.mask(key.fingerprint, in: try scope("other.example"))
    #expect(Desk(sibling).planner.masks(of: key.fingerprint, for: try scope("example.com")).isEmpty)
  }
}

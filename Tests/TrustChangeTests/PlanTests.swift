import OpenPGP
import Stores
import TestSupport
import Testing
import TrustChange
import TrustModel
import TrustVerify

@Suite("Plans, and what they come to")
struct PlanTests {
  /// A place to start from, a request, and what it does.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let verb: Change.Verb
    let words: [String]
    let before: Int
    let after: Int
    /// Whether somebody is warned.
    let warning: String?
    let arrange: @Sendable (SandboxMachine, MadeCertificate) throws -> Void
    let plan: @Sendable (Desk, MadeCertificate) throws -> Plan
    var testDescription: String { name }
  }

  private static let host = "example.com"
  private static func shipped(_ machine: SandboxMachine, _ key: MadeCertificate) throws {
    try machine.place(key, in: try scope(host), .distribution)
  }

  static let cases: [Case] = [
    Case(
      name: "trust for a prefix", verb: .trust, words: ["create"], before: 0, after: 1, warning: nil,
      arrange: { _, _ in }, plan: { try $0.trust($1.octets, in: try scope(host)) }),
    Case(
      name: "trust for every name", verb: .trust, words: ["create"], before: 0, after: 1, warning: nil,
      arrange: { _, _ in }, plan: { try $0.trust(MadeArmor.publicKey.wrap($1.octets)) }),
    Case(
      name: "trust over a mask", verb: .trust, words: ["replace"], before: 0, after: 1, warning: "replaces",
      arrange: { try $0.mask($1.fingerprint, in: try scope(host)) },
      plan: { try $0.trust($1.octets, in: try scope(host), replacing: true) }),
    Case(
      name: "disable", verb: .disable, words: ["create"], before: 1, after: 0, warning: nil, arrange: shipped,
      plan: { try $0.planner.disable($1.fingerprint) }),
    Case(
      name: "disable for every name", verb: .disable, words: ["create"], before: 1, after: 0, warning: nil,
      arrange: shipped, plan: { try $0.planner.disable($1.fingerprint, in: .root) }),
    Case(
      name: "disable for a part", verb: .disable, words: ["create"], before: 1, after: 0, warning: "stays trusted",
      arrange: shipped, plan: { try $0.planner.disable($1.fingerprint, in: try scope(host + "/hello")) }),
    Case(
      name: "disable before it is shipped", verb: .disable, words: ["create"], before: 0, after: 0,
      warning: "disables nothing", arrange: { _, _ in }, plan: { try $0.planner.disable($1.fingerprint, in: .root) }),
    Case(
      name: "disable what is trusted elsewhere", verb: .disable, words: ["create"], before: 1, after: 1,
      warning: "stays trusted",
      arrange: {
        try shipped($0, $1)
        try $0.place($1, .administrator)
      }, plan: { try $0.planner.disable($1.fingerprint) }),
    Case(
      name: "enable", verb: .enable, words: ["remove"], before: 0, after: 1, warning: nil,
      arrange: {
        try shipped($0, $1)
        try $0.mask($1.fingerprint, in: try scope(host))
      }, plan: { try $0.planner.enable($1.fingerprint) }),
    Case(
      name: "enable where another mask stays", verb: .enable, words: ["remove"], before: 0, after: 0,
      warning: "stays disabled",
      arrange: {
        try shipped($0, $1)
        try $0.mask($1.fingerprint, in: try scope(host))
        try $0.mask($1.fingerprint)
      }, plan: { try $0.planner.enable($1.fingerprint, in: try scope(host)) }),
    Case(
      name: "remove", verb: .remove, words: ["remove"], before: 1, after: 0, warning: nil,
      arrange: { try $0.place($1, .administrator) }, plan: { try $0.planner.remove($1.fingerprint) }),
    Case(
      name: "remove what is shipped too", verb: .remove, words: ["remove"], before: 1, after: 1,
      warning: "counts again",
      arrange: {
        try shipped($0, $1)
        try $0.place($1, in: try scope(host), .administrator)
      }, plan: { try $0.planner.remove($1.fingerprint) }),
  ]

  @Test("A plan says what it does, a dry run does nothing, and applying it does just that", arguments: cases)
  func apply(shape: Case) throws {
    let machine = try SandboxMachine()
    let key = try freshKey()
    try shape.arrange(machine, key)
    let desk = Desk(machine)
    let (distribution, own) = (machine.files(of: .distribution), machine.files(of: .administrator))
    let change = try desk.change(try shape.plan(desk, key))
    #expect(change.verb == shape.verb)
    #expect(change.edits.map(\.verb) == shape.words)
    // A mask for every name reaches the narrower scopes of the key too.
    #expect(change.effects.map(\.acceptedBefore).reduce(0, +) == shape.before)
    #expect(change.effects.map(\.acceptedAfter).reduce(0, +) == shape.after)
    #expect(change.withdrawsTrust == (shape.after < shape.before))
    if let warning = shape.warning {
      #expect(change.warnings.contains { $0.contains(warning) }, "\(change.warnings)")
    } else {
      #expect(change.warnings.isEmpty)
    }
    #expect(machine.files(of: .administrator) == own)
    #expect(machine.names(in: "/var") == nil)

    let id = try desk.apply(.change(change), reason: "as asked")
    #expect(machine.files(of: .distribution) == distribution)
    for edit in change.edits {
      let contents: FileState = machine.contents(edit.file).map(FileState.present) ?? .absent
      #expect(contents == edit.after)
    }
    let entry = try #require(try desk.journal[id])
    #expect(entry.outcome == .done)
    #expect(entry.verb == shape.verb.rawValue)
    #expect(entry.reason == "as asked")
    #expect(entry.author.description == "eva")
    #expect(entry.edits.map(\.file) == change.edits.map(\.file))
    #expect(machine.names(in: Layer.administrator.directory) == ["prefix.d", "root.d"])

    try desk.apply(try desk.undo(id))
    #expect(machine.files(of: .administrator) == own)
    #expect(try desk.journal.problems.isEmpty)
  }

  @Test("The forecast for the scope's own name is what the explanation says afterwards", arguments: cases)
  func forecast(shape: Case) throws {
    let machine = try SandboxMachine()
    let key = try freshKey()
    try shape.arrange(machine, key)
    let desk = Desk(machine)
    let change = try desk.change(try shape.plan(desk, key))
    for effect in change.effects {
      guard case .prefix(let prefix) = effect.scope else { continue }
      #expect(try desk.accepted("\(prefix)").count == effect.acceptedBefore)
    }
    try desk.apply(.change(change))
    for effect in change.effects {
      guard case .prefix(let prefix) = effect.scope else { continue }
      #expect(try desk.accepted("\(prefix)").count == effect.acceptedAfter)
    }
  }

  @Test("A file of several keys becomes one file each")
  func several() throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    let keys = try (0..<3).map { _ in try freshKey() }
    let id = try desk.apply(try desk.trust(keys.flatMap(\.octets), in: try scope("example.com")))
    #expect(try desk.accepted("example.com/hello") == Set(keys.map(\.fingerprint)))
    #expect(try desk.journal[id]?.edits.count == 3)
    try desk.apply(try desk.undo(id))
    #expect(try desk.accepted("example.com/hello").isEmpty)
  }

  @Test("The same key twice in one request is trusted once", arguments: ["in one file", "in two files"])
  func twice(kind: String) throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    let key = try freshKey()
    let candidates =
      kind == "in one file"
      ? try desk.review(key.octets + key.octets) : try desk.review(key.octets) + desk.review(key.octets)
    let change = try desk.change(try desk.planner.trust(candidates, in: .root))
    #expect(change.edits.count == 1)
    try desk.apply(.change(change))
    #expect(try desk.accepted("example.com") == [key.fingerprint])
  }

  @Test("What is already so changes nothing and says so")
  func nothing() throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    let (own, shipped) = (try freshKey(), try freshKey())
    try machine.place(own, in: try scope("example.com"), .administrator)
    try machine.place(shipped, in: try scope("example.com"), .distribution)
    let plans = [
      try desk.trust(own.octets, in: try scope("example.com")),
      try desk.trust(MadeArmor.publicKey.wrap(own.octets), in: try scope("example.com")),
      try desk.trust(shipped.octets, in: try scope("example.com")),
      try desk.trust(own.octets + shipped.octets, in: try scope("example.com")),
      try desk.planner.enable(shipped.fingerprint), try desk.planner.enable(own.fingerprint, in: .root),
    ]
    try machine.mask(shipped.fingerprint, in: try scope("example.com"))
    for plan in plans + [try desk.planner.disable(shipped.fingerprint)] {
      guard case .nothing(let sentence) = plan else {
        Issue.record("\(plan)")
        continue
      }
      #expect(sentence.contains("\(own.fingerprint)") || sentence.contains("\(shipped.fingerprint)"))
    }
  }

  @Test("What is stored are the octets that were reviewed, even if their source changes in between (K-22)")
  func reviewedOctets() throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    let (shown, other) = (try freshKey(), try freshKey("Somebody Else <e@example.com>"))
    let octets = MadeArmor.publicKey.with { $0.headers = ["Comment: as shown"] }.wrap(shown.octets)
    try machine.write("/key.asc", octets)
    let review = try TrustReview(try #require(machine.contents("/key.asc")), source: "/key.asc", at: Moment.now)
    #expect(review.digest == Journal.digest(of: octets))
    #expect(review.size == octets.count)
    try machine.write("/key.asc", MadeArmor.publicKey.wrap(other.octets))
    try desk.apply(try desk.planner.trust(review.candidates, in: .root))
    #expect(machine.contents(shown.place()) == octets)
    #expect(machine.contents(shown.place()) == review.candidates.first?.stored)
    #expect(try desk.accepted("example.com") == [shown.fingerprint])
  }

  @Test("What is stored of a binary file, or of one key among several, is that key and nothing else")
  func storedForm() throws {
    let desk = Desk(try SandboxMachine())
    let (key, other) = (try freshKey(), try freshKey())
    for octets in [key.octets, key.octets + other.octets, MadeArmor.publicKey.wrap(key.octets + other.octets)] {
      let candidate = try #require(try desk.review(octets).first)
      #expect(candidate.stored.starts(with: Array("-----BEGIN PGP PUBLIC KEY BLOCK-----".utf8)))
      #expect(try desk.review(candidate.stored).map(\.certificate) == [candidate.certificate])
      #expect(candidate.certificate.fingerprint == key.fingerprint)
    }
  }
}

import OpenPGP
import Stores
import TestSupport
import Testing
import TrustChange
import TrustModel

@Suite("Requests that are refused")
struct RefusalTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let reason: Reason
    /// What the sentence must say.
    let words: String
    let arrange: @Sendable (SandboxMachine, MadeCertificate) throws -> Void
    let plan: @Sendable (Desk, MadeCertificate) throws -> Plan
    var testDescription: String { name }

    init(
      _ name: String, _ reason: Reason, _ words: String,
      arrange: @escaping @Sendable (SandboxMachine, MadeCertificate) throws -> Void = { _, _ in },
      plan: @escaping @Sendable (Desk, MadeCertificate) throws -> Plan
    ) {
      (self.name, self.reason, self.words) = (name, reason, words)
      (self.arrange, self.plan) = (arrange, plan)
    }
  }

  private static func key(
    _ name: String, _ words: String, _ reason: Reason = .unfit, _ octets: @escaping @Sendable () throws -> [UInt8]
  ) -> Case {
    Case(name, reason, words) { desk, _ in try desk.trust(octets()) }
  }

  static let keys: [Case] = [
    key("a secret key", "secret") { MadePacket.make(.secretKey, try MadeKey.ed25519().body + [0, 1, 0, 1, 0]) },
    key("a secret key behind a good one", "secret") {
      try freshKey().octets + MadePacket.make(.secretKey, try MadeKey.ed25519().body + [0, 1, 0, 1, 0])
    },
    key("an expired key", "expired on 2025-01-01") {
      let key = try MadeKey.ed25519()
      let end = MadeSubpacket.keyExpires(key, at: Moment.lateEnd)
      return try MadeCertificate.simple(key, certification: .selfCertification().with { $0.hashed.append(end) }).octets
    },
    key("a revoked key", "revoked") {
      var certificate = try freshKey()
      try certificate.addOverKey(.revocation(0x20, .reason(2, "stolen")))
      return certificate.octets
    },
    key("a weak key", "too weak") { try MadeCertificate.simple(.rsa(1024)).octets },
    key("a key of the future", "future") {
      try MadeCertificate.simple(
        .ed25519(created: Moment.future), certification: .selfCertification().with { $0.created = Moment.future }
      ).octets
    },
    key("a key that may not sign", "sign") {
      try MadeCertificate.simple(.ed25519(), certification: .selfCertification(.certify)).octets
    },
    key("nothing", "empty", .usage) { [] }, key("garbage", "not an OpenPGP file", .usage) { [1, 2, 3] },
    key("a signature", "signature", .usage) {
      try MadeSignature.detached.packet(by: .ed25519(), over: .data([]))
    },
    key("a good key beside an expired one", "expired") {
      let key = try MadeKey.ed25519()
      let end = MadeSubpacket.keyExpires(key, at: Moment.lateEnd)
      return try freshKey().octets
        + MadeCertificate.simple(key, certification: .selfCertification().with { $0.hashed.append(end) }).octets
    },
  ]

  static let places: [Case] = [
    Case("a mask in the way", .declined, "--replace", arrange: { try $0.mask($1.fingerprint) }) {
      try $0.trust($1.octets)
    },
    Case(
      "a different copy in the way", .declined, "would be lost",
      arrange: { machine, key in
        var other = key
        try other.addUserID("Second <s@example.com>")
        try machine.place(other, .administrator)
      }
    ) { try $0.trust($1.octets) },
    Case(
      "garbage in the way", .declined, "a different copy",
      arrange: { try $0.place([1], named: "\($1.fingerprint)", .administrator) }
    ) { try $0.trust($1.octets) },
    Case(
      "a link in the way", .failed, "symbolic link", arrange: { try $0.link($1.place(), to: "/nonexistent") }
    ) { try $0.trust($1.octets, replacing: true) },
    Case("disable a key that nobody holds", .notFound, "no layer holds") { try $0.planner.disable($1.fingerprint) },
    Case(
      "disable the administrator's own", .usage, "keyreeve remove", arrange: { try $0.place($1, .administrator) }
    ) { try $0.planner.disable($1.fingerprint) },
    Case(
      "disable the administrator's own at its place", .usage, "keyreeve remove",
      arrange: { try $0.place($1, .administrator) }
    ) { try $0.planner.disable($1.fingerprint, in: .root) },
    Case(
      "disable one of several", .usage, "--prefix example.com",
      arrange: {
        try $0.place($1, .distribution)
        try $0.place($1, in: try scope("example.com"), .distribution)
      }
    ) { try $0.planner.disable($1.fingerprint) },
    Case("enable a key that nobody holds", .notFound, "no key and no empty file") {
      try $0.planner.enable($1.fingerprint)
    },
    Case("remove a key that nobody holds", .notFound, "keyreeve keys") { try $0.planner.remove($1.fingerprint) },
    Case(
      "remove the distribution's", .notFound, "keyreeve disable", arrange: { try $0.place($1, .distribution) }
    ) { try $0.planner.remove($1.fingerprint) },
    Case("remove a mask", .notFound, "no key", arrange: { try $0.mask($1.fingerprint) }) {
      try $0.planner.remove($1.fingerprint)
    },
    Case(
      "remove one of several", .usage, "--root",
      arrange: {
        try $0.place($1, .administrator)
        try $0.place($1, in: try scope("example.com"), .administrator)
      }
    ) { try $0.planner.remove($1.fingerprint) },
  ]

  @Test("With the reason, in words that help, and nothing written", arguments: keys + places)
  func refused(shape: Case) throws {
    let machine = try SandboxMachine()
    let key = try freshKey()
    try shape.arrange(machine, key)
    let own = machine.files(of: .administrator)
    do {
      let plan = try shape.plan(Desk(machine), key)
      Issue.record("planned: \(plan)")
    } catch let error as ChangeError {
      #expect(error.reason == shape.reason)
      #expect(error.description.contains(shape.words), "\(error)")
      #expect(!error.description.contains("\n"))
    }
    #expect(machine.files(of: .administrator) == own)
    #expect(machine.names(in: "/var") == nil)
  }

  @Test("An edit of any place outside of the administrator's layer cannot be made")
  func distribution() throws {
    let location = KeyLocation(layer: .distribution, scope: .root, fingerprint: try freshKey().fingerprint)
    #expect(FileEdit(location, before: .absent, after: .present([])) == nil)
  }

  @Test("A gpg that gives no answer lets nothing be trusted")
  func engine() throws {
    let octets = try freshKey().octets
    #expect(throws: ChangeError.self) {
      try TrustReview(octets, source: "x", judge: CertificateJudge(gpgPath: "/nonexistent/gpg"), at: Moment.now)
    }
  }
}

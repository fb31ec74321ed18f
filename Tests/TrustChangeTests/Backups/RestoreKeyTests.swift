import Stores
import TestSupport
import Testing
import TrustChange
import TrustModel
import TrustVerify

/// Trusted keys in a restore: what it does to what is accepted is shown, and nothing newer is lost unasked (B-03).
@Suite("Restoring trusted keys")
struct RestoreKeyTests {
  /// One place of the administrator layer, as the backup has it and as the machine has it now.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let action: RestorePlan.Action
    let kept: @Sendable (MadeCertificate) throws -> [UInt8]
    let here: @Sendable (MadeCertificate) throws -> [UInt8]
  }

  private static func expiring(_ key: MadeCertificate, at end: Timestamp) throws -> [UInt8] {
    let expiry = MadeSubpacket.keyExpires(key.primary, at: end)
    return try MadeCertificate.simple(
      key.primary, userID: "Test Signer <signer@example.com>",
      certification: .selfCertification().with { $0.hashed.append(expiry) }
    ).octets
  }

  private static func revoked(_ key: MadeCertificate) throws -> [UInt8] {
    var certificate = key
    try certificate.addOverKey(.revocation(0x20, .reason(2, "stolen")))
    return certificate.octets
  }

  private static let near = Moment.now.advanced(by: 1_000_000), far = Moment.now.advanced(by: 9_000_000)

  static let cases = [
    Case(testDescription: "the same", action: .leave, kept: { $0.octets }, here: { $0.octets }),
    Case(testDescription: "a key over a mask", action: .refuse, kept: { $0.octets }, here: { _ in [] }),
    Case(testDescription: "a mask over a key", action: .replace, kept: { _ in [] }, here: { $0.octets }),
    Case(testDescription: "a key over garbage", action: .replace, kept: { $0.octets }, here: { _ in [1, 2] }),
    Case(testDescription: "garbage over a key", action: .replace, kept: { _ in [1, 2] }, here: { $0.octets }),
    Case(
      testDescription: "an older expiry", action: .refuse, kept: { try expiring($0, at: near) },
      here: { try expiring($0, at: far) }),
    Case(
      testDescription: "a later expiry", action: .replace, kept: { try expiring($0, at: far) },
      here: { try expiring($0, at: near) }),
    Case(testDescription: "over a revoked copy", action: .refuse, kept: { $0.octets }, here: revoked),
    Case(testDescription: "a revoked copy", action: .replace, kept: revoked, here: { $0.octets }),
  ]

  @Test("A copy that takes something away is refused without force", arguments: cases)
  func copies(shape: Case) throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    let key = try freshKey()
    let name = "\(key.fingerprint)"
    try machine.place(shape.kept(key), named: name, .administrator)
    let archive = try desk.backup()
    try machine.place(shape.here(key), named: name, .administrator)
    let plan = try desk.restore(archive)
    #expect(plan.parts.flatMap(\.rows).map(\.action) == [shape.action], "\(plan.text)")
    let forced = try desk.restore(archive, force: true)
    #expect(forced.refusals.isEmpty)
    try desk.apply(forced)
    #expect(try machine.contents(key.place()) == shape.kept(key))
  }

  @Test("The effect on what is accepted is shown, and keys that will not count are named")
  func effects() throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    let (good, expired, masked) = (try freshKey(), try freshKey(), try freshKey())
    try machine.place(masked, .distribution)
    try machine.place(good, in: try scope("example.com"), .administrator)
    let end = Moment.now.advanced(by: -1000)
    try machine.place(
      Self.expiring(expired, at: end), named: "\(expired.fingerprint)", in: try scope("example.com"), .administrator)
    try machine.mask(masked.fingerprint)
    let archive = try desk.backup()
    try machine.empty()
    let change = try #require(try desk.restore(archive).changes.first)
    let effects = Dictionary(uniqueKeysWithValues: change.effects.map { ($0.scope.description, $0) })
    #expect(effects["root"]?.acceptedBefore == 1)
    #expect(effects["root"]?.acceptedAfter == 0)
    #expect(effects["example.com"]?.acceptedBefore == 1)
    #expect(effects["example.com"]?.acceptedAfter == 1)
    #expect(change.warnings.contains { $0.contains("\(expired.fingerprint)") && $0.contains("will not count") })
  }

  @Test("A file that is no key comes back as it was, and is said to vouch for nobody")
  func noKey() throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    let (one, other) = (try freshKey(), try freshKey())
    try machine.place(one.octets, named: "\(other.fingerprint)", .administrator)
    try machine.place([1], named: "\(one.fingerprint)", .administrator)
    let archive = try desk.backup()
    try machine.empty()
    let plan = try desk.restore(archive)
    let warnings = try #require(plan.changes.first).warnings
    #expect(warnings.count { $0.contains("vouch for nobody") } == 2)
    try desk.apply(plan)
    #expect(machine.contents(one.place()) == [1])
  }

  @Test("The distribution layer is never written, and a link to /dev/null stays where the backup has an empty file")
  func linkedMask() throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    let key = try freshKey()
    try machine.place(key, .distribution)
    try machine.link(key.place(), to: "/dev/null")
    let archive = try desk.backup()
    #expect(try desk.restore(archive).parts.flatMap(\.rows).map(\.action) == [.leave])
    try machine.remove(key.place())
    try desk.apply(try desk.restore(archive))
    #expect(machine.contents(key.place()) == [])
    #expect(machine.files(of: .distribution).count == 1)
  }
}

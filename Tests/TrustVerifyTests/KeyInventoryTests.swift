import OpenPGP
import Stores
import TestSupport
import Testing
import TrustModel
import TrustVerify

@Suite("Records of key files")
struct KeyInventoryTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let status: KeyStatus
    /// A part of the problem, where there is one.
    let problem: String?
    /// Places the file that is looked at and returns its path.
    let place: @Sendable (SandboxMachine) throws -> String
    var testDescription: String { name }

    init(
      _ name: String, _ status: KeyStatus, _ problem: String? = nil,
      _ place: @escaping @Sendable (SandboxMachine) throws -> String
    ) {
      (self.name, self.status, self.problem, self.place) = (name, status, problem, place)
    }
  }

  static let keys: [Case] = [
    Case("fit", .trusted) { try $0.place(Signer.fit().certificate, .distribution) },
    Case("fit by its subkey", .trusted) { try $0.place(Signer.subkey().certificate, .distribution) },
    Case("expires later", .trusted) { try $0.place(Signer.ending(at: Moment.future).certificate, .distribution) },
    Case("expired", .expired) { try $0.place(Signer.expired().certificate, .distribution) },
    Case("revoked", .revoked, "new key") { try $0.place(Signer.revoked().certificate, .distribution) },
    Case("weak", .weak, "1024") { try $0.place(Signer.weak().certificate, .distribution) },
    Case("of the future", .invalid, "future") { try $0.place(Signer.future().certificate, .distribution) },
    Case("may not sign", .invalid, "sign") {
      let key = try MadeKey.ed25519()
      return try $0.place(.simple(key, certification: .selfCertification(.certify)), .distribution)
    },
    Case("without self-signature", .invalid, "self-signature") {
      var certificate = MadeCertificate(try .ed25519())
      try certificate.addUserID("Unsigned <u@example.com>", nil)
      return try $0.place(certificate, .distribution)
    },
  ]

  private static let name = String(repeating: "ab", count: 20)
  private static let broken: [(String, String, @Sendable () throws -> [UInt8])] = [
    ("garbage", "not an OpenPGP file", { [1, 2, 3] }),
    ("another's key", "name does not match", { try Signer.fit().certificate.octets }),
    ("two keys", "2 certificates", { try Signer.fit().certificate.octets + Signer.fit().certificate.octets }),
    ("a secret key", "secret", { MadePacket.make(.secretKey, try MadeKey.ed25519().body + [0, 1, 0, 1, 0]) }),
    ("a signature", "signature", { try Signer.fit().packet(over: []) }),
    ("past the limit", "larger", { [UInt8](repeating: 0x99, count: KeyLayers.keyFileLimit + 1) }),
  ]

  static let files: [Case] =
    broken.map { name, problem, octets in
      Case(name, .invalid, problem) { try $0.place(octets(), named: Self.name, .administrator) }
    } + [
      Case("mask", .mask) { try $0.place([], named: Self.name, .administrator) },
      Case("link to /dev/null", .mask) { machine in
        try machine.link("/etc/rkt/trustedkeys/root.d/" + Self.name, to: "/dev/null")
        return "/etc/rkt/trustedkeys/root.d/" + Self.name
      },
      Case("empty in the distribution's layer", .invalid, "empty") {
        try $0.place([], named: Self.name, .distribution)
      },
      Case("README", .invalid, "name") { try $0.place([1], named: "README", .administrator) },
      Case("upper case", .invalid, "upper-case") { try $0.place([1], named: Self.name.uppercased(), .administrator) },
      Case("dangling link", .invalid, "link") { machine in
        try machine.link("/etc/rkt/trustedkeys/root.d/" + Self.name, to: "/nonexistent")
        return "/etc/rkt/trustedkeys/root.d/" + Self.name
      },
    ]

  @Test("Each key, judged", arguments: keys)
  func key(shape: Case) throws { try check(shape) }

  @Test("Each file that is no key, or a mask", arguments: files)
  func file(shape: Case) throws { try check(shape) }

  private func check(_ shape: Case) throws {
    let machine = try SandboxMachine()
    let path = try shape.place(machine)
    try machine.place(Signer.fit().certificate, in: try scope("zzz.example"), .distribution)
    var inventory = KeyInventory(KeyLayers(sysroot: Sysroot(machine.path)))
    inventory.judge(by: CertificateJudge(), at: Moment.now)
    let records = inventory.records(at: Moment.now)
    #expect(records.map(\.file).contains(path))
    let record = try #require(records.first { $0.file == path })
    #expect(record.status == shape.status, "\(record)")
    if let problem = shape.problem {
      #expect(record.problem?.contains(problem) == true, "\(record.problem ?? "-")")
    } else if shape.status != .expired {
      #expect(record.problem == nil)
    }
    // One file never spoils another (rule 5).
    #expect(records.last?.status == .trusted)
  }

  @Test("Overridden, disabled and partly disabled files name the file that does it")
  func standing() throws {
    let machine = try SandboxMachine()
    let (overridden, disabled, partly) = (try Signer.fit(), try Signer.fit(), try Signer.fit())
    for signer in [overridden, disabled, partly] {
      try machine.place(signer.certificate, in: try scope("example.com"), .distribution)
    }
    let override = try machine.place(overridden.certificate, in: try scope("example.com"), .administrator)
    let mask = try machine.mask(disabled.fingerprint)
    let partial = try machine.mask(partly.fingerprint, in: try scope("example.com/hello"))
    let records = KeyInventory(KeyLayers(sysroot: Sysroot(machine.path))).records(at: Moment.now)
    func record(_ signer: Signer) -> KeyRecord? {
      records.first { $0.fingerprint == signer.fingerprint && $0.layer == .distribution }
    }
    #expect(record(overridden)?.status == .overridden)
    #expect(record(overridden)?.by == override)
    #expect(record(disabled)?.status == .disabled)
    #expect(record(disabled)?.by == mask)
    #expect(record(partly)?.status == .trusted)
    #expect(record(partly)?.by == partial)
    #expect(record(partly)?.problem?.contains("example.com/hello") == true)
    #expect(Set(records.map(\.status)) == [.overridden, .disabled, .trusted, .mask])
  }

  @Test("The cases cover every status there is")
  func complete() {
    let covered = Set((Self.keys + Self.files).map(\.status)).union([.disabled, .overridden])
    #expect(covered == Set(KeyStatus.allCases))
  }

  @Test("A record describes its key: user ids, algorithm, dates, file, layer and scope")
  func description() throws {
    let machine = try SandboxMachine()
    let signer = try Signer.ending(at: Moment.future)
    let path = try machine.place(signer.certificate, in: try scope("example.com/hello"), .administrator)
    var inventory = KeyInventory(KeyLayers(sysroot: Sysroot(machine.path)))
    let claimed = try #require(inventory.records(at: Moment.now).first)
    #expect(!claimed.isJudged)
    inventory.judge(by: CertificateJudge(), at: Moment.now)
    let record = try #require(inventory.records(at: Moment.now).first)
    #expect(record.isJudged)
    for record in [claimed, record] {
      #expect(record.fingerprint == signer.fingerprint)
      #expect(record.userIDs == ["Test Signer <signer@example.com>"])
      #expect(record.algorithm?.description == "ed25519")
      #expect(record.created == Moment.keyMade)
      #expect(record.expires == Moment.future)
      #expect(record.layer == .administrator)
      #expect(record.scope == (try scope("example.com/hello")))
      #expect(record.file == path)
      #expect(record.status == .trusted)
    }
  }

  @Test("A gpg that fails leaves keys unjudged and no key trusted")
  func failingEngine() throws {
    let machine = try SandboxMachine()
    try machine.place(Signer.fit().certificate, .distribution)
    var inventory = KeyInventory(KeyLayers(sysroot: Sysroot(machine.path)))
    inventory.judge(by: CertificateJudge(gpgPath: "/nonexistent/gpg"), at: Moment.now)
    let record = try #require(inventory.records(at: Moment.now).first)
    #expect(record.status == .invalid)
    #expect(record.problem?.contains("gpg") == true)
  }

  @Test("A user id counts only with its own good self-signature")
  func foreignUserID() throws {
    let machine = try SandboxMachine()
    var certificate = try MadeCertificate.simple(.ed25519(), userID: "Real <real@example.com>")
    try certificate.addUserID("Forged <forged@example.com>", nil)
    try certificate.addUserID("Broken <b@example.com>", .selfCertification().with { $0.damage = .numbers })
    try machine.place(certificate, .distribution)
    var inventory = KeyInventory(KeyLayers(sysroot: Sysroot(machine.path)))
    inventory.judge(by: CertificateJudge(), at: Moment.now)
    #expect(inventory.records(at: Moment.now).map(\.userIDs) == [["Real <real@example.com>"]])
  }
}

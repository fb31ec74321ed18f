import Glibc
import OpenPGP
import Stores
import TestSupport
import Testing
import TrustChange
import TrustModel
import TrustVerify

@Suite("Findings of an audit")
struct AuditorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let id: String
    let severity: Finding.Severity
    let isMended: Bool
    let name: String
    /// Spoils a clean machine and returns the path that the finding must name.
    let spoil: @Sendable (SandboxMachine) throws -> String
    var testDescription: String { "\(id): \(name)" }

    init(
      _ id: String, _ severity: Finding.Severity, mended: Bool = false, _ name: String,
      _ spoil: @escaping @Sendable (SandboxMachine) throws -> String
    ) {
      (self.id, self.severity, isMended) = (id, severity, mended)
      (self.name, self.spoil) = (name, spoil)
    }
  }

  private static let own = Layer.administrator.directory
  private static let name = String(repeating: "ab", count: 20)

  static let files: [Case] = [
    Case("symbolic-link", .error, mended: true, "a directory") { machine in
      try machine.replaceByLink(own + "/root.d")
      return own + "/root.d"
    },
    Case("symbolic-link", .error, mended: true, "a prefix's directory") { machine in
      try machine.link(own + "/prefix.d/example.com", to: "/nonexistent")
      return own + "/prefix.d/example.com"
    },
    Case("symbolic-link", .error, mended: true, "a longer prefix's directory") { machine in
      try machine.link(own + "/prefix.d/example.com/hello", to: "/nonexistent")
      return own + "/prefix.d/example.com/hello"
    },
    Case("symbolic-link", .error, mended: true, "a key file") { machine in
      try machine.link(own + "/root.d/" + name, to: "/nonexistent")
      return own + "/root.d/" + name
    },
    Case("mask-link", .note, "a link to /dev/null over a key of the distribution") { machine in
      let signer = try Signer.fit()
      try machine.place(signer.certificate, .distribution)
      try machine.link(own + "/root.d/\(signer.fingerprint)", to: "/dev/null")
      return own + "/root.d/\(signer.fingerprint)"
    },
    Case("misplaced", .warning, mended: true, "a file of no prefix") { try $0.write(own + "/prefix.d/README", [1]) },
    Case("misplaced", .warning, mended: true, "a directory that is no prefix") { machine in
      try machine.makeDirectory(own + "/prefix.d/Example.com")
      return own + "/prefix.d/Example.com"
    },
    Case("hard-link", .note, "two names") { machine in
      let path = try machine.place(Signer.fit().certificate, .distribution)
      #expect(link(machine.located(path), machine.located("/twin")) == 0)
      return path
    },
    Case("wrong-name", .error, mended: true, "upper case") { machine in
      let certificate = try Signer.fit().certificate
      return try machine.place(
        certificate.octets, named: "\(certificate.primary.fingerprint)".uppercased(), .administrator)
    },
    Case("wrong-name", .error, mended: true, "a mask in upper case") {
      try $0.place([], named: name.uppercased(), .administrator)
    },
    Case("stray-file", .warning, mended: true, "a README") { try $0.place([1], named: "README", .administrator) },
    Case("stray-file", .warning, mended: true, "a directory") { machine in
      try machine.makeDirectory(own + "/root.d/" + name)
      return own + "/root.d/" + name
    },
    Case("stray-file", .warning, "empty in the distribution's layer") { try $0.place([], named: "x", .distribution) },
    Case("wrong-name", .error, mended: true, "of another key") { machine in
      try machine.place(try Signer.fit().certificate.octets, named: name, .administrator)
    },
    Case("several-certificates", .warning, mended: true, "two in one file") { machine in
      let (one, two) = (try Signer.fit().certificate, try Signer.fit().certificate)
      return try machine.place(one.octets + two.octets, named: "\(one.primary.fingerprint)", .administrator)
    },
    Case("broken-file", .warning, mended: true, "garbage") { try $0.place([1, 2], named: name, .administrator) },
    Case("group-writable", .warning, "a file") { machine in
      let path = try machine.place(Signer.fit().certificate, .distribution)
      try machine.setMode(path, 0o664)
      return path
    },
    Case("group-writable", .warning, mended: true, "a directory") { machine in
      try machine.setMode(own, 0o775)
      return own
    },
    Case("world-writable", .error, mended: true, "a file") { machine in
      let path = try machine.mask(Signer.fit().fingerprint)
      try machine.setMode(path, 0o666)
      return path
    },
    Case("world-writable", .error, mended: true, "a directory, sticky too") { machine in
      try machine.setMode(own + "/root.d", 0o1777)
      return own + "/root.d"
    },
  ]

  static let keys: [Case] = [
    Case("expired", .warning, mended: true, "the distribution's") {
      try $0.place(Signer.expired().certificate, in: try scope("example.com/hello"), .distribution)
    },
    Case("expired", .warning, mended: true, "the administrator's") {
      try $0.place(Signer.expired().certificate, .administrator)
    },
    Case("revoked", .error, mended: true, "the distribution's") {
      try $0.place(Signer.revoked().certificate, .distribution)
    },
    Case("weak-key", .warning, mended: true, "the administrator's") {
      try $0.place(Signer.weak().certificate, in: try scope("example.com"), .administrator)
    },
    Case("unusable-key", .warning, mended: true, "of the future") {
      try $0.place(Signer.future().certificate, .distribution)
    },
    Case("expiring", .warning, "in 29 days") {
      try $0.place(Signer.ending(at: Moment.now.advanced(by: 29 * 86_400 + 3600)).certificate, .distribution)
    },
    Case("mask-of-nothing", .note, mended: true, "of a key nobody ships") { try $0.mask(Signer.fit().fingerprint) },
    Case("disabled-but-trusted", .warning, mended: true, "trusted by the administrator elsewhere") { machine in
      let signer = try Signer.fit()
      try machine.place(signer.certificate, .distribution)
      try machine.place(signer.certificate, in: try scope("example.com"), .administrator)
      return try machine.mask(signer.fingerprint)
    },
    Case("override-identical", .note, mended: true, "the same file") { machine in
      let signer = try Signer.fit()
      try machine.place(signer.certificate, .administrator)
      return try machine.place(signer.certificate, .distribution)
    },
    Case("override-differs", .note, mended: true, "a newer copy") { machine in
      var signer = try Signer.fit()
      let path = try machine.place(signer.certificate, .distribution)
      try signer.certificate.addUserID("Second <s@example.com>")
      try machine.place(signer.certificate, .administrator)
      return path
    },
  ]

  static let places: [Case] = [
    Case("duplicate-user-id", .warning, "of two keys that count") { machine in
      let paths = try [Signer.fit(), Signer.fit()].map { try machine.place($0.certificate, .distribution) }
      return paths.sorted()[1]
    },
    Case("text-prefix", .note, "beside a name that begins with it") { machine in
      try machine.place(Signer.fit().certificate, in: try scope("example.com/foobar"), .administrator)
      return try machine.place(try Self.named("other"), in: try scope("example.com/foo"), .administrator)
    },
  ]

  /// A key with a user id of its own.
  private static func named(_ user: String) throws -> MadeCertificate {
    var certificate = try Signer.fit().certificate
    try certificate.addUserID("\(user) <\(user)@example.com>")
    return certificate
  }

  private static func remark(
    _ id: String, _ severity: Finding.Severity, mended: Bool = false,
    _ build: @escaping @Sendable (inout MadeCertificate) throws -> Void
  ) -> Case {
    Case(id, severity, mended: mended, "in a certificate") { machine in
      var certificate = try Signer.fit().certificate
      try build(&certificate)
      return try machine.place(certificate, .distribution)
    }
  }

  static let remarks: [Case] = [
    remark("weak-self-signature", .warning) {
      try $0.addSubkey(.ed25519(), .binding().with { $0.hash = .sha1 })
    },
    remark("foreign-revocation", .note) { try $0.addOverKey(.revocation(0x20, nil), by: .ed25519()) },
    remark("foreign-certifications", .note) {
      try $0.addOverUserID(octets: Array("Test Signer <signer@example.com>".utf8), .certification, by: .ed25519())
    },
    remark("user-attributes", .note) { $0.add(.userAttribute, [1, 0]) },
    remark("hidden-characters", .warning, mended: true) { try $0.addUserID("Name\u{202e}desrever") },
    remark("unsigned-user-id", .note) { try $0.addUserID("Unsigned <u@example.com>", nil) },
    remark("unbound-subkey", .warning) { try $0.addSubkey(.ed25519(), nil) },
    remark("misplaced-signature", .note) {
      $0.packets.append(try MadeSignature.detached.packet(by: $0.primary, over: .nothing))
    },
    remark("unsupported-signature", .note) {
      $0.packets.append(try MadeSignature(0x13).with { $0.version = 6 }.packet(by: $0.primary, over: .nothing))
    },
    Case("text-around-armor", .note, "before the block") { machine in
      let certificate = try Signer.fit().certificate
      let octets = Array("The key:\n".utf8) + MadeArmor.publicKey.wrap(certificate.octets)
      return try machine.place(octets, named: "\(certificate.primary.fingerprint)", .distribution)
    },
  ]

  @Test(
    "Each finding is made once, with its file and severity, and its fix mends it",
    arguments: files + keys + places + remarks)
  func finding(shape: Case) throws {
    let machine = try SandboxMachine()
    #expect(try findings(machine).isEmpty)
    let path = try shape.spoil(machine)
    let all = try findings(machine)
    let found = all.filter { $0.id == shape.id }
    #expect(found.count == 1, "\(all)")
    let finding = try #require(found.first)
    #expect(finding.severity == shape.severity)
    #expect(finding.file == path)
    #expect(!finding.message.isEmpty)
    #expect((finding.fix != nil) == shape.isMended)
    guard let fix = finding.fix else { return }
    try apply(fix, to: machine)
    #expect(try !findings(machine).contains { $0.id == shape.id })
  }

  @Test("An empty file with a capital fingerprint over a shipped key: first the mask is made, then the file goes")
  func capitalMask() throws {
    let machine = try SandboxMachine()
    let signer = try Signer.fit()
    let name = "\(signer.fingerprint)"
    try machine.place(signer.certificate, .distribution)
    let stray = try machine.place([], named: name.uppercased(), .administrator)
    for fix in [["keyreeve", "disable", name, "--root"], ["keyreeve", "remove", "--file", stray]] {
      let found = try findings(machine).filter { $0.id == "wrong-name" }
      #expect(found.map(\.fix) == [fix + ["--sysroot", machine.path]])
      try apply(try #require(found.first?.fix), to: machine)
    }
    #expect(try findings(machine).isEmpty && machine.contents(Self.own + "/root.d/" + name) == [])
    #expect(machine.contents(stray) == nil)
    // One that holds octets was no mask, and one beside a mask has nothing more to say.
    for octets in [[UInt8(1)], []] {
      try machine.place(octets, named: name.uppercased(), .administrator)
      #expect(try findings(machine).first { $0.id == "wrong-name" }?.fix?.dropFirst().first == "remove")
    }
  }

  @Test("Two findings of one kind about one file are told apart, and a file that was replaced is another finding")
  func marks() throws {
    let machine = try SandboxMachine()
    var certificate = try Signer.fit().certificate
    try certificate.addUserID("Name\u{202e}desrever")
    try certificate.addUserID("Other\u{200b}hidden")
    try machine.place(certificate, .distribution)
    let hidden = try findings(machine).filter { $0.id == "hidden-characters" }
    #expect(Set(hidden.map(\.mark)).count == hidden.count)
    let stray = try machine.place([1, 2], named: "README", .administrator)
    let before = try #require(try findings(machine).first { $0.id == "stray-file" })
    #expect(try findings(machine).first { $0.id == "stray-file" }?.mark == before.mark)
    try machine.remove(stray)
    try machine.place([2, 1], named: "README", .administrator)
    #expect(try findings(machine).first { $0.id == "stray-file" }?.mark != before.mark)
  }

  @Test("A file of a foreign owner is found, as root")
  func foreignOwner() throws {
    guard geteuid() == 0 else { return }
    let machine = try SandboxMachine()
    let path = try machine.place(Signer.fit().certificate, .distribution)
    #expect(chown(machine.located(path), 65534, 65534) == 0)
    let found = try findings(machine)
    #expect(found.map(\.id) == ["foreign-owner"])
    #expect(found.map(\.file) == [path])
  }

  @Test("A place that cannot be read is found, as another user")
  func unreadable() throws {
    let machine = try SandboxMachine()
    try machine.setMode(Self.own + "/prefix.d", geteuid() == 0 ? 0o700 : 0)
    let layers = KeyLayers(sysroot: Sysroot(machine.path))
    let found = try OwnThread.run(user: 65534) {
      Auditor(KeyInventory(layers), sysroot: layers.sysroot, at: Moment.now).findings
    }
    #expect(found.filter { $0.id == "unreadable" }.map(\.file) == [Self.own + "/prefix.d"])
  }

  @Test("A finding about a key names it; a mask over part of a key's names is no contradiction")
  func partialMask() throws {
    let machine = try SandboxMachine()
    let signer = try Signer.fit()
    try machine.place(signer.certificate, in: try scope("example.com"), .distribution)
    try machine.mask(signer.fingerprint, in: try scope("example.com/hello"))
    #expect(try findings(machine).map(\.id).isEmpty)
  }

  @Test("The notice before an expiry ends at thirty days", arguments: [(29, true), (30, false), (31, false)])
  func notice(days: Int64, isFound: Bool) throws {
    let machine = try SandboxMachine()
    try machine.place(Signer.ending(at: Moment.now.advanced(by: days * 86_400)).certificate, .distribution)
    #expect(try findings(machine).contains { $0.id == "expiring" } == isFound)
  }

  @Test("Errors come first, then warnings, then notes")
  func order() throws {
    let machine = try SandboxMachine()
    for shape in Self.keys + Self.remarks { _ = try shape.spoil(machine) }
    let severities = try findings(machine).map(\.severity)
    #expect(severities == severities.sorted(by: >))
    #expect(Set(severities) == Set(Finding.Severity.allCases))
  }

  private func findings(_ machine: SandboxMachine) throws -> [Finding] {
    Auditor(KeyLayers(sysroot: Sysroot(machine.path)), at: Moment.now).findings
  }

  /// Does what the fix's command line says.
  private func apply(_ fix: [String], to machine: SandboxMachine) throws {
    let layers = KeyLayers(sysroot: Sysroot(machine.path))
    var inventory = KeyInventory(layers)
    inventory.judge(by: CertificateJudge(), at: Moment.now)
    let planner = ChangePlanner(inventory, layers: layers, at: Moment.now)
    guard fix.first == "keyreeve" else {
      #expect(fix.last?.hasPrefix(machine.path + Self.own) == true)
      #expect(try ChildProcess.run(fix).status == 0)
      return
    }
    #expect(fix.suffix(2) == ["--sysroot", machine.path])
    let plan =
      if fix[2] == "--file" { try planner.remove(strayFile: fix[3]) } else { try keyPlan(fix, planner) }
    guard case .change(let change) = plan else {
      Issue.record("the fix changes nothing")
      return
    }
    let state = StateDirectory(sysroot: layers.sysroot, user: 0) { _ in nil }
    let author = JournalEntry.Author(uid: 0, user: "root", sudoUser: nil)
    _ = try ChangeLog(sysroot: layers.sysroot, state: state, author: author).apply(change, at: Moment.now)
  }

  private func keyPlan(_ fix: [String], _ planner: ChangePlanner) throws -> Plan {
    let fingerprint = try #require(Fingerprint(fileName: fix[2]))
    if fix[3] == "--everywhere" {
      #expect(fix[1] == "disable")
      return try planner.disableEverywhere(fingerprint)
    }
    let place: Scope = fix[3] == "--root" ? .root : try scope(fix[4])
    return switch fix[1] {
    case "remove": try planner.remove(fingerprint, in: place)
    case "enable": try planner.enable(fingerprint, in: place)
    default: try planner.disable(fingerprint, in: place)
    }
  }

  @Test("What a host can answer for is asked anew: a key of a prefix that ends soon, or is bound weakly")
  func refreshed() throws {
    let machine = try SandboxMachine()
    let soon = try Signer.ending(at: Moment.now.advanced(by: 9 * 86_400))
    try machine.place(soon.certificate, in: try scope("example.com"), .administrator)
    let finding = try #require(try findings(machine).first { $0.id == "expiring" })
    #expect(finding.fix == ["keyreeve", "trust", "--prefix", "example.com", "--sysroot", machine.path])
  }

  @Test("What is the distribution's own has no fix of ours: rights, strays, links")
  func shipped() throws {
    let machine = try SandboxMachine()
    try machine.place([1], named: "README", .distribution)
    try machine.setMode(try machine.place(Signer.fit().certificate, .distribution), 0o666)
    try machine.link(Layer.distribution.directory + "/root.d/link", to: "/nonexistent")
    let found = try findings(machine)
    #expect(Set(found.map(\.id)) == ["stray-file", "world-writable", "symbolic-link"])
    #expect(found.allSatisfy { $0.fix == nil })
  }
}

import Stores
import TestSupport
import Testing
import TrustModel
import TrustVerify

/// CONTRACT, "Exit codes": every reason that a local image can come to.
@Suite("The reason of a verdict")
struct ReasonTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let reason: Reason
    /// What the image is asked for as.
    let reference: String?
    let make: @Sendable () throws -> Scene
    var testDescription: String { name }

    init(
      _ name: String, _ reason: Reason, as reference: String? = nil, _ make: @escaping @Sendable () throws -> Scene
    ) {
      (self.name, self.reason, self.reference, self.make) = (name, reason, reference, make)
    }
  }

  static let trusted: [Case] = [
    Case("root.d of the distribution", .accepted) { try held(.root, .distribution) },
    Case("root.d of the administrator", .accepted) { try held(.root, .administrator) },
    Case("the host's prefix", .accepted) { try held(scope("example.com"), .distribution) },
    Case("the name itself as prefix", .accepted) { try held(scope("example.com/hello"), .administrator) },
    Case("a longer prefix", .untrusted) { try held(scope("example.com/hello/web"), .distribution) },
    Case("a prefix by text", .untrusted) { try held(scope("example.com/h"), .distribution) },
    Case("a host by text", .untrusted) { try held(scope("example.co"), .distribution) },
    Case("a sibling", .untrusted) { try held(scope("example.com/hello2"), .distribution) },
    Case("another host", .untrusted, as: "example.com/hello") { try held(scope("example.org"), .distribution) },
    Case("nowhere", .untrusted) { try Scene(signedBy: .fit()) },
    Case("nowhere, asked for by name", .untrusted, as: "example.com/hello") { try Scene(signedBy: .fit()) },
  ]

  static let signatureFiles: [Case] = [
    Case("no signature file", .unsigned) { try Scene() },
    Case("a README", .unsigned) { try signatureFile(Array("see the web page\n".utf8)) },
    Case("nothing in it", .unsigned) { try signatureFile([]) },
    Case("a certificate", .unsigned) { try signatureFile(Signer.fit().certificate.octets) },
    Case("a signature over text", .unsigned) { try held { $0.type = 0x01 } },
    Case("a signature file past the limit", .unsigned) { try signatureFile([UInt8](repeating: 10, count: 1 << 21)) },
    Case("a directory", .failed) {
      let scene = try Scene()
      try scene.machine.makeDirectory("/image.aci.asc")
      return scene
    },
  ]

  static let unfit: [Case] = [
    Case("expired key", .unfit) { try held(.expired()) }, Case("revoked key", .unfit) { try held(.revoked()) },
    Case("weak key", .unfit) { try held(.weak()) }, Case("key of the future", .unfit) { try held(.future()) },
    Case("subkey without back-signature", .unfit) { try held(.unboundSubkey()) },
    Case("signature of the future", .unfit) { try held { $0.created = Moment.future } },
    Case("signature before its key", .unfit) { try held { $0.created = Moment.beforeKeys } },
    Case("expired signature", .unfit) { try held { $0.hashed = [.expires(after: 60)] } },
    Case("SHA-1", .unfit) { try held { $0.hash = .sha1 } },
    Case("MD5", .unfit) { try held { $0.hash = .md5 } },
  ]

  static let others: [Case] = [
    Case("no image", .notFound) { try Scene(image: nil) },
    Case("changed image", .tampered) {
      let scene = try held()
      try scene.machine.write("/image.aci", MadeImage(size: 6).octets)
      return scene
    },
    Case("broken signature", .tampered) { try held { $0.damage = .numbers } },
    Case("mask in root.d", .disabled) { try masked(.root) },
    Case("mask at the same place", .disabled) { try masked(scope("example.com")) },
    Case("mask in the name's own scope", .disabled) { try masked(scope("example.com/hello")) },
    Case("mask in root.d, asked for by name", .disabled, as: "example.com/hello") { try masked(.root) },
    Case("mask in another scope", .accepted) { try masked(scope("example.com/other")) },
    Case("mask in a scope that is a prefix by text", .accepted) { try masked(scope("example.com/h")) },
    Case("mask over the administrator's own", .accepted) {
      let signer = try Signer.fit()
      let scene = try Scene(signedBy: signer)
      try scene.trust(signer, in: try scope("example.com"), .administrator)
      try scene.machine.mask(signer.fingerprint)
      return scene
    },
    Case("another name", .mismatch, as: "example.com/other") { try held() },
    Case("the name it has", .accepted, as: "example.com/hello") { try held() },
    Case("the version it has", .accepted, as: "example.com/hello:0.0.1,os=linux") { try held() },
    Case("another version", .mismatch, as: "example.com/hello:0.0.2") { try held() },
    Case("a label it lacks", .mismatch, as: "example.com/hello,arch=amd64") { try held() },
    Case("a name below its own", .mismatch, as: "example.com/hello/web") { try held() },
    Case("two manifests", .malformed) { try held(of: MadeImage.malformed) },
    Case("no archive", .malformed) { try held(of: Array("hello\n".utf8)) },
    Case("nothing", .malformed) { try held(of: []) },
    Case("a name outside of the grammar", .malformed) { try held(of: MadeImage(name: "example.com/../x").octets) },
  ]

  @Test("Who is trusted for the name", arguments: trusted)
  func trust(shape: Case) throws { try check(shape) }

  @Test("Signature files", arguments: signatureFiles)
  func signatureFile(shape: Case) throws { try check(shape) }

  @Test("Keys and signatures that are not fit", arguments: unfit)
  func fitness(shape: Case) throws { try check(shape) }

  @Test("The image, its name, and masks", arguments: others)
  func image(shape: Case) throws { try check(shape) }

  private func check(_ shape: Case) throws {
    let verdict = try shape.make().verdict(as: shape.reference)
    #expect(verdict.reason == shape.reason, "\(verdict.message)")
    #expect(verdict.isAccepted == (shape.reason == .accepted))
    #expect(!verdict.message.isEmpty)
    #expect(!verdict.message.contains("\n"))
  }

  @Test("An accepted verdict names key, file, layer and scope, and the image by its id")
  func acceptance() throws {
    let signer = try Signer.fit()
    let scene = try Scene(signedBy: signer)
    try scene.trust(signer, in: try scope("example.com"))
    let verdict = try scene.verdict()
    #expect(verdict.outcome == .accepted)
    #expect(verdict.subject.name?.description == "example.com/hello")
    #expect(verdict.subject.labels["version"] == "0.0.1")
    let sum = try ChildProcess.run(["sha512sum", scene.image]).text.prefix(128)
    #expect(verdict.subject.digest == "sha512-\(sum)")
    #expect(verdict.signatures.map(\.primaryFingerprint) == [signer.fingerprint])
    #expect(verdict.considered.map(\.status) == [.trusted])
    #expect(
      verdict.considered.map(\.file) == ["/usr/lib/rkt/trustedkeys/prefix.d/example.com/\(signer.fingerprint)"])
    #expect(verdict.message.contains("\(signer.fingerprint)"))
  }

  @Test("A compressed image is accepted and has the id of its plain form", arguments: ["gzip", "bzip2", "xz"])
  func compressed(program: String) throws {
    let plain = try held()
    let packed = try ChildProcess.run([program, "-c"], input: MadeImage.usual).output
    #expect(packed != MadeImage.usual)
    let verdict = try Self.held(of: packed).verdict()
    #expect(verdict.isAccepted, "\(verdict.message)")
    #expect(verdict.subject.digest == (try plain.verdict().subject.digest))
  }

  @Test("An image of actool, signed by gpg, is accepted")
  func peers() throws {
    let home = try GPGHome()
    let key = try home.makeKey("rsa2048", at: Moment.keyMade)
    let scene = try Scene(image: nil)
    try scene.machine.write(
      "/layout/manifest", Array(#"{"acKind":"ImageManifest","acVersion":"0.8.11","name":"example.com/hello"}"#.utf8))
    try scene.machine.makeDirectory("/layout/rootfs")
    let built = try ChildProcess.run(["actool", "build", scene.machine.located("/layout"), scene.image])
    #expect(built.status == 0, "\(built.errorText)")
    let octets = try #require(scene.machine.contents("/image.aci"))
    try scene.machine.write("/image.aci.asc", try home.sign(octets, by: "\(key)", at: Moment.signed))
    #expect(try scene.reason() == .untrusted)
    try scene.machine.place(try home.export(key, armored: true), named: "\(key)", .administrator)
    #expect(try scene.reason() == .accepted)
  }

  @Test("A refusal for a mask names the mask and the command that takes it away")
  func disabledMessage() throws {
    let scene = try Self.masked(.root)
    let verdict = try scene.verdict()
    #expect(verdict.message.contains("keyreeve enable "))
    #expect(verdict.message.contains("--root --sysroot \(scene.machine.path)"))
    #expect(verdict.considered.contains { $0.status == .disabled && $0.by?.hasPrefix("/etc/rkt/") == true })
  }

  @Test("Names from outside cannot reach the terminal raw (U-01)")
  func visible() throws {
    let signer = try Signer.fit(userID: "Evil\u{1b}]0;x\u{7} \u{202e}gnp.exe\nkeyreeve: accepted")
    let scene = try Scene(signedBy: signer)
    try scene.trust(signer, in: try scope("other.org"))
    let verdict = try scene.verdict()
    let shown = [verdict.message] + verdict.notes + verdict.signatures.flatMap(\.userIDs)
    for text in shown {
      #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202e && $0.value != 0x7f })
    }
    #expect(verdict.message.contains("gnp.exe"))
  }

  /// A fit signer, trusted for every name, who signs with something changed.
  static func held(_ change: (inout MadeSignature) -> Void = { _ in }) throws -> Scene {
    try held(try Signer.fit().signing(change))
  }

  /// That signer, trusted for every name.
  static func held(_ signer: Signer, of octets: [UInt8] = MadeImage.usual) throws -> Scene {
    let scene = try Scene(octets, signedBy: signer)
    try scene.trust(signer)
    return scene
  }

  private static func held(of octets: [UInt8]) throws -> Scene { try held(try Signer.fit(), of: octets) }

  private static func held(_ scope: Scope, _ layer: Layer) throws -> Scene {
    let signer = try Signer.fit()
    let scene = try Scene(signedBy: signer)
    try scene.trust(signer, in: scope, layer)
    return scene
  }

  private static func masked(_ place: Scope) throws -> Scene {
    let signer = try Signer.fit()
    let scene = try Scene(signedBy: signer)
    try scene.trust(signer, in: try scope("example.com"))
    try scene.machine.mask(signer.fingerprint, in: place)
    return scene
  }

  private static func signatureFile(_ octets: [UInt8]) throws -> Scene {
    let scene = try Scene()
    try scene.machine.write("/image.aci.asc", octets)
    return scene
  }

  private func held() throws -> Scene { try Self.held() }
}

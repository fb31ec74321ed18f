import ContentTrust
import Glibc
import SignedMetadata
import Stores
import TestSupport
import Testing
import TrustModel

/// Pins in Keyreeve's configuration and in notary's, with a real authority, against the real notary.
@Suite("Pins of content trust", .timeLimit(.minutes(3)))
struct PinTests {
  private static let name = ContentDesk.name
  private static let configuration = "/etc/keyreeve/pins.conf"
  private static let notary = "/home/.notary/config.json"
  private static let other = String(repeating: "ab", count: 32)

  /// A desk whose repository has a root certificate of an authority, which lies at `/authority.pem`.
  private func pinned() throws -> (desk: ContentDesk, root: FirstRoot) {
    let desk = try ContentDesk()
    let authority = try RootAuthority("the owner's authority")
    let leaf = try authority.leaf(for: Self.name)
    try desk.peer.notary(["delete", Self.name, "--remote"])
    try desk.peer.notary(["init", Self.name, "--rootkey", leaf.encrypted, "--rootcert", leaf.file, "-p"])
    try desk.sign("v1")
    try desk.machine.write("/authority.pem", authority.octets)
    let stranger = try RootAuthority("a stranger")
    try desk.machine.write("/stranger.pem", stranger.octets)
    let octets = try #require(try desk.reading(from: KeptMetadata { _ in nil }).firstRoot)
    return (desk, try FirstRoot(octets, of: try Repository(Self.name), at: nil))
  }

  private func list(_ desk: ContentDesk, _ words: [String] = []) throws -> ChildProcess.Outcome {
    try desk.run(["content", "list", Self.name, "--json"] + words, program: "keyreeve-verify")
  }

  /// Configuration of our own, the exit status that it leads to, and a word of the answer.
  private static func ownCases(_ id: String, _ file: String) -> [(text: String, status: Int32, word: String)] {
    let exact = "[repository \(name)]\n"
    return [
      (exact + "root-key = \(id)", 0, "pinned"), (exact + "root-key = \(file.uppercased())", 0, "pinned"),
      (exact + "root-key = \(Self.other)\nroot-key = \(id)", 0, "pinned"),
      (exact + "root-key = \(Self.other)", 12, "pins.conf:2"),
      ("[repository example.com/*]\nroot-key = \(Self.other)\n" + exact + "root-key = \(id)", 0, "pinned"),
      ("[repository *]\nroot-key = \(id)\n[repository example.com/te*]\nroot-key = \(Self.other)", 12, "pins.conf:4"),
      ("[repository example.com/team]\nroot-key = \(Self.other)\nfirst-use = yes", 3, "--trust-on-first-use"),
      (exact + "root-authority = /authority.pem", 0, "authority"),
      (exact + "root-authority = /stranger.pem", 12, "/stranger.pem"),
      (exact + "root-authority = /none.pem", 1, "/none.pem does not exist"),
      (exact + "root-authority = /etc/keyreeve/pins.conf", 1, "no PEM file of certificates"),
      (exact + "root-file = /root.json", 0, "pinned"),
      (exact + "root-file = /none.json", 1, "/none.json does not exist"),
      (exact + "root-file = /authority.pem", 12, "is no root of"),
      (exact + "root-file = /root.json\nroot-key = \(Self.other)", 12, "pins.conf:3"),
      (exact + "first-use = yes", 0, "first-use"), (exact + "first-use = no", 12, "pins.conf:2 forbids"),
      (exact + "first-use = ask", 3, "--trust-on-first-use"), (exact + "root-key = abc", 1, "64 hexadecimal digits"),
    ]
  }

  @Test("Keyreeve's own pins: keys by both identifiers, authorities, exact names before beginnings")
  func own() throws {
    let (desk, root) = try pinned()
    let (id, file) = (root.keys[0].id.description, root.keys[0].canonicalID.description)
    try desk.machine.write("/root.json", try #require(try desk.reading(from: KeptMetadata { _ in nil }).firstRoot))
    for (text, status, word) in Self.ownCases(id, file) {
      try desk.machine.write(Self.configuration, Array((text + "\n").utf8))
      let outcome = try list(desk)
      #expect(outcome.status == status, "\(text): \(outcome.errorText)")
      #expect((outcome.text + outcome.errorText).contains(word), "\(text): \(outcome.text)\(outcome.errorText)")
      if status == 12 {
        // No flag goes around a pin.
        #expect(try list(desk, ["--trust-on-first-use"]).status == 12, "\(text)")
        let named = word.contains("forbids") || word.contains("no root") ? word : file
        #expect(outcome.errorText.contains(named), "\(outcome.errorText)")
      }
    }
  }

  @Test("From a root in a file the rotations since are followed; that of another repository is refused")
  func rootFile() throws {
    let desk = try ContentDesk()
    try desk.sign("v1")
    let first = try #require(try desk.reading(from: KeptMetadata { _ in nil }).firstRoot)
    for _ in 0..<2 { try desk.rotate("root") }
    try desk.machine.write("/root.json", first)
    try desk.machine.write(Self.configuration, Array("[repository \(Self.name)]\nroot-file = /root.json\n".utf8))
    let outcome = try list(desk)
    #expect(outcome.status == 0 && outcome.text.contains("pinned"), "\(outcome.text)\(outcome.errorText)")
    try desk.machine.write(Self.configuration, Array("[repository *]\nroot-file = /root.json\n".utf8))
    let other = try desk.run(["content", "list", "example.com/other/app"], program: "keyreeve-verify")
    #expect(other.status == 12 && other.errorText.contains("is no root of"), "\(other.errorText)")
  }

  @Test("A pin holds for a root that was kept, too, and for one that follows it")
  func kept() throws {
    let (desk, root) = try pinned()
    #expect(try desk.content("list").status == 0)
    try desk.machine.write(Self.configuration, Array("[repository \(Self.name)]\nroot-key = \(Self.other)\n".utf8))
    let before = desk.kept("root.json")
    let refused = try desk.content("list")
    #expect(refused.status == 12 && refused.errorText.contains("pins.conf:2"), "\(refused.errorText)")
    let id = root.keys[0].id.description
    try desk.machine.write(Self.configuration, Array("[repository \(Self.name)]\nroot-key = \(id)\n".utf8))
    #expect(try desk.content("list").status == 0)
    // The owner goes over to a key that nobody has pinned: notary refuses it as well.
    try desk.rotate("root")
    #expect(try desk.content("list").status == 12)
    #expect(desk.kept("root.json") == before)
  }

  /// What notary's configuration pins, the key that refuses, and whether there is none.
  private static func notaryCases(
    _ id: String, _ file: String, _ stranger: String
  ) -> [(text: String, key: String, agrees: Bool)] {
    [
      (#"{"certs":{"\#(Self.name)":["\#(id)"]}}"#, "", true),
      (#"{"certs":{"\#(Self.name)":["\#(Self.other)"]}}"#, "trust_pinning.certs of \(Self.name)", false),
      (#"{"certs":{"\#(Self.name)":["\#(Self.other)","\#(id)"]}}"#, "", true),
      (#"{"certs":{"example.com/*":["\#(id)"]},"disable_tofu":true}"#, "", true),
      (
        #"{"certs":{"example.com/*":["\#(id)"],"example.com/team/*":["\#(Self.other)"]}}"#,
        "trust_pinning.certs of example.com/team/*", false
      ),
      (#"{"certs":{"\#(Self.name)":["\#(id)"]},"ca":{"example.com":"\#(stranger)"}}"#, "", true),
      (#"{"ca":{"example.com/te":"\#(file)"}}"#, "", true),
      (#"{"ca":{"example.com/te":"\#(stranger)"}}"#, "trust_pinning.ca of example.com/te", false),
      (#"{"ca":{"example.com/":"\#(stranger)","example.com/team":"\#(file)"}}"#, "", true),
      (#"{"ca":{"example.com/":"/nowhere.pem"}}"#, "trust_pinning.ca of example.com/", false),
      (#"{"disable_tofu":true}"#, "trust_pinning.disable_tofu", false),
      (#"{"disable_tofu":false}"#, "", true), (#"{"certs":{"example.com":["\#(Self.other)"]}}"#, "", true),
    ]
  }

  /// The real notary with that configuration, and nothing kept.
  private func notaryList(_ desk: ContentDesk, _ document: String) throws -> ChildProcess.Outcome {
    try desk.machine.write("/notary.json", Array(document.utf8))
    defer { _ = try? ChildProcess.run(["rm", "-rf", desk.machine.located("/fresh")]) }
    return try ChildProcess.run(
      [
        "notary", "-c", desk.machine.located("/notary.json"), "-s", desk.peer.address, "--tlscacert",
        try SiteCertificate.authorities, "-d", desk.machine.located("/fresh"), "list", Self.name,
      ], environment: ChildProcess.cleanEnvironment)
  }

  @Test("What notary's own configuration pins is judged as notary judges it")
  func notarys() throws {
    let (desk, root) = try pinned()
    let (file, stranger) = (desk.machine.located("/authority.pem"), desk.machine.located("/stranger.pem"))
    for (text, key, agrees) in Self.notaryCases(root.keys[0].id.description, file, stranger) {
      let document = #"{"trust_pinning":\#(text),"remote_server":{"url":"\#(desk.peer.address)"}}"#
      let theirs = try notaryList(desk, document)
      #expect((theirs.status == 0) == agrees, "notary on \(text): \(theirs.text)")
      // On the machine the same files have other names.
      let moved = document.replacing(desk.machine.path + "/", with: "/")
      try desk.machine.write(Self.notary, Array(moved.utf8))
      let ours = try list(desk, ["--trust-on-first-use"])
      #expect((ours.status == 0) == agrees, "\(text): \(ours.errorText)")
      #expect(agrees || ours.errorText.contains("/home/.notary/config.json: \(key)"), "\(ours.errorText)")
    }
  }

  @Test("Both places must be content; a pin of one is not gone around by the other")
  func both() throws {
    let (desk, root) = try pinned()
    let id = root.keys[0].id.description
    for (own, notarys) in [(id, Self.other), (Self.other, id)] {
      try desk.machine.write(Self.configuration, Array("[repository \(Self.name)]\nroot-key = \(own)\n".utf8))
      try desk.machine.write(Self.notary, Array(#"{"trust_pinning":{"certs":{"\#(Self.name)":["\#(notarys)"]}}}"#.utf8))
      #expect(try list(desk).status == 12)
    }
  }

  @Test(
    "A configuration of notary that cannot be used is not passed over",
    arguments: [
      "{", "[]", #"{"trust_pinning":[]}"#, #"{"trust_pinning":{"certs":[]}}"#,
      #"{"trust_pinning":{"certs":{"example.com/team/app":"x"}}}"#,
      #"{"trust_pinning":{"certs":{"example.com/team/app":[]}}}"#,
      #"{"trust_pinning":{"certs":{"example.com/team/app":["abc"]}}}"#,
      #"{"trust_pinning":{"ca":{"example.com":7}}}"#, #"{"trust_pinning":{"ca":{"example.com":"relative.pem"}}}"#,
      #"{"trust_pinning":{"disable_tofu":"yes"}}"#,
    ])
  func broken(text: String) throws {
    let machine = try SandboxMachine()
    try machine.write(Self.notary, Array(text.utf8))
    let error = #expect(throws: PinError.self) {
      var pins = TrustPins()
      try NotaryConfiguration(sysroot: Sysroot(machine.path)) { $0 == "HOME" ? "/home" : nil }
        .pins.add(to: &pins, for: try Repository(Self.name))
    }
    #expect(error?.description.hasPrefix(machine.located(Self.notary)) == true, "\(String(describing: error))")
  }

  @Test("Notary's configuration may be so long, and not one octet longer; without one nothing is pinned")
  func limit() throws {
    let machine = try SandboxMachine()
    func read() throws { _ = try NotaryConfiguration(sysroot: Sysroot(machine.path)) { $0 == "HOME" ? "/home" : nil } }
    try read()
    let text = Array("{}".utf8)
    try machine.write(Self.notary, text + [UInt8](repeating: 0x20, count: NotaryConfiguration.limit - text.count))
    try read()
    try machine.write(Self.notary, text + [UInt8](repeating: 0x20, count: NotaryConfiguration.limit - text.count + 1))
    #expect(throws: PinError.self) { try read() }
  }
}

import ContentChange
import ContentSigning
import ContentTrust
import SignedMetadata
import Stores
import StrictJSON
import TestSupport
import Testing
import TrustModel

/// `content freeze`, and what is read from a freeze.
@Suite("Repositories are frozen", .timeLimit(.minutes(3)))
struct FreezeTests {
  private static let output = "/frozen"

  private func freeze(_ desk: FolderDesk, _ words: [String] = []) throws -> ChildProcess.Outcome {
    try desk.run(
      ["content", "freeze", FolderDesk.name, "--output", desk.machine.located(Self.output), "--trust-on-first-use"]
        + FolderDesk.server + words)
  }

  private func ask(
    _ desk: FolderDesk, _ verb: String, _ words: [String] = [], under tracer: [String] = []
  ) throws -> ChildProcess.Outcome {
    try desk.run(
      ["content", verb, FolderDesk.name, "--frozen", desk.machine.located(Self.output)] + words,
      program: "keyreeve-verify", under: tracer)
  }

  /// A repository of three roots, frozen.
  private func desk() throws -> FolderDesk {
    let desk = try FolderDesk()
    try desk.makeRepository()
    for _ in 0..<2 {
      try desk.publisher().publish(at: FolderDesk.now) {
        $0.renew(.root)
      } review: { _ in
      }
    }
    let outcome = try freeze(desk)
    #expect(outcome.status == 0 && outcome.text.contains("1 tags"), "\(outcome.text) \(outcome.errorText)")
    return desk
  }

  @Test(
    "A freeze holds every root, is read without the repository, and ten years later, and says since when it is frozen")
  func forEver() throws {
    let desk = try desk()
    try desk.host().deleteRepository()
    try desk.machine.remove("/home/.docker/trust/tuf/example.com/team/app/metadata/root.json")
    let lock = String(decoding: desk.machine.contents(Self.output + "/keyreeve.lock") ?? [], as: UTF8.self)
    #expect(
      lock.contains("\"firstRoot\": 1,") && lock.contains("3.root.json")
        && lock.contains("\"schema\": \"keyreeve.freeze/1\""))
    for years in [[], ["faketime", "+3650 days"]] {
      let found = try ask(desk, "lookup", ["v1", "--json"], under: years)
      #expect(found.status == 0 && found.text.contains("\"anchor\": \"frozen\""), "\(found.text)\(found.errorText)")
      #expect(found.text.contains("frozen on 20") && found.text.contains("\"frozen\": \"20"))
      #expect(try ask(desk, "list", under: years).text.contains("v1 "))
      #expect(try ask(desk, "inspect", under: years).text.contains("the root of the freeze"))
    }
    #expect(try ask(desk, "lookup", ["v2"]).status == 10)
    let other = try desk.run(
      ["content", "list", "example.com/other", "--frozen", desk.machine.located(Self.output)],
      program: "keyreeve-verify")
    #expect(other.status == 11, "\(other.errorText)")
    let both = try ask(desk, "list", ["--offline"])
    #expect(both.status == 2 && both.errorText.contains("stands alone"))
  }

  @Test("A file is verified against a frozen target, and refused where it is another one")
  func file() throws {
    let desk = try FolderDesk()
    try desk.makeRepository(targets: [])
    let octets = Array("the file\n".utf8)
    let digest = DocumentDigest(of: octets)
    try desk.publisher().publish(at: FolderDesk.now) {
      $0.changeTargets(of: .targets) {
        $0.set("file", to: .init(sha256: digest.sha256 ?? [], length: digest.length))
      }
    } review: { _ in
    }
    #expect(try freeze(desk).status == 0)
    try desk.machine.write("/file", octets)
    try desk.machine.write("/other", octets + [0])
    let good = try ask(desk, "verify", ["file", desk.machine.located("/file")])
    #expect(good.status == 0 && good.text.contains("frozen on"), "\(good.text)\(good.errorText)")
    #expect(try ask(desk, "verify", ["file", desk.machine.located("/other")]).status == 15)
  }

  @Test("Whatever is altered in a freeze, it is refused", arguments: ["list", "lookup"])
  func altered(verb: String) throws {
    let desk = try desk()
    let tree = Self.output + "/v2/example.com/team/app/_trust/tuf"
    let tag = verb == "lookup" ? ["v1"] : []
    func lines(_ file: String, _ edit: (String) -> String) throws {
      let octets = try #require(desk.machine.contents(file))
      try desk.machine.write(file, Array(edit(String(decoding: octets, as: UTF8.self)).utf8))
      let outcome = try ask(desk, verb, tag)
      #expect([15, 16].contains(outcome.status), "\(file): \(outcome.status) \(outcome.text) \(outcome.errorText)")
      try desk.machine.write(file, octets)
    }
    for file in [
      "1.root.json", "2.root.json", "3.root.json", "root.json", "timestamp.json", "snapshot.json", "targets.json",
    ] {
      try lines(tree + "/" + file) { $0 + " " }
      try lines(tree + "/" + file) { _ in "" }
    }
    let lock = Self.output + "/keyreeve.lock"
    try lines(lock) { $0.replacing("\"v1\"", with: "\"v2\"") }
    try lines(lock) { $0.replacing("\"digest\": \"sha256:09", with: "\"digest\": \"sha256:0a") }
    try lines(lock) { $0.replacing("\"judged\": \"20", with: "\"judged\": \"21") }
    try lines(lock) { $0.replacing("\"firstRoot\": 1", with: "\"firstRoot\": 9") }
    try lines(lock) { $0.replacing("freeze/1", with: "freeze/2") }
    try lines(lock) { String($0.dropLast(20)) }
    #expect(try ask(desk, verb, tag).status == 0)
    _ = try ChildProcess.run(["rm", desk.machine.located(tree + "/2.root.json")])
    #expect(try ask(desk, verb, tag).status == 15)
    try desk.machine.link(tree + "/2.root.json", to: "root.json")
    #expect(try ask(desk, verb, tag).status == 1)
  }

  @Test("The digest that was noted of a lock file tells another freeze; pins of the machine hold for a freeze as well")
  func noted() throws {
    let desk = try desk()
    let sum = try ChildProcess.run(["sha256sum", desk.machine.located(Self.output + "/keyreeve.lock")]).text.prefix(64)
    #expect(try ask(desk, "list", ["--frozen-digest", "sha256:\(sum)"]).status == 0)
    let other = try ask(desk, "list", ["--frozen-digest", "sha256:" + String(repeating: "0", count: 64)])
    #expect(other.status == 15 && other.errorText.contains("noted"), "\(other.errorText)")
    let pin = "[repository \(FolderDesk.name)]\nroot-key = \(String(repeating: "a", count: 64))\n"
    try desk.machine.write("/etc/keyreeve/pin.conf", Array(pin.utf8))
    let pinned = try ask(desk, "list")
    #expect([12, 15].contains(pinned.status), "\(pinned.status) \(pinned.errorText)")
  }

  @Test("A freeze is never written over another one unless that is asked for, and over nothing else at all")
  func overwritten() throws {
    let desk = try desk()
    let before = desk.machine.contents(Self.output + "/keyreeve.lock")
    let second = try freeze(desk)
    #expect(second.status == 3 && second.errorText.contains("--overwrite"), "\(second.errorText)")
    #expect(desk.machine.contents(Self.output + "/keyreeve.lock") == before)
    try desk.sign("v2")
    #expect(try freeze(desk, ["--overwrite"]).status == 0)
    #expect(try ask(desk, "lookup", ["v2"]).status == 0)
    #expect(desk.machine.names(in: "")?.contains { $0.hasPrefix(".keyreeve") } == false)
    try desk.machine.remove(Self.output + "/keyreeve.lock")
    let foreign = try freeze(desk, ["--overwrite"])
    #expect(foreign.status == 3 && foreign.errorText.contains("no freeze"), "\(foreign.errorText)")
    for call in ["renameat", "renameat2", "fsync", "mkdirat"] {
      let killed = try desk.run(
        ["content", "freeze", FolderDesk.name, "--output", desk.machine.located("/killed-\(call)")] + FolderDesk.server,
        under: [
          "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=\(call)", "-e", "inject=\(call):signal=KILL:when=1",
        ])
      #expect(killed.status == 137 || killed.status == 0, "\(call) \(killed.status)")
      let isThere = desk.machine.contents("/killed-\(call)/keyreeve.lock") != nil
      #expect(isThere == (killed.status == 0))
    }
  }
}

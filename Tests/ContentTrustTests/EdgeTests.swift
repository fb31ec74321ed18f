import ContentTrust
import Glibc
import SignedMetadata
import Stores
import TestSupport
import Testing
import TrustModel

/// What is no server, no file and no plain folder, told apart in words that say what to do.
@Suite("Edges of content trust")
struct EdgeTests {
  private static let name = "example.com/team/app"

  /// Runs `content` of the looking program with what a person has set.
  private func content(_ words: [String], _ variables: [String: String] = [:]) throws -> ChildProcess.Outcome {
    let program = try #require(BuiltProgram.path("keyreeve-verify"))
    let own = ["SSL_CERT_FILE": try SiteCertificate.authorities, "HOME": "/nonexistent"]
    return try ChildProcess.run(
      [program, "content"] + words,
      environment: ChildProcess.cleanEnvironment.merging(own) { $1 }.merging(variables) { $1 })
  }

  @Test(
    "What comes in the place of metadata and is none is the failure of a server: its address, what came, what to do",
    arguments: [
      ("\n<!DOCTYPE html><html>log in</html>", "what begins like a web page (text/html"), ("", "an empty answer"),
      ("please log in", "what is no JSON object"),
    ])
  func page(body: String, words: String) throws {
    let site = try TestSite()
    try site.answer("*", .text(body))
    let outcome = try content(["list", Self.name, "--server", site.address(""), "--trust-on-first-use"])
    #expect(outcome.status == 1, "\(outcome.errorText)")
    for part in [
      site.address("/v2/"), "signed JSON metadata was expected", words, "log in to this network", "--server",
    ] {
      #expect(outcome.errorText.contains(part), "\(part): \(outcome.errorText)")
    }
  }

  @Test("With a page in the place of the server what was kept counts, and a broken document is still malformed")
  func keptBehindPage() throws {
    let desk = try ContentDesk()
    #expect(try desk.content("list").status == 0)
    let site = try TestSite()
    try site.answer("*", .text("<html>"))
    let words = ["content", "list", ContentDesk.name, "--server", site.address("")]
    try desk.machine.write(
      "/etc/keyreeve/site.conf", Array("[host localhost:\(site.port)]\nca-bundle = /ca.pem\n".utf8))
    let kept = try desk.run(words)
    #expect(kept.status == 0 && kept.text.contains("v1"), "\(kept.errorText)")
    #expect(kept.errorText.contains("begins like a web page"), "\(kept.errorText)")
    try site.answer("*", .text("{\"signed\":"))
    let broken = try desk.run(words)
    #expect(broken.status == 18 && broken.errorText.contains("tell who runs the server"), "\(broken.errorText)")
  }

  @Test("A pipe, a device and a directory are refused at once, before any server is asked; - takes a pipe")
  func pipes() throws {
    let folder = try TemporaryDirectory()
    let pipe = folder.path + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    for path in [pipe, "/dev/zero", folder.path] {
      let outcome = try content(["verify", Self.name, "v1", path, "--server", "https://localhost:1"])
      #expect(outcome.status == 1 && outcome.errorText.contains("is no regular file"), "\(outcome.errorText)")
      #expect(outcome.errorText.contains("give -") && !outcome.errorText.contains("localhost:1"))
    }
    let absent = try content(["verify", Self.name, "v1", folder.path + "/none", "--server", "https://localhost:1"])
    #expect(absent.status == 11)
    let desk = try ContentDesk()
    for (input, status) in [("v1", 0), ("v2", 15)] {
      let words = ["content", "verify", ContentDesk.name, "v1", "-", "--trust-on-first-use"]
      #expect(try desk.run(words, input: Array(input.utf8)).status == Int32(status))
    }
  }

  @Test("A link in the way is named with where it leads and what names the real folder; on the machine it is followed")
  func links() throws {
    let machine = try SandboxMachine()
    try machine.makeDirectory("/real/trust")
    try machine.makeDirectory("/home")
    try machine.link("/home/.docker", to: "../real")
    let program = try #require(BuiltProgram.path("keyreeve-verify"))
    func list(_ variables: [String: String] = [:]) throws -> String {
      let outcome = try ChildProcess.run(
        [program, "content", "list", Self.name, "--offline", "--sysroot", machine.path],
        environment: ChildProcess.cleanEnvironment.merging(["HOME": "/home"]) { $1 }.merging(variables) { $1 })
      return outcome.errorText
    }
    let refused = try list()
    for part in [machine.located("/home/.docker") + " is a symbolic link to ../real", "DOCKER_CONFIG=/real names"] {
      #expect(refused.contains(part), "\(part): \(refused)")
    }
    #expect(try list(["DOCKER_CONFIG": "/real"]).contains("nothing is kept of"))
    let direct = try content(
      ["list", Self.name, "--offline"],
      ["DOCKER_CONFIG": machine.located("/home/.docker").replacing("/home/.docker", with: "/real")])
    #expect(direct.errorText.contains("nothing is kept of"))
    let folder = try TemporaryDirectory()
    #expect(symlink(machine.located("/real"), folder.path + "/.docker") == 0)
    #expect(
      try content(["list", Self.name, "--offline"], ["HOME": folder.path]).errorText.contains("nothing is kept of"))
    // Below the folder nobody's link is followed, and no variable names another place for a part of it.
    #expect(symlink("/tmp", machine.located("/real/trust/tuf")) == 0)
    let inside = try list(["DOCKER_CONFIG": "/real"])
    #expect(inside.contains("/real/trust/tuf is a symbolic link to /tmp") && inside.contains("as a whole"), "\(inside)")
  }

  @Test("Every refusal of a document says what to do next, or has said so already")
  func nextSteps() throws {
    let repository = try Repository(Self.name)
    let now = Timestamp(seconds: 0)
    let rules: [MetadataError.Rule] = [
      .schema("x"), .type("x"), .specificationVersion("2"), .keyID("x"), .key("x"), .duplicateSignature("x"),
      .threshold(good: 0, needed: 1), .rollback(seen: 2, offered: 1), .version(expected: 2, offered: 1), .vanished("x"),
      .mixed, .expired(now), .hash, .length(expected: 1, offered: 2), .tooLong(limit: 1), .unlisted, .absent,
      .anchor("x"), .withheld(seen: 1), .gap(missing: 2, latest: 3), .certificate("x"),
    ]
    for rule in rules {
      let step = MetadataError(.targets, rule).nextStep(for: repository)
      #expect(step.map { $0.count > 10 } == true, "\(rule)")
    }
  }
}

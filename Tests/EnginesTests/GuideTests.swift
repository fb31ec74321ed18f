import TestSupport
import Testing

/// The two guides that people have followed for years, with keyreeve in place of the old programs: Tests/Guides.
@Suite("Guides, from the first line to the last", .serialized, .timeLimit(.minutes(5)))
struct GuideTests {
  private static let guides: String = {
    let here = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
    return here.joined(separator: "/") + "/Guides/"
  }()

  /// Runs a guide with our program first in the path.
  private func follow(_ guide: String, _ words: [String], _ variables: [String: String]) throws {
    let program = try #require(BuiltProgram.path("keyreeve"))
    let folder = program.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    var environment = ChildProcess.cleanEnvironment.merging(variables) { $1 }
    environment["PATH"] = folder + ":" + (environment["PATH"] ?? "/usr/bin:/bin")
    let outcome = try ChildProcess.run(
      [Self.guides + guide] + words, environment: environment, timeout: 240)
    #expect(outcome.status == 0, "\(outcome.text.suffix(3000))\n\(outcome.errorText.suffix(3000))")
  }

  @Test("rkt's signing and verification guide")
  func signing() throws {
    let machine = try SandboxMachine()
    let site = try FolderSite(of: machine)
    defer { withExtendedLifetime(site) {} }
    try follow("signing-and-verification.sh", [machine.path], [:])
  }

  @Test("docker's guide to content trust")
  func contentTrust() throws {
    let (engine, notary, machine) = (try EnginePeer(), try NotaryPeer(), try SandboxMachine())
    let authorities = try ChildProcess.run(["cat", try SiteCertificate.authorities]).output
    try machine.write("/docker/tls/localhost:\(notary.port)/ca.crt", authorities)
    // The registry of the tests speaks plain http, which an engine finds out by itself.
    try machine.write(
      "/etc/keyreeve/registry.conf", Array("[registry \(engine.registry)]\ninsecure-http = yes\n".utf8))
    try follow(
      "content-trust.sh", [machine.path, engine.registry],
      ["DOCKER_HOST": engine.address, "DOCKER_CONTENT_TRUST_SERVER": notary.address])
  }
}
